/** A face pack in memory: manifest, graph and weights, checked against each other. Where it came from and where it is kept is known elsewhere. */
import { createHash } from "node:crypto";
import { Value } from "@sinclair/typebox/value";
import { invalid } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { FacePackManifest, PACK_FILES } from "../protocol/face-pack.ts";
import { checkGraph } from "../recognition/graph-check.ts";
import type { GraphNetFiles } from "../recognition/graph-net.ts";
import { recogniserTag } from "../recognition/model.ts";

export interface FacePack extends GraphNetFiles {
	/** First 20 hex digits of the manifest's SHA-256: names the pack in its folder and its addresses. */
	readonly id: string;
	/** See `recogniserTag`. */
	readonly tag: string;
	readonly manifest: FacePackManifest;
	/** The manifest's very bytes. */
	readonly manifestBytes: Bytes;
}

export const sha256Hex = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Id of a manifest by its bytes. */
export const packId = (manifest: Uint8Array): string => sha256Hex(manifest).slice(0, 20);

/** A manifest is some kilobytes; the licence text is the longest part. */
export const MANIFEST_MAX_BYTES = 200_000;

/** Parses a manifest; fails with `packs.manifest_damaged`. */
export function readManifest(bytes: Uint8Array): Result<FacePackManifest> {
	if (bytes.length > MANIFEST_MAX_BYTES) return fail(invalid("packs.manifest_damaged"));
	try {
		const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
		return Value.Check(FacePackManifest, json) ? ok(json) : fail(invalid("packs.manifest_damaged"));
	} catch {
		return fail(invalid("packs.manifest_damaged"));
	}
}

export interface PackBytes {
	readonly manifest: Bytes;
	readonly model: Bytes;
	readonly weights: Bytes;
}

/**
 * The pack, when its manifest is well formed, every file has the stated size and SHA-256, and the graph fits the manifest.
 * Fails with `packs.manifest_damaged`, `packs.checksum` and the codes of `checkGraph`.
 */
export function openPack({ manifest: manifestBytes, model, weights }: PackBytes): Result<FacePack> {
	const read = readManifest(manifestBytes);
	if (!read.ok) return read;
	const manifest = read.value;
	for (const [file, bytes] of [
		["model", model],
		["weights", weights],
	] as const) {
		const stated = manifest.files[file];
		if (stated.bytes !== bytes.length || stated.sha256 !== sha256Hex(bytes))
			return fail(invalid("packs.checksum", undefined, { file: PACK_FILES[file] }));
	}
	const { recogniser } = manifest;
	const text = new TextDecoder().decode(model);
	const checked = checkGraph(text, weights, recogniser);
	if (!checked.ok) return checked;
	const id = packId(manifestBytes);
	return ok({
		id,
		tag: recogniserTag(recogniser),
		manifest,
		manifestBytes,
		recogniser,
		model: text,
		weights,
	});
}

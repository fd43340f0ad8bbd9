/** Fetches the published files of a known net, on the owner's word alone: no redirects, no more bytes than known, one time limit. */
import { type AppError, unavailable } from "../base/app-error.ts";
import { type Bytes, concatBytes } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { SECOND_MS } from "../base/units.ts";
import type { FacePackSource } from "../protocol/face-pack.ts";
import { SOURCE_ROLES, type SourceFiles } from "./known-sources.ts";

/** Four megabytes over a slow line. */
const LIMIT_MS = 300 * SECOND_MS;

export interface FetchProgress {
	readonly done: number;
	readonly total: number;
}

/** Fails with `packs.offline`, `packs.fetch_refused` (the site's answer) or `packs.fetch_length`. Checksums are the caller's. */
export async function fetchSource(
	source: FacePackSource,
	progress: (at: FetchProgress) => void = () => undefined,
	signal?: AbortSignal,
): Promise<Result<SourceFiles>> {
	const total = SOURCE_ROLES.reduce((sum, role) => sum + source.files[role].bytes, 0);
	const limit = AbortSignal.timeout(LIMIT_MS);
	const stop = signal ? AbortSignal.any([signal, limit]) : limit;
	const files: Partial<Record<(typeof SOURCE_ROLES)[number], Bytes>> = {};
	let before = 0;
	for (const role of SOURCE_ROLES) {
		const { path, bytes } = source.files[role];
		const got = await fetchFile(new URL(path, source.address), bytes, stop, (done) =>
			progress({ done: before + done, total }),
		);
		if (!got.ok) return got;
		files[role] = got.value;
		before += bytes;
	}
	return ok(files as SourceFiles);
}

async function fetchFile(
	address: URL,
	expected: number,
	signal: AbortSignal,
	progress: (done: number) => void,
): Promise<Result<Bytes>> {
	try {
		const response = await fetch(address, { redirect: "error", signal });
		if (!response.ok || !response.body) {
			await response.body?.cancel();
			return fail(unavailable("packs.fetch_refused", { status: response.status, site: address.hostname }));
		}
		return await readAll(response.body, expected, progress);
	} catch {
		return fail(offline(address));
	}
}

const offline = (address: URL): AppError => unavailable("packs.offline", { site: address.hostname });

async function readAll(
	body: ReadableStream<Uint8Array>,
	expected: number,
	progress: (done: number) => void,
): Promise<Result<Bytes>> {
	const parts: Uint8Array[] = [];
	let done = 0;
	for await (const part of body) {
		done += part.length;
		if (done > expected) break;
		parts.push(part);
		progress(done);
	}
	return done === expected ? ok(concatBytes(...parts)) : fail(unavailable("packs.fetch_length"));
}

/** A pack out of an uploaded zip or out of a list of files. Names inside an archive are compared, never used as paths. */
import { basename } from "node:path";
import { invalid } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { PACK_FILES } from "../protocol/face-pack.ts";
import { readZipDirectory, unpackEntry } from "../sheets/zip-directory.ts";
import { type FacePack, openPack } from "./face-pack.ts";
import { packFromLooseFiles } from "./known-sources.ts";

/** Bytes of the zip itself; weights hardly shrink. */
export const PACK_ZIP_MAX_BYTES = 64_000_000;
const LIMITS = { entries: 16, totalBytes: 72_000_000 };

/** The reader of zips speaks of tables; the same faults in words about packs. */
const ZIP_CODES: Readonly<Record<string, string>> = {
	"import.zip_damaged": "packs.zip_damaged",
	"import.zip_encrypted": "packs.zip_encrypted",
	"import.zip_entries": "packs.zip_entries",
	"import.zip_too_big": "packs.zip_too_big",
};

export interface NamedBytes {
	readonly name: string;
	readonly bytes: Bytes;
}

/**
 * Fails with `packs.zip_damaged`, `packs.zip_encrypted`, `packs.zip_entries`, `packs.zip_too_big`, `packs.zip_content`
 * (neither a pack nor the published files of a known net) and the codes of `openPack`.
 */
export function packFromZip(zip: Uint8Array): Result<FacePack> {
	if (zip.length > PACK_ZIP_MAX_BYTES)
		return fail(invalid("packs.zip_too_big", "file", { max: PACK_ZIP_MAX_BYTES / 1e6 }));
	const files = unpackAll(zip);
	return files.ok ? packFromFiles(files.value) : files;
}

function unpackAll(zip: Uint8Array): Result<NamedBytes[]> {
	const reworded = <T>(result: Result<T>): Result<T> =>
		result.ok ? result : fail({ ...result.error, code: ZIP_CODES[result.error.code] ?? result.error.code });
	const entries = reworded(readZipDirectory(zip, LIMITS));
	if (!entries.ok) return entries;
	const files: NamedBytes[] = [];
	for (const entry of entries.value) {
		if (entry.isFolder) continue;
		const bytes = reworded(unpackEntry(zip, entry));
		if (!bytes.ok) return bytes;
		files.push({ name: basename(entry.name.replaceAll("\\", "/")), bytes: bytes.value });
	}
	return ok(files);
}

/** A pack's three files, or the published files of a known net, whatever they are called. */
export function packFromFiles(files: readonly NamedBytes[]): Result<FacePack> {
	const named = (name: string) => files.filter((file) => file.name === name);
	const [manifest, model, weights] = [PACK_FILES.manifest, PACK_FILES.model, PACK_FILES.weights].map(named);
	const whole = [manifest, model, weights].every((found) => found?.length === 1);
	if (!whole) return packFromLooseFiles(files.map(({ bytes }) => bytes));
	return openPack({
		manifest: manifest![0]!.bytes,
		model: model![0]!.bytes,
		weights: weights![0]!.bytes,
	});
}

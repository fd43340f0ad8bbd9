/**
 * Reads a zip's central directory without unpacking anything, and refuses what would be too much.
 * The sizes it states are claims: whoever unpacks caps the output too (see `unpackEntry`).
 */
import { inflateRawSync } from "node:zlib";
import { type AppError, invalid } from "../base/app-error.ts";
import { type Bytes, fromUtf8 } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";

export interface ZipEntry {
	/** As written in the archive; may be anything, `../` included. Never use it as a path. */
	readonly name: string;
	readonly isFolder: boolean;
	/** 0 stored, 8 deflated; others cannot be read. */
	readonly method: number;
	readonly packedBytes: number;
	/** Claimed. */
	readonly unpackedBytes: number;
	/** Where the local header starts. */
	readonly offset: number;
}

export interface ZipLimits {
	readonly entries: number;
	/** Of all entries together, unpacked. */
	readonly totalBytes: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const COMMENT_MAX = 65_535;

const damaged = (): AppError => invalid("import.zip_damaged", "file");

export const looksLikeZip = (bytes: Uint8Array): boolean =>
	bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/** Every entry, or the reason for refusing: damaged, encrypted, zip64, too many entries, too big. Costs microseconds. */
export function readZipDirectory(bytes: Uint8Array, limits: ZipLimits): Result<ZipEntry[]> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = findEnd(view);
	if (end === undefined) return fail(damaged());
	const count = view.getUint16(end + 10, true);
	if (count > limits.entries) return fail(invalid("import.zip_entries", "file", { max: limits.entries }));
	const entries: ZipEntry[] = [];
	let at = view.getUint32(end + 16, true);
	for (let i = 0; i < count; i++) {
		const entry = readEntry(bytes, view, at, end);
		if (!entry.ok) return entry;
		entries.push(entry.value.entry);
		at = entry.value.next;
	}
	const total = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
	const max = Math.round(limits.totalBytes / 1_000_000);
	return total > limits.totalBytes ? fail(invalid("import.zip_too_big", "file", { max })) : ok(entries);
}

function findEnd(view: DataView): number | undefined {
	const last = view.byteLength - END_BYTES;
	for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at--) {
		if (view.getUint32(at, true) !== END) continue;
		if (at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength) return at;
	}
	return undefined;
}

function readEntry(
	bytes: Uint8Array,
	view: DataView,
	at: number,
	end: number,
): Result<{ entry: ZipEntry; next: number }> {
	if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) return fail(damaged());
	const flags = view.getUint16(at + 8, true);
	if (flags & 1) return fail(invalid("import.zip_encrypted", "file"));
	const nameBytes = view.getUint16(at + 28, true);
	const extra = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	const entry = {
		name: nameOf(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)),
		method: view.getUint16(at + 10, true),
		packedBytes: view.getUint32(at + 20, true),
		unpackedBytes: view.getUint32(at + 24, true),
		offset: view.getUint32(at + 42, true),
	};
	if (entry.offset + LOCAL_BYTES + entry.packedBytes > bytes.length) return fail(damaged());
	return ok({
		entry: { ...entry, isFolder: /[/\\]$/.test(entry.name) },
		next: at + ENTRY_BYTES + nameBytes + extra,
	});
}

/** UTF-8, else GB 18030 as Chinese Windows packs it. */
function nameOf(bytes: Uint8Array): string {
	try {
		return fromUtf8(bytes);
	} catch {
		return new TextDecoder("gb18030").decode(bytes);
	}
}

/** The bytes of one entry. Never more than it claimed: one that lies is damaged. */
export function unpackEntry(bytes: Uint8Array, entry: ZipEntry): Result<Bytes> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.getUint32(entry.offset, true) !== LOCAL) return fail(damaged());
	const skip = view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
	const start = entry.offset + LOCAL_BYTES + skip;
	const packed = bytes.subarray(start, start + entry.packedBytes);
	if (packed.length !== entry.packedBytes) return fail(damaged());
	if (entry.method === 0)
		return packed.length === entry.unpackedBytes ? ok(packed.slice() as Bytes) : fail(damaged());
	if (entry.method !== 8) return fail(damaged());
	return inflate(packed, entry.unpackedBytes);
}

/** The cap stops an entry that goes on past what it claimed; one byte of room, since zlib takes no cap of zero. */
function inflate(packed: Uint8Array, claimed: number): Result<Bytes> {
	try {
		const out = inflateRawSync(packed, { maxOutputLength: claimed + 1 });
		return out.length === claimed ? ok(new Uint8Array(out) as Bytes) : fail(damaged());
	} catch {
		return fail(damaged());
	}
}

/** What a file is by its first bytes, and whether it is all there. Needed because the decoder fills missing scan data with grey instead of failing. */

export type ImageFormat = "jpeg" | "png" | "webp" | "heic" | "unknown";

const ascii = (bytes: Uint8Array, at: number, length: number): string =>
	String.fromCharCode(...bytes.subarray(at, at + length));

export function imageFormat(bytes: Uint8Array): ImageFormat {
	if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
	if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png";
	if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return "webp";
	const brand = ascii(bytes, 4, 8);
	return /^ftyp(hei|hev|mif1|msf1|avif)/.test(brand) ? "heic" : "unknown";
}

/** True when the file reaches its own end mark. Bytes after the end are ignored: they are dropped by re-encoding. */
export function isComplete(bytes: Uint8Array, format: "jpeg" | "png" | "webp"): boolean {
	if (format === "jpeg") return jpegIsComplete(bytes);
	return format === "png" ? pngIsComplete(bytes) : webpIsComplete(bytes);
}

const u16 = (b: Uint8Array, at: number): number => (b[at]! << 8) | b[at + 1]!;
const u32 = (b: Uint8Array, at: number): number => u16(b, at) * 65_536 + u16(b, at + 2);
const u32le = (b: Uint8Array, at: number): number =>
	(b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16)) + b[at + 3]! * 0x1000000;

/** Walks the segments (ITU T.81 B.1.1): lengths outside scans, to the next marker inside them, until EOI. */
function jpegIsComplete(bytes: Uint8Array): boolean {
	let at = 2;
	let scans = 0;
	while (at + 1 < bytes.length) {
		if (bytes[at] !== 0xff) {
			at++; // entropy-coded data, or fill the decoder tolerates
			continue;
		}
		const marker = bytes[at + 1]!;
		if (marker === 0xd9) return scans > 0;
		const hasLength = marker >= 0xc0 && !(marker >= 0xd0 && marker <= 0xd8);
		if (marker === 0xda) scans++;
		if (marker === 0xff) at++;
		else at += hasLength ? 2 + (at + 3 < bytes.length ? u16(bytes, at + 2) : bytes.length) : 2;
	}
	return false;
}

function pngIsComplete(bytes: Uint8Array): boolean {
	let at = 8;
	while (at + 12 <= bytes.length) {
		if (ascii(bytes, at + 4, 4) === "IEND") return true;
		at += 12 + u32(bytes, at);
	}
	return false;
}

const webpIsComplete = (bytes: Uint8Array): boolean =>
	bytes.length >= 12 && bytes.length >= 8 + u32le(bytes, 4);

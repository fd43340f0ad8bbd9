/** Bytes to text and back; runs in the browser and in Bun. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;

/** Decodes UTF-8; throws on invalid bytes. */
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}

export const toHex = (bytes: Uint8Array): string =>
	Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

/** Parses lower- or upper-case hex; throws on anything else. */
export function fromHex(text: string): Bytes {
	if (!/^([0-9a-fA-F]{2})*$/.test(text)) throw new Error("not hex");
	return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
		Number.parseInt(text.slice(i * 2, i * 2 + 2), 16),
	);
}

export function toBase64(bytes: Uint8Array): string {
	let binary = "";
	for (let i = 0; i < bytes.length; i += 0x8000)
		binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
	return btoa(binary);
}

/** Parses standard base64; throws on malformed input. */
export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

export const toBase64Url = (bytes: Uint8Array): string =>
	toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** Parses base64url without padding; throws on malformed input. */
export const fromBase64Url = (text: string): Bytes =>
	fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));

/** Packs floats as little-endian float32. */
export const packFloats = (values: ArrayLike<number>): Bytes =>
	new Uint8Array(Float32Array.from(values).buffer) as Bytes;

/** Reverses `packFloats`; copies, so alignment never matters. */
export const unpackFloats = (bytes: Uint8Array): Float32Array =>
	new Float32Array(bytes.slice().buffer as ArrayBuffer);

/** Content types, content hashes and ready-made compressed copies of assets. */
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";

const TYPES: Readonly<Record<string, string>> = {
	".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".json": "application/json",
	".svg": "image/svg+xml",
	".png": "image/png",
	".ico": "image/x-icon",
	".webp": "image/webp",
	".jpg": "image/jpeg",
	".wasm": "application/wasm",
	".bin": "application/octet-stream",
	".mp3": "audio/mpeg",
	".ogg": "audio/ogg",
	".wav": "audio/wav",
	".m4a": "audio/mp4",
	".woff2": "font/woff2",
	".webmanifest": "application/manifest+json",
};

const PACKABLE = new Set([".js", ".mjs", ".css", ".json", ".svg", ".wasm", ".bin", ".webmanifest"]);

/** Above this only Brotli is made: big files go to the kiosk alone, over HTTPS, where browsers take Brotli. */
const GZIP_LIMIT = 256 * 1024;

/** Brotli 5 packs the 6.4 MB net to 4.0 MB in 0.15 s; level 11 takes 12 s for 3 % less. */
const BROTLI_QUALITY = 5;

const WORTH_RATIO = 0.9;

/** The content type of a file name; throws on an extension nobody has thought about. */
export function contentTypeOf(name: string): string {
	const type = TYPES[extname(name)];
	if (!type) throw new Error(`no content type is known for ${name}`);
	return type;
}

/** The first 80 bits of SHA-256 as hex: names the content in addresses and ETags. */
export const contentHash = (...parts: readonly (Uint8Array | string)[]): string => {
	const hash = new Bun.CryptoHasher("sha256");
	for (const part of parts) hash.update(part);
	return hash.digest("hex").slice(0, 20);
};

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Compressed copies worth keeping, by encoding. */
export async function packedCopies(name: string, bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
	if (!PACKABLE.has(extname(name)) || bytes.length < 512) return {};
	const params = { [zlib.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length };
	const made: Record<string, Uint8Array> = { br: await brotliAsync(bytes, { params }) };
	if (bytes.length <= GZIP_LIMIT) made.gzip = await gzipAsync(bytes, { level: 9 });
	return Object.fromEntries(
		Object.entries(made).filter(([, copy]) => copy.length < bytes.length * WORTH_RATIO),
	);
}

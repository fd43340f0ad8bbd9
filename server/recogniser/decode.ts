/** Untrusted photo bytes → a clean JPEG to store and RGBA to look at. Everything is checked before pixels are allocated. */
import { inflateSync } from "node:zlib";
import type { AppError } from "../base/app-error.ts";
import { invalid } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import type { Result } from "../base/result.ts";
import { fail, ok } from "../base/result.ts";
import type { Picture } from "../recognition/face-types.ts";
import { imageFormat, isComplete } from "./image-format.ts";

export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;
/** A 50-megapixel phone photo passes (8160 × 6144); a 30,000² pixel flood does not. */
export const MAX_PHOTO_PIXELS = 52_000_000;
/** A portrait smaller than this cannot hold a face of 80 px. */
export const MIN_PHOTO_SIDE_PX = 96;
/** Longest side of what is kept: a face of a tenth of the picture still has 160 px. */
export const CLEAN_SIDE_PX = 1600;
/** Below 85 small faces lose accuracy; 92 is invisible after one more generation. */
const CLEAN_QUALITY = 92;

export interface CleanPhoto {
	readonly jpeg: Bytes;
	readonly picture: Picture;
}

/** Checks, orients by EXIF, shrinks to `CLEAN_SIDE_PX`, re-encodes without metadata, and decodes what was re-encoded. */
export async function cleanPhoto(bytes: Uint8Array): Promise<Result<CleanPhoto>> {
	const refused = refusePhoto(bytes);
	if (refused) return fail(refused);
	const options = { maxPixels: MAX_PHOTO_PIXELS, autoOrient: true };
	try {
		const { width, height } = await new Bun.Image(bytes, options).metadata();
		if (width * height > MAX_PHOTO_PIXELS) return fail(tooLarge);
		if (Math.min(width, height) < MIN_PHOTO_SIDE_PX)
			return fail(invalid("photo.too_small", undefined, { min: MIN_PHOTO_SIDE_PX }));
		const jpeg = await new Bun.Image(bytes, options)
			.resize(CLEAN_SIDE_PX, CLEAN_SIDE_PX, { fit: "inside", withoutEnlargement: true })
			.jpeg({ quality: CLEAN_QUALITY })
			.bytes();
		return ok({ jpeg: jpeg as Bytes, picture: await decodePixels(jpeg) });
	} catch (error) {
		return fail(decoderError(error));
	}
}

const tooLarge = invalid("photo.too_large", undefined, { max: Math.floor(MAX_PHOTO_PIXELS / 1_000_000) });

/** What the bytes alone already tell. */
function refusePhoto(bytes: Uint8Array): AppError | undefined {
	if (bytes.length > MAX_PHOTO_BYTES)
		return invalid("photo.too_many_bytes", undefined, { max: MAX_PHOTO_BYTES / 1024 / 1024 });
	const format = imageFormat(bytes);
	if (format === "unknown") return invalid("photo.not_an_image");
	if (format === "heic") return invalid("photo.heic");
	return isComplete(bytes, format) ? undefined : invalid("photo.truncated");
}

function decoderError(error: unknown): AppError {
	const code = (error as { code?: string } | null)?.code;
	if (code === "ERR_IMAGE_TOO_MANY_PIXELS") return tooLarge;
	if (code?.startsWith("ERR_IMAGE_")) return invalid("photo.damaged");
	throw error;
}

/** Decodes a trusted image to RGBA. Bun.Image hands out no raw pixels; PNG level 0 is the cheapest way to them. */
export async function decodePixels(image: Uint8Array): Promise<Picture> {
	const png = await new Bun.Image(image, { maxPixels: MAX_PHOTO_PIXELS })
		.png({ compressionLevel: 0 })
		.bytes();
	return unpackPng(png);
}

/** Unpacks the 8-bit RGB or RGBA PNG with unfiltered rows that level 0 yields; throws on any other. */
export function unpackPng(png: Uint8Array): Picture {
	const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
	const [width, height] = [view.getUint32(16), view.getUint32(20)];
	const channels = { 2: 3, 6: 4 }[view.getUint8(25)];
	if (view.getUint8(24) !== 8 || !channels || view.getUint8(28) !== 0)
		throw new Error("unexpected PNG layout");
	const raw = inflateSync(idat(png, view));
	const data = new Uint8ClampedArray(width * height * 4);
	const stride = 1 + width * channels;
	for (let y = 0; y < height; y++) {
		if (raw[y * stride] !== 0) throw new Error("unexpected PNG filter");
		copyRow(raw, y * stride + 1, data, y * width * 4, width, channels);
	}
	return { width, height, data };
}

function copyRow(
	raw: Uint8Array,
	from: number,
	data: Uint8ClampedArray,
	to: number,
	width: number,
	channels: number,
): void {
	if (channels === 4) {
		data.set(raw.subarray(from, from + width * 4), to);
		return;
	}
	for (let x = 0; x < width; x++) {
		data[to + x * 4] = raw[from + x * 3]!;
		data[to + x * 4 + 1] = raw[from + x * 3 + 1]!;
		data[to + x * 4 + 2] = raw[from + x * 3 + 2]!;
		data[to + x * 4 + 3] = 255;
	}
}

function idat(png: Uint8Array, view: DataView): Buffer {
	const parts: Uint8Array[] = [];
	for (let at = 8; at + 12 <= png.length; at += 12 + view.getUint32(at)) {
		if (view.getUint32(at + 4) === 0x49444154) parts.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
	}
	return Buffer.concat(parts);
}

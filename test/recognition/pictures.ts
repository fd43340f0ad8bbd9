/** Pictures for tests: the library's sample photos, and spoiled files made from them. */
import { join } from "node:path";
import { concatBytes, utf8 } from "../../server/base/bytes.ts";
import type { Picture } from "../../server/recognition/face-types.ts";

const SAMPLES = join(import.meta.dir, "../../node_modules/@vladmandic/face-api/demo");
/** Faces a person counts in sample1.jpg … sample6.jpg. */
export const SAMPLE_FACES = [2, 2, 3, 4, 5, 4];

export const sample = (number: number): Promise<Uint8Array> =>
	Bun.file(join(SAMPLES, `sample${number}.jpg`)).bytes();

/** A picture as a 24-bit BMP, which the encoder reads: the way from pixels to a JPEG. */
function bmpOf({ width, height, data }: Picture): Uint8Array {
	const stride = Math.ceil((width * 3) / 4) * 4;
	const bytes = new Uint8Array(54 + stride * height);
	const view = new DataView(bytes.buffer);
	bytes.set(utf8("BM"));
	const fields = [
		[2, bytes.length],
		[10, 54],
		[14, 40],
		[18, width],
		[22, height],
	] as const;
	for (const [at, value] of fields) view.setUint32(at, value, true);
	view.setUint16(26, 1, true);
	view.setUint16(28, 24, true);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const from = (y * width + x) * 4;
			bytes.set([data[from + 2]!, data[from + 1]!, data[from]!], 54 + (height - 1 - y) * stride + x * 3);
		}
	return bytes;
}

export const jpegOf = (picture: Picture, quality = 90): Promise<Uint8Array> =>
	new Bun.Image(bmpOf(picture)).jpeg({ quality }).bytes();

/** A picture painted by a function of the pixel. */
export function painted(
	width: number,
	height: number,
	rgb: (x: number, y: number) => readonly number[],
): Picture {
	const data = new Uint8ClampedArray(width * height * 4);
	for (let i = 0; i < width * height; i++) data.set([...rgb(i % width, Math.floor(i / width)), 255], i * 4);
	return { width, height, data };
}

/** A landscape of shades without any face. */
export const emptyRoom = (): Promise<Uint8Array> =>
	jpegOf(painted(640, 480, (x, y) => [60 + x / 8, 90 + y / 6, 120 + ((x >> 5) ^ (y >> 5)) * 4]));

/** A JPEG whose header claims other dimensions than its data has. */
export function claimSize(jpeg: Uint8Array, width: number, height: number): Uint8Array {
	const copy = jpeg.slice();
	for (let at = 2; at < copy.length; at += 2 + ((copy[at + 2]! << 8) | copy[at + 3]!)) {
		if (![0xc0, 0xc1, 0xc2].includes(copy[at + 1]!)) continue;
		new DataView(copy.buffer).setUint16(at + 5, height);
		new DataView(copy.buffer).setUint16(at + 7, width);
		return copy;
	}
	throw new Error("no frame header");
}

/** Puts an EXIF block with an orientation and a marker text (stands for GPS data) into a JPEG. */
export function withExif(jpeg: Uint8Array, orientation: number, secret: string): Uint8Array {
	const tiff = [
		0x4d,
		0x4d,
		0,
		42,
		0,
		0,
		0,
		8,
		0,
		1,
		0x01,
		0x12,
		0,
		3,
		0,
		0,
		0,
		1,
		0,
		orientation,
		0,
		0,
		0,
		0,
		0,
		0,
	];
	const body = concatBytes(utf8("Exif\0\0"), Uint8Array.from(tiff), utf8(secret));
	const length = body.length + 2;
	return concatBytes(
		jpeg.subarray(0, 2),
		Uint8Array.of(0xff, 0xe1, length >> 8, length & 255),
		body,
		jpeg.subarray(2),
	);
}

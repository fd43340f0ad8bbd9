/** Portraits of single people, cut out of the library's sample photos: the same person again is another cut with other noise. */
import { decodePixels } from "../../server/recogniser/decode.ts";
import type { Box, Picture } from "../../server/recognition/face-types.ts";
import { frameOf, viewAround } from "../recognition/camera-clip.ts";
import { jpegOf, sample } from "../recognition/pictures.ts";

const face = (number: number, x: number, y: number, width: number, height: number) => ({
	number,
	box: { x, y, width, height } satisfies Box,
});

/** Where the detector finds them in the sample shrunk to 1600 px; all frontal enough to enrol. */
const SITTERS = {
	ada: face(2, 713, 225, 176, 164),
	ben: face(5, 271, 766, 221, 230),
	cleo: face(6, 936, 295, 220, 220),
	dora: face(6, 167, 447, 236, 215),
};
export type Sitter = keyof typeof SITTERS;

const pictures = new Map<number, Promise<Picture>>();

async function pictureOf(number: number): Promise<Picture> {
	const small = await new Bun.Image(await sample(number)).resize(1600, 1600, { fit: "inside" }).png().bytes();
	return decodePixels(small);
}

const cuts = new Map<string, Promise<Uint8Array>>();

/** A 640 × 480 JPEG of one person; `variant` 0, 1, 2 … differ in framing. Within one run the same call gives the same bytes. */
export function portrait(sitter: Sitter, variant = 0): Promise<Uint8Array> {
	const name = `${sitter}-${variant}`;
	const known = cuts.get(name) ?? cut(sitter, variant);
	cuts.set(name, known);
	return known;
}

async function cut(sitter: Sitter, variant: number): Promise<Uint8Array> {
	const { number, box } = SITTERS[sitter];
	const picture = pictures.get(number) ?? pictureOf(number);
	pictures.set(number, picture);
	const view = viewAround(box, 0.52 + variant * 0.015);
	return jpegOf(frameOf(await picture, { ...view, x: view.x + variant * 2 }, 2), 90);
}

/** `count` variants. */
export const portraits = (sitter: Sitter, count: number): Promise<Uint8Array[]> =>
	Promise.all(Array.from({ length: count }, (_, variant) => portrait(sitter, variant)));

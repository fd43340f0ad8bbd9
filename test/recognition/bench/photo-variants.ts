/**
 * Other pictures made from one photo: frames as a camera would take them within a second, and pictures spoiled in known ways.
 * A simulated visit keeps hairdo, make-up and expression of its photo: it flatters, and is reported apart from other photos.
 */
import { invertMatrix } from "../../../server/recognition/align.ts";
import type { Box, Matrix, Picture } from "../../../server/recognition/face-types.ts";
import { jpegOf } from "../pictures.ts";
import { type Seeded, seeded, seedOf } from "./seeded.ts";

/** Raised when a variant changes, so that nothing described before is taken for it. */
export const VARIANTS_VERSION = 1;

/** `visit-1` … are frames of one visit; the others are spoiled. Face widths in pixels, blur as a share of the face width. */
export const VISIT_FRAMES = ["visit-1", "visit-2", "visit-3", "visit-4", "visit-5"] as const;
export const SPOILED = [
	"dark",
	"bright",
	"side-light",
	"blur-1",
	"blur-2",
	"motion",
	"face-80",
	"face-60",
	"noise",
	"jpeg-30",
] as const;
export type Variant = (typeof VISIT_FRAMES)[number] | (typeof SPOILED)[number];

/** Share of the photo's size added on each side. */
const MARGIN = 0.25;

/**
 * The photo with a grey margin, as a JPEG. Photos of test sets are cropped to the face; a door camera sees a room around it,
 * and without one the gates would refuse half of the photos as too close and the detector miss some.
 */
export function inRoom({ width, height, data }: Picture): Promise<Uint8Array> {
	const [left, top] = [Math.round(width * MARGIN), Math.round(height * MARGIN)];
	const room = { width: width + 2 * left, height: height + 2 * top };
	const out = new Uint8ClampedArray(room.width * room.height * 4).fill(128);
	for (let y = 0; y < height; y++)
		out.set(data.subarray(y * width * 4, (y + 1) * width * 4), ((y + top) * room.width + left) * 4);
	return jpegOf({ ...room, data: out }, 92);
}

type Pixel = (value: number, x: number, y: number) => number;

/** The JPEG of a variant; `name` (a hash of the photo) seeds its chance and `face` is the detector's box in `picture`. */
export function variantOf(picture: Picture, face: Box, variant: Variant, name: string): Promise<Uint8Array> {
	const random = seeded(seedOf(`${variant}|${name}`));
	if (variant.startsWith("visit")) return jpegOf(visitFrame(picture, face, random), 85);
	return jpegOf(spoil(picture, face, variant, random), variant === "jpeg-30" ? 30 : 90);
}

function spoil(picture: Picture, face: Box, variant: Variant, random: Seeded): Picture {
	const { x, width } = face;
	switch (variant) {
		case "dark":
			return mapped(picture, (v) => 255 * (v / 255) ** 1.6 * 0.55);
		case "bright":
			return mapped(picture, (v) => Math.min(255, v * 1.25 + 35));
		case "side-light":
			return mapped(picture, (v, px) => v * (1.15 - 0.85 * clamp((px - x) / width, 0, 1)));
		case "blur-1":
			return blurred(picture, 0.012 * width, 0.012 * width);
		case "blur-2":
			return blurred(picture, 0.025 * width, 0.025 * width);
		case "motion":
			return blurred(picture, 0.05 * width, 0);
		case "face-80":
			return scaled(picture, 80 / width);
		case "face-60":
			return scaled(picture, 60 / width);
		case "noise":
			return mapped(picture, (v) => v + 18 * random.normal());
		default:
			return picture;
	}
}

/** A head is never twice in the same place: ±4° of roll, ±6 % of size, some shift, ±12 % of light, a soft lens and sensor noise. */
function visitFrame(picture: Picture, face: Box, random: Seeded): Picture {
	const even = (size: number) => (random.next() * 2 - 1) * size;
	const angle = (even(4) * Math.PI) / 180;
	const size = 1 + even(0.06);
	const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
	const [cx, cy] = [face.x + face.width / 2, face.y + face.height / 2];
	const [dx, dy] = [even(0.04) * face.width, even(0.04) * face.width];
	const moved = warped(picture, [
		cos,
		-sin,
		cx + dx - cos * cx + sin * cy,
		sin,
		cos,
		cy + dy - sin * cx - cos * cy,
	]);
	const soft = blurred(moved, 0.008 * face.width * random.next(), 0.008 * face.width * random.next());
	const [gain, tilt] = [1 + even(0.12), even(0.12)];
	return mapped(soft, (v, x) => v * (gain + tilt * ((x - cx) / face.width)) + 3 * random.normal());
}

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

function mapped(picture: Picture, pixel: Pixel): Picture {
	const { width, height } = picture;
	const data = new Uint8ClampedArray(picture.data);
	for (let i = 0, y = 0; y < height; y++)
		for (let x = 0; x < width; x++, i += 4)
			for (let k = 0; k < 3; k++) data[i + k] = pixel(data[i + k]!, x, y);
	return { width, height, data };
}

/** The picture as `matrix` (old → new) moves it, at the same size or at `width` × `height`; edges repeat. */
function warped(picture: Picture, matrix: Matrix, width = picture.width, height = picture.height): Picture {
	const [a, b, tx, c, d, ty] = invertMatrix(matrix);
	const data = new Uint8ClampedArray(width * height * 4);
	for (let y = 0, at = 0; y < height; y++)
		for (let x = 0; x < width; x++, at += 4)
			sampleEdge(picture, a * x + b * y + tx, c * x + d * y + ty, data, at);
	return { width, height, data };
}

function sampleEdge(
	{ width, height, data }: Picture,
	x: number,
	y: number,
	out: Uint8ClampedArray,
	at: number,
) {
	const [px, py] = [clamp(x, 0, width - 1), clamp(y, 0, height - 1)];
	const [x0, y0] = [Math.floor(px), Math.floor(py)];
	const [fx, fy] = [px - x0, py - y0];
	const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
	for (let k = 0; k < 4; k++) {
		const top = data[(y0 * width + x0) * 4 + k]! * (1 - fx) + data[(y0 * width + x1) * 4 + k]! * fx;
		const low = data[(y1 * width + x0) * 4 + k]! * (1 - fx) + data[(y1 * width + x1) * 4 + k]! * fx;
		out[at + k] = top * (1 - fy) + low * fy;
	}
}

/** Shrinks (never enlarges) after a blur that keeps fine lines from turning into stairs. */
function scaled(picture: Picture, factor: number): Picture {
	if (factor >= 1) return picture;
	const sigma = 0.45 * (1 / factor - 1);
	const [width, height] = [Math.ceil(picture.width * factor), Math.ceil(picture.height * factor)];
	return warped(blurred(picture, sigma, sigma), [factor, 0, 0, 0, factor, 0], width, height);
}

/** Gaussian blur with the given deviations in pixels, edges repeated. */
function blurred(picture: Picture, sigmaX: number, sigmaY: number): Picture {
	const across = blurLines(picture, sigmaX, 1, 0);
	return blurLines(across, sigmaY, 0, 1);
}

function blurLines(picture: Picture, sigma: number, stepX: number, stepY: number): Picture {
	const reach = Math.ceil(2.5 * sigma);
	if (reach < 1) return picture;
	const { width, height, data: from } = picture;
	const weights = Array.from({ length: reach + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));
	const total = weights.reduce((sum, w, i) => sum + (i ? 2 * w : w), 0);
	const data = new Uint8ClampedArray(from);
	for (let y = 0, at = 0; y < height; y++)
		for (let x = 0; x < width; x++, at += 4) {
			let [r, g, b] = [0, 0, 0];
			for (let i = -reach; i <= reach; i++) {
				const w = weights[Math.abs(i)]! / total;
				const p = (clamp(y + i * stepY, 0, height - 1) * width + clamp(x + i * stepX, 0, width - 1)) * 4;
				r += w * from[p]!;
				g += w * from[p + 1]!;
				b += w * from[p + 2]!;
			}
			data[at] = r;
			data[at + 1] = g;
			data[at + 2] = b;
		}
	return { width, height, data };
}

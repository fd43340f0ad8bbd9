/** Cutting an upright chip out of a picture: least-squares similarity (rotation, scale, shift) and bilinear sampling. */
import type { Box, Chip, Landmarks, Matrix, Picture, Point } from "./face-types.ts";
import { meanPoint } from "./face-types.ts";
import type { ChipEdge, Recogniser } from "./model.ts";

/**
 * The similarity that maps `from` onto `to` with the least squared error (Umeyama 1991 without reflection).
 * Needs two or more points, not all equal; returns undefined otherwise.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Matrix | undefined {
	const n = from.length;
	if (n < 2 || to.length !== n) return undefined;
	const f = centre(from);
	const t = centre(to);
	let spread = 0;
	let dot = 0;
	let cross = 0;
	for (let i = 0; i < n; i++) {
		const fx = from[i]!.x - f.x;
		const fy = from[i]!.y - f.y;
		const tx = to[i]!.x - t.x;
		const ty = to[i]!.y - t.y;
		spread += fx * fx + fy * fy;
		dot += fx * tx + fy * ty;
		cross += fx * ty - fy * tx;
	}
	if (!(spread > 1e-9)) return undefined;
	const a = dot / spread;
	const b = cross / spread;
	return [a, -b, t.x - a * f.x + b * f.y, b, a, t.y - b * f.x - a * f.y];
}

const ALL = (points: readonly Point[]) => points.map((_, i) => i);
const centre = (points: readonly Point[]): Point => meanPoint(points, ALL(points));

/** Picture → chip matrix for a face; undefined when the landmarks have collapsed into one point. */
export function chipMatrix(landmarks: Landmarks, recogniser: Recogniser): Matrix | undefined {
	const from = recogniser.anchors.map((anchor) => meanPoint(landmarks, anchor.landmarks));
	return fitSimilarity(from, recogniser.anchors);
}

/** Picture → chip matrix that shows a square region, no rotation. */
export function squareMatrix(centreX: number, centreY: number, sidePx: number, chipPx: number): Matrix {
	const s = chipPx / sidePx;
	return [s, 0, chipPx / 2 - s * centreX, 0, s, chipPx / 2 - s * centreY];
}

/** The point a matrix maps `point` to. */
export const applyMatrix = ([a, b, tx, c, d, ty]: Matrix, { x, y }: Point): Point => ({
	x: a * x + b * y + tx,
	y: c * x + d * y + ty,
});

/** The inverse of a similarity or any other invertible matrix. */
export function invertMatrix([a, b, tx, c, d, ty]: Matrix): Matrix {
	const det = a * d - b * c;
	const [ia, ib, ic, id] = [d / det, -b / det, -c / det, a / det];
	return [ia, ib, -(ia * tx + ib * ty), ic, id, -(ic * tx + id * ty)];
}

/** The region of the picture a box covers as a chip-space matrix: square around the box, `grow` times its longer side. */
export function boxMatrix(box: Box, chipPx: number, grow = 1): Matrix {
	const side = Math.max(box.width, box.height) * grow;
	return squareMatrix(box.x + box.width / 2, box.y + box.height / 2, side, chipPx);
}

/** Samples `picture` through a picture → chip matrix, bilinear; `edge` says what lies outside the picture. */
export function cutChip(picture: Picture, matrix: Matrix, size: number, edge: ChipEdge = "black"): Chip {
	const { width, height } = picture;
	const inside = (at: number, last: number) => (edge === "black" ? at : Math.min(Math.max(at, 0), last));
	const [a, b, tx, c, d, ty] = invertMatrix(matrix);
	const out = new Float32Array(size * size * 3);
	let at = 0;
	for (let v = 0; v < size; v++) {
		for (let u = 0; u < size; u++, at += 3) {
			const x = a * (u + 0.5) + b * (v + 0.5) + tx - 0.5;
			const y = c * (u + 0.5) + d * (v + 0.5) + ty - 0.5;
			sample(picture, inside(x, width - 1), inside(y, height - 1), out, at);
		}
	}
	return { size, data: out };
}

function sample(picture: Picture, x: number, y: number, out: Float32Array, at: number): void {
	const { width, height, data } = picture;
	if (x <= -1 || y <= -1 || x >= width || y >= height) return;
	const x0 = Math.floor(x);
	const y0 = Math.floor(y);
	const fx = x - x0;
	const fy = y - y0;
	const left = Math.max(x0, 0);
	const right = Math.min(x0 + 1, width - 1);
	const top = Math.max(y0, 0) * width;
	const bottom = Math.min(y0 + 1, height - 1) * width;
	const w00 = (1 - fx) * (1 - fy);
	const w01 = fx * (1 - fy);
	const w10 = (1 - fx) * fy;
	const w11 = fx * fy;
	const p00 = (top + left) * 4;
	const p01 = (top + right) * 4;
	const p10 = (bottom + left) * 4;
	const p11 = (bottom + right) * 4;
	for (let k = 0; k < 3; k++)
		out[at + k] = w00 * data[p00 + k]! + w01 * data[p01 + k]! + w10 * data[p10 + k]! + w11 * data[p11 + k]!;
}

/** The chip as a mirror shows it. */
export function mirrorChip(chip: Chip): Chip {
	const { size, data } = chip;
	const out = new Float32Array(data.length);
	for (let v = 0; v < size; v++)
		for (let u = 0; u < size; u++) {
			const from = (v * size + (size - 1 - u)) * 3;
			const to = (v * size + u) * 3;
			out[to] = data[from]!;
			out[to + 1] = data[from + 1]!;
			out[to + 2] = data[from + 2]!;
		}
	return { size, data: out };
}

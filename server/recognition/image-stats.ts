/** Light and sharpness of a face, and fingerprints of whole frames, from RGBA bytes. */
import type { Box, Picture } from "./face-types.ts";

export interface LumaStats {
	/** 0–255. */
	readonly mean: number;
	/** Share of pixels above 250, 0–1. */
	readonly clippedRatio: number;
	/** Variance of the 4-neighbour Laplacian: small means blurred. */
	readonly sharpness: number;
	/** |L−R| / (L+R) of the mean luma of the two halves, 0–1. */
	readonly sideLightRatio: number;
}

/** Side of the grid a face is measured on; the limits of `quality.ts` were measured at this size. */
const FACE_GRID = 112;

/** Measures the box, resampled to 112 × 112 by nearest pixel; parts outside the picture repeat its edge. */
export function lumaStats(picture: Picture, box: Box): LumaStats {
	const grid = lumaGrid(picture, box, FACE_GRID, FACE_GRID);
	let [sum, clipped, left] = [0, 0, 0];
	for (let i = 0; i < grid.length; i++) {
		sum += grid[i]!;
		if (grid[i]! > 250) clipped++;
		if (i % FACE_GRID < FACE_GRID / 2) left += grid[i]!;
	}
	return {
		mean: sum / grid.length,
		clippedRatio: clipped / grid.length,
		sharpness: laplacianVariance(grid, FACE_GRID),
		sideLightRatio: sum > 0 ? Math.abs(2 * left - sum) / sum : 0,
	};
}

/** Rec. 601 luma of a region, sampled by nearest pixel. */
function lumaGrid(picture: Picture, box: Box, columns: number, rows: number): Float32Array {
	const { width, height, data } = picture;
	const out = new Float32Array(columns * rows);
	for (let v = 0; v < rows; v++) {
		const y = clamp(Math.floor(box.y + ((v + 0.5) * box.height) / rows), height - 1);
		for (let u = 0; u < columns; u++) {
			const x = clamp(Math.floor(box.x + ((u + 0.5) * box.width) / columns), width - 1);
			const p = (y * width + x) * 4;
			out[v * columns + u] = 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!;
		}
	}
	return out;
}

const clamp = (value: number, max: number): number => Math.min(Math.max(value, 0), max);

function laplacianVariance(grid: Float32Array, side: number): number {
	let [sum, squares, n] = [0, 0, 0];
	for (let v = 1; v < side - 1; v++)
		for (let u = 1; u < side - 1; u++) {
			const i = v * side + u;
			const l = grid[i - 1]! + grid[i + 1]! + grid[i - side]! + grid[i + side]! - 4 * grid[i]!;
			sum += l;
			squares += l * l;
			n++;
		}
	return squares / n - (sum / n) ** 2;
}

/** A fingerprint of a whole frame: equal frames have equal prints; sensor noise makes live frames differ. */
export interface FramePrint {
	readonly hash: number;
	/** Mean luma of the frame, 0–255. */
	readonly meanLuma: number;
	/** Standard deviation of luma; near 0 for a covered lens. */
	readonly lumaDeviation: number;
}

/** Prints a frame on a 64 × 48 grid (FNV-1a over whole luma steps). */
export function framePrint(picture: Picture): FramePrint {
	const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
	const grid = lumaGrid(picture, whole, 64, 48);
	let hash = 0x811c9dc5;
	let [sum, squares] = [0, 0];
	for (const luma of grid) {
		hash = Math.imul(hash ^ Math.round(luma), 0x01000193);
		sum += luma;
		squares += luma * luma;
	}
	const meanLuma = sum / grid.length;
	return {
		hash: hash >>> 0,
		meanLuma,
		lumaDeviation: Math.sqrt(Math.max(0, squares / grid.length - meanLuma ** 2)),
	};
}

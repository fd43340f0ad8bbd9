/** The shapes every part of recognition speaks: points, boxes, pictures. Image coordinates in pixels, origin top left, never mirrored. */

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A detected face before landmarks; `score` is the detector's, 0–1. */
export interface DetectedFace {
	readonly box: Box;
	readonly score: number;
}

/** 68 points in the order of the iBUG 300-W scheme (eyes 36–47, nose tip 30, mouth 48–67). */
export type Landmarks = readonly Point[];

/** Interleaved RGBA bytes, `width × height × 4`; what a canvas hands out. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8ClampedArray | Uint8Array;
}

/** Interleaved RGB floats 0–255 of a square chip, `size × size × 3`: the input of a net. */
export interface Chip {
	readonly size: number;
	readonly data: Float32Array;
}

/** Row-major 2×3 matrix `[a, b, tx, c, d, ty]`: `x' = ax + by + tx`, `y' = cx + dy + ty`. */
export type Matrix = readonly [number, number, number, number, number, number];

export const boxArea = (box: Box): number => box.width * box.height;

/** Part of two boxes that both cover, over their union (0–1) and over the smaller one (0–1). */
export function boxOverlap(a: Box, b: Box): { readonly ofUnion: number; readonly ofSmaller: number } {
	const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	const both = Math.max(0, w) * Math.max(0, h);
	if (both === 0) return { ofUnion: 0, ofSmaller: 0 };
	const [areaA, areaB] = [boxArea(a), boxArea(b)];
	return { ofUnion: both / (areaA + areaB - both), ofSmaller: both / Math.min(areaA, areaB) };
}

/** Mean of the landmarks with the given indices. */
export function meanPoint(landmarks: Landmarks, indices: readonly number[]): Point {
	let x = 0;
	let y = 0;
	for (const i of indices) {
		x += landmarks[i]!.x;
		y += landmarks[i]!.y;
	}
	return { x: x / indices.length, y: y / indices.length };
}

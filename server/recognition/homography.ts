/** Does one plane explain how points moved between two pictures? Fits a homography; pure arithmetic, knows nothing of faces. */
import type { Point } from "./face-types.ts";

/** Row-major 3×3 with the last entry 1. */
export type Homography = readonly [number, number, number, number, number, number, number, number, 1];

/** Passes of re-weighting; after five the weights no longer move. */
const PASSES = 5;

/**
 * The homography `from` → `to`, robust: points that do not fit lose weight (Huber, at 1.5 times the median residual).
 * Undefined for fewer than 8 points or points on one line.
 */
export function fitHomography(from: readonly Point[], to: readonly Point[]): Homography | undefined {
	if (from.length < 8 || to.length !== from.length) return undefined;
	const [f, t] = [normaliser(from), normaliser(to)];
	const [a, b] = [from.map(f.into), to.map(t.into)];
	let weights = a.map(() => 1);
	let fitted: Homography | undefined;
	for (let pass = 0; pass < PASSES; pass++) {
		fitted = solveWeighted(a, b, weights);
		if (!fitted) return undefined;
		const errors = residuals(fitted, a, b);
		const limit = 1.5 * Math.max(medianOf(errors), 1e-9);
		weights = errors.map((e) => (e <= limit ? 1 : limit / e));
	}
	return fitted && denormalise(fitted, f, t);
}

/** Where the homography maps a point; infinite for points on its horizon. */
export function mapPoint(h: Homography, { x, y }: Point): Point {
	const w = h[6] * x + h[7] * y + 1;
	return { x: (h[0] * x + h[1] * y + h[2]) / w, y: (h[3] * x + h[4] * y + h[5]) / w };
}

/** Distance of each mapped point to where it was found. */
export const residuals = (h: Homography, from: readonly Point[], to: readonly Point[]): number[] =>
	from.map((point, i) => {
		const mapped = mapPoint(h, point);
		return Math.hypot(mapped.x - to[i]!.x, mapped.y - to[i]!.y);
	});

/** Median; 0 for nothing. */
export function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

interface Normaliser {
	readonly cx: number;
	readonly cy: number;
	readonly scale: number;
	into(point: Point): Point;
}

/** Centre at 0 and mean distance 1 keep the equations well conditioned (Hartley 1997). */
function normaliser(points: readonly Point[]): Normaliser {
	const cx = points.reduce((sum, p) => sum + p.x, 0) / points.length;
	const cy = points.reduce((sum, p) => sum + p.y, 0) / points.length;
	const spread = points.reduce((sum, p) => sum + Math.hypot(p.x - cx, p.y - cy), 0) / points.length;
	const scale = 1 / Math.max(spread, 1e-9);
	return { cx, cy, scale, into: ({ x, y }) => ({ x: (x - cx) * scale, y: (y - cy) * scale }) };
}

function solveWeighted(
	from: readonly Point[],
	to: readonly Point[],
	weights: readonly number[],
): Homography | undefined {
	const normal = Array.from({ length: 8 }, () => new Array<number>(9).fill(0));
	const add = (row: readonly number[], value: number, weight: number) => {
		for (let i = 0; i < 8; i++) {
			for (let j = 0; j < 8; j++) normal[i]![j]! += weight * row[i]! * row[j]!;
			normal[i]![8]! += weight * row[i]! * value;
		}
	};
	for (let i = 0; i < from.length; i++) {
		const { x, y } = from[i]!;
		const { x: u, y: v } = to[i]!;
		add([x, y, 1, 0, 0, 0, -u * x, -u * y], u, weights[i]!);
		add([0, 0, 0, x, y, 1, -v * x, -v * y], v, weights[i]!);
	}
	const solved = eliminate(normal);
	return solved && ([...solved, 1] as unknown as Homography);
}

/** Gauss with partial pivoting on 8 × 9; undefined when singular. */
function eliminate(m: number[][]): number[] | undefined {
	const n = m.length;
	for (let c = 0; c < n; c++) {
		let best = c;
		for (let r = c + 1; r < n; r++) if (Math.abs(m[r]![c]!) > Math.abs(m[best]![c]!)) best = r;
		if (!(Math.abs(m[best]![c]!) > 1e-9)) return undefined;
		[m[c], m[best]] = [m[best]!, m[c]!];
		for (let r = 0; r < n; r++) {
			if (r === c) continue;
			const factor = m[r]![c]! / m[c]![c]!;
			for (let k = c; k <= n; k++) m[r]![k]! -= factor * m[c]![k]!;
		}
	}
	return m.map((row, i) => row[n]! / row[i]!);
}

type Matrix3 = readonly number[];

function denormalise(h: Homography, f: Normaliser, t: Normaliser): Homography | undefined {
	const into: Matrix3 = [f.scale, 0, -f.cx * f.scale, 0, f.scale, -f.cy * f.scale, 0, 0, 1];
	const out: Matrix3 = [1 / t.scale, 0, t.cx, 0, 1 / t.scale, t.cy, 0, 0, 1];
	const all = multiply(out, multiply(h, into));
	if (!(Math.abs(all[8]!) > 1e-12)) return undefined;
	return all.map((value) => value / all[8]!) as unknown as Homography;
}

const multiply = (a: Matrix3, b: Matrix3): Matrix3 =>
	[0, 1, 2].flatMap((r) =>
		[0, 1, 2].map((c) => a[r * 3]! * b[c]! + a[r * 3 + 1]! * b[3 + c]! + a[r * 3 + 2]! * b[6 + c]!),
	);

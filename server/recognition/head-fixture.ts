/** A head of 68 points in space and a flat picture of it, turned before a pinhole camera: landmarks for tests of the turn. */
import type { Landmarks } from "./face-types.ts";

const arc = (n: number, from: number, to: number) =>
	Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));

/** x right, y down, z towards the camera, in eye distances from the point between the eyes. Round numbers of an average adult. */
export const HEAD: readonly (readonly [number, number, number])[] = [
	...arc(17, -1, 1).map((t): [number, number, number] => [
		1.15 * Math.sin((t * Math.PI) / 2),
		1.75 * Math.cos((t * Math.PI) / 2.2) + 0.05,
		-1.3 * Math.abs(t) ** 1.5,
	]),
	...arc(5, -0.85, -0.2).map((x): [number, number, number] => [x, -0.35, 0.1 - 0.35 * x * x]),
	...arc(5, 0.2, 0.85).map((x): [number, number, number] => [x, -0.35, 0.1 - 0.35 * x * x]),
	...arc(4, 0, 0.6).map((y): [number, number, number] => [0, y, 0.14 + 0.7 * y]),
	...arc(5, -0.25, 0.25).map((x): [number, number, number] => [x, 0.78, 0.34 - x * x]),
	...[-0.7, -0.58, -0.42, -0.3, -0.42, -0.58].map((x): [number, number, number] => [x, 0, -0.25 * x * x]),
	...[0.3, 0.42, 0.58, 0.7, 0.58, 0.42].map((x): [number, number, number] => [x, 0, -0.25 * x * x]),
	...arc(20, -0.45, 0.45).map((x): [number, number, number] => [x, 1.15, 0.2 - 0.8 * x * x]),
];

/** Without depth: what a print shows. */
export const PRINT = HEAD.map(([x, y]) => [x, y, 0] as const);

export interface Placed {
	readonly yawDeg: number;
	/** Distance of the eyes to the camera, in eye distances. */
	readonly away?: number;
	readonly dx?: number;
}

/** Landmarks of a shape turned about its upright axis; a positive yaw shows the person's own left. */
export function seenAt(
	shape: readonly (readonly [number, number, number])[],
	{ yawDeg, away = 8, dx = 0 }: Placed,
): Landmarks {
	const [sin, cos] = [Math.sin((yawDeg * Math.PI) / 180), Math.cos((yawDeg * Math.PI) / 180)];
	return shape.map(([x, y, z]) => {
		const depth = away - (-x * sin + z * cos);
		return { x: 320 + (600 * (x * cos + z * sin + dx)) / depth, y: 200 + (600 * y) / depth };
	});
}

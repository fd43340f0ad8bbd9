import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
	applyMatrix,
	boxMatrix,
	chipMatrix,
	cutChip,
	fitSimilarity,
	invertMatrix,
	mirrorChip,
} from "./align.ts";
import type { Matrix, Picture, Point } from "./face-types.ts";
import { FACE_API_RECOGNISER } from "./model.ts";

const num = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const point = fc.record({ x: num(-500, 500), y: num(-500, 500) });
const similarity = fc
	.tuple(num(0.1, 8), num(-Math.PI, Math.PI), num(-300, 300), num(-300, 300))
	.map(
		([s, a, tx, ty]): Matrix => [s * Math.cos(a), -s * Math.sin(a), tx, s * Math.sin(a), s * Math.cos(a), ty],
	);

const near = (a: Point, b: Point, within = 1e-4) => Math.hypot(a.x - b.x, a.y - b.y) < within;
const wide = (points: readonly Point[]) =>
	points.some((p) => Math.hypot(p.x - points[0]!.x, p.y - points[0]!.y) > 1);

describe("fitSimilarity", () => {
	test("recovers any rotation, scale and shift from any number of points", () => {
		fc.assert(
			fc.property(similarity, fc.array(point, { minLength: 2, maxLength: 12 }), (m, points) => {
				fc.pre(wide(points));
				const fitted = fitSimilarity(
					points,
					points.map((p) => applyMatrix(m, p)),
				)!;
				return points.every((p) => near(applyMatrix(fitted, p), applyMatrix(m, p), 1e-3));
			}),
		);
	});

	test("never mirrors: a reflected target is met as well as rotation allows", () => {
		const from = [
			{ x: 0, y: 0 },
			{ x: 10, y: 0 },
			{ x: 5, y: 9 },
		];
		const [a, b, , c, d] = fitSimilarity(
			from,
			from.map(({ x, y }) => ({ x: -x, y })),
		)!;
		expect(a * d - b * c).toBeGreaterThan(0);
	});

	test("is least squares: no nearby similarity has a smaller error", () => {
		const from = [
			{ x: 0, y: 0 },
			{ x: 50, y: 3 },
			{ x: 24, y: 60 },
		];
		const to = FACE_API_RECOGNISER.anchors;
		const error = (m: Matrix) =>
			from.reduce(
				(sum, p, i) => sum + Math.hypot(applyMatrix(m, p).x - to[i]!.x, applyMatrix(m, p).y - to[i]!.y) ** 2,
				0,
			);
		const best = fitSimilarity(from, to)!;
		for (const [da, db, dt] of [
			[0.01, 0, 0],
			[-0.01, 0, 0],
			[0, 0.01, 0],
			[0, -0.01, 0],
			[0, 0, 0.5],
			[0, 0, -0.5],
		] as const) {
			const [a, b, tx, c, d, ty] = best;
			expect(error([a + da, b - db, tx + dt, c + db, d + da, ty])).toBeGreaterThan(error(best));
		}
	});

	test.each([
		[[]],
		[[{ x: 1, y: 1 }]],
		[
			[
				{ x: 1, y: 1 },
				{ x: 1, y: 1 },
			],
		],
	])("refuses collapsed points %p", (points) => {
		expect(fitSimilarity(points, points)).toBeUndefined();
	});
});

test("invertMatrix undoes a matrix", () => {
	fc.assert(
		fc.property(similarity, point, (m, p) => near(applyMatrix(invertMatrix(m), applyMatrix(m, p)), p)),
	);
});

test("chipMatrix puts the eyes and the mouth of a tilted face onto the anchors", () => {
	const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)];
	const place = ({ x, y }: Point) => ({ x: 300 + 2 * (x * cos - y * sin), y: 80 + 2 * (x * sin + y * cos) });
	const anchor = (i: number) =>
		FACE_API_RECOGNISER.anchors.find((a) => a.landmarks.includes(i)) ?? { x: 0, y: 0 };
	const landmarks = Array.from({ length: 68 }, (_, i) => place(anchor(i)));
	const matrix = chipMatrix(landmarks, FACE_API_RECOGNISER)!;
	for (const i of [36, 45, 50]) expect(near(applyMatrix(matrix, landmarks[i]!), anchor(i), 1e-6)).toBe(true);
});

describe("cutChip", () => {
	const ramp: Picture = { width: 8, height: 6, data: new Uint8ClampedArray(8 * 6 * 4) };
	for (let y = 0; y < 6; y++)
		for (let x = 0; x < 8; x++) ramp.data.set([x * 10, y * 10, 7, 255], (y * 8 + x) * 4);

	test("one to one copies the pixels", () => {
		const { data } = cutChip(ramp, [1, 0, 0, 0, 1, 0], 6);
		expect([data[0], data[3], data[5 * 3], data[6 * 3 * 5 + 1]]).toEqual([0, 10, 50, 50]);
	});

	test("doubling interpolates between pixel centres", () => {
		const { data } = cutChip(ramp, [2, 0, -4, 0, 2, -4], 4);
		expect(data[0]).toBeCloseTo(17.5, 4);
		expect(data[3]).toBeCloseTo(22.5, 4);
	});

	test("outside the picture is black, and any matrix stays in bounds", () => {
		expect(
			cutChip(ramp, boxMatrix({ x: -100, y: -100, width: 20, height: 20 }, 8), 8).data.every((v) => v === 0),
		).toBe(true);
		fc.assert(fc.property(similarity, (m) => cutChip(ramp, m, 9).data.every((v) => v >= 0 && v <= 70)));
	});

	test("mirrorChip swaps left and right, twice is nothing", () => {
		const chip = cutChip(ramp, [1, 0, 0, 0, 1, 0], 5);
		expect(mirrorChip(chip).data[0]).toBe(40);
		expect(mirrorChip(mirrorChip(chip)).data).toEqual(chip.data);
	});
});

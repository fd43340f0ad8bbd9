import { expect, test } from "bun:test";
import { agrees, distance, distancesToOthers, meanDescriptor } from "./descriptor.ts";

const d = (...values: number[]) => Float32Array.from(values);

test("distance and mean", () => {
	expect(distance(d(0, 0), d(3, 4))).toBe(5);
	expect([...meanDescriptor([d(0, 2), d(2, 4)])]).toEqual([1, 3]);
	expect(() => meanDescriptor([])).toThrow();
});

test("agrees compares with the mean of the kept frames", () => {
	expect(agrees([], d(9, 9), 0.3)).toBe(true);
	expect(agrees([d(0, 0), d(0.4, 0)], d(0.45, 0), 0.3)).toBe(true);
	expect(agrees([d(0, 0), d(0.1, 0)], d(0.45, 0), 0.3)).toBe(false);
});

test("distancesToOthers leaves each one out of its own mean", () => {
	expect(distancesToOthers([])).toEqual([]);
	expect(distancesToOthers([d(1, 1)])).toEqual([0]);
	expect(distancesToOthers([d(0, 0), d(2, 0)])).toEqual([2, 2]);
	expect(Math.max(...distancesToOthers([d(0, 0), d(0, 0), d(3, 0)]))).toBe(3);
});

import { expect, test } from "bun:test";
import { fitHomography, mapPoint, medianOf, residuals } from "./homography.ts";

const GRID = Array.from({ length: 20 }, (_, i) => ({ x: 40 + (i % 5) * 30, y: 60 + Math.floor(i / 5) * 25 }));
const TRUE = [1.1, 0.2, 5, -0.1, 0.9, 12, 0.0008, -0.0004, 1] as const;
const moved = GRID.map((p) => mapPoint(TRUE, p));

test("finds the plane's movement again", () => {
	const found = fitHomography(GRID, moved)!;
	for (const [i, value] of TRUE.entries()) expect(found[i]!).toBeCloseTo(value, 5);
	expect(Math.max(...residuals(found, GRID, moved))).toBeLessThan(1e-6);
});

test("a few points off the plane stand out instead of bending it", () => {
	const off = moved.map((p, i) => (i % 8 === 6 ? { x: p.x + 15, y: p.y } : p));
	const errors = residuals(fitHomography(GRID, off)!, GRID, off);
	expect(Math.min(errors[6]!, errors[14]!)).toBeGreaterThan(8);
	expect(medianOf(errors)).toBeLessThan(2);
});

test("points on a line, or too few, have no plane", () => {
	const line = GRID.map((_, i) => ({ x: i, y: 2 * i }));
	expect(fitHomography(line, line)).toBeUndefined();
	expect(fitHomography(GRID.slice(0, 7), moved.slice(0, 7))).toBeUndefined();
});

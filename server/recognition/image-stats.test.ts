import { expect, test } from "bun:test";
import type { Picture } from "./face-types.ts";
import { framePrint, lumaStats } from "./image-stats.ts";

function picture(shade: (x: number, y: number) => number, width = 160, height = 120): Picture {
	const data = new Uint8ClampedArray(width * height * 4);
	for (let i = 0; i < width * height; i++) {
		const v = shade(i % width, Math.floor(i / width));
		data.set([v, v, v, 255], i * 4);
	}
	return { width, height, data };
}
const whole = { x: 0, y: 0, width: 160, height: 120 };
const checks = (size: number) => (x: number, y: number) => ((x / size + Math.floor(y / size)) & 1 ? 200 : 40);

test("an even wall: its shade, no edges, no side light", () => {
	const stats = lumaStats(
		picture(() => 90),
		whole,
	);
	expect(stats.mean).toBeCloseTo(90, 3);
	expect(stats.sharpness).toBeCloseTo(0, 3);
	expect(stats.sideLightRatio).toBeCloseTo(0, 3);
	expect(stats.clippedRatio).toBe(0);
});

test("fine detail is sharper than coarse detail", () => {
	const fine = lumaStats(picture(checks(4)), whole).sharpness;
	const coarse = lumaStats(picture(checks(40)), whole).sharpness;
	expect(fine).toBeGreaterThan(coarse * 3);
});

test("a quarter burnt out, lit from the left", () => {
	const stats = lumaStats(
		picture((x) => (x < 40 ? 255 : 50)),
		whole,
	);
	expect(stats.clippedRatio).toBeCloseTo(0.25, 1);
	expect(stats.sideLightRatio).toBeCloseTo((152.5 - 50) / (152.5 + 50), 1);
});

test("a box that hangs over the edge is measured all the same", () => {
	const stats = lumaStats(
		picture(() => 80),
		{ x: -30, y: 90, width: 80, height: 80 },
	);
	expect(stats.mean).toBeCloseTo(80, 3);
});

test("frame prints: equal for equal frames, different for one step of noise, black is flat", () => {
	const shade = checks(8);
	expect(framePrint(picture(shade))).toEqual(framePrint(picture(shade)));
	expect(framePrint(picture((x, y) => shade(x, y) + 1)).hash).not.toBe(framePrint(picture(shade)).hash);
	expect(framePrint(picture(() => 3))).toMatchObject({ lumaDeviation: 0 });
	expect(framePrint(picture(() => 3)).meanLuma).toBeCloseTo(3, 3);
});

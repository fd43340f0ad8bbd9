import { describe, expect, test } from "bun:test";
import { FACE_API_RECOGNISER } from "./model.ts";
import { lookAlikes, looksTampered, outlierPhotos, verifyClaim } from "./verify.ts";

const { thresholds } = FACE_API_RECOGNISER;
const at = (x: number) => Float32Array.of(x, 0);

describe("verifyClaim", () => {
	test.each([
		[0.43, 1, "accept"],
		[0.44, 1, "doubtful"],
		[0.4, 3, "accept"],
		[0.42, 3, "doubtful"],
		[0.5, 3, "doubtful"],
		[0.51, 1, "reject"],
		[Number.NaN, 3, "reject"],
	])("distance %p over %p frames: %p", (distance, frames, kind) => {
		expect(verifyClaim(distance, frames, thresholds).kind).toBe(kind as "accept");
	});
	test("nobody to compare with", () => {
		expect(verifyClaim(undefined, 3, thresholds)).toEqual({ kind: "no_template" });
	});
});

test("looksTampered: beyond the limit, and when the numbers are no numbers", () => {
	expect(looksTampered(at(0), at(0.24), thresholds)).toBe(false);
	expect(looksTampered(at(0), at(0.26), thresholds)).toBe(true);
	expect(looksTampered(at(Number.NaN), at(0), thresholds)).toBe(true);
});

test("outlierPhotos names the photo of someone else", () => {
	expect(outlierPhotos([at(0), at(0.1), at(0.7), at(0.05)], thresholds)).toEqual([2]);
	expect(outlierPhotos([at(0), at(0.1), at(0.2)], thresholds)).toEqual([]);
	expect(outlierPhotos([at(0)], thresholds)).toEqual([]);
});

test("lookAlikes: others within the limit, nearest first, never oneself", () => {
	const ranking = (...list: [string, number][]) => ({
		searched: 9,
		nearest: list.map(([personId, distance]) => ({ personId, distance })),
	});
	const found = lookAlikes(
		[ranking(["me", 0.1], ["b", 0.44], ["c", 0.46]), ranking(["b", 0.42], ["d", 0.3])],
		"me",
		thresholds,
	);
	expect(found).toEqual([
		{ personId: "d", distance: 0.3 },
		{ personId: "b", distance: 0.42 },
	]);
});

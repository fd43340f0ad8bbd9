import { describe, expect, test } from "bun:test";
import type { Claim } from "./gallery.ts";
import { FACE_API_RECOGNISER, type Thresholds } from "./model.ts";
import { lookAlikes, looksTampered, outlierPhotos, verifyClaim } from "./verify.ts";

const { thresholds } = FACE_API_RECOGNISER;
const at = (x: number) => Float32Array.of(x, 0);

describe("verifyClaim", () => {
	const figure = (value: number) => ({ value, source: "" });
	const size = { neighbours: 2, searchLimit: -1, source: "" };
	const rules: Thresholds = {
		...thresholds,
		verifySingle: figure(0.43),
		verifyMulti: figure(0.4),
		ambiguous: figure(0.5),
		crowd: [
			{ ...size, fromPeople: 1, weight: 0, claimLimit: 0.45 },
			{ ...size, fromPeople: 20, weight: 0.5, claimLimit: -0.1 },
		],
	};
	const claim = (d: number, searched: number, others: number, around = others): Claim => ({
		distance: d,
		searched,
		others: [others, others],
		surroundings: [around, around],
	});

	test.each([
		["far from all others", claim(0.43, 30, 0.9), 1, "accept"],
		["too far for one frame", claim(0.431, 30, 0.9), 1, "doubtful"],
		["near enough for averaged frames", claim(0.4, 30, 0.9), 3, "accept"],
		["too far for averaged frames", claim(0.401, 30, 0.9), 3, "doubtful"],
		["two frames are judged as one", claim(0.43, 30, 0.9), 2, "accept"],
		["as near as the crowd allows", claim(0.399, 30, 0.5), 3, "accept"],
		["and no farther", claim(0.399, 30, 0.497), 3, "doubtful"],
		["a colleague is about as near", claim(0.4, 30, 0.48), 3, "doubtful"],
		["the claimed person has a double", claim(0.4, 30, 0.6, 0.39), 3, "doubtful"],
		["19 people: the crowd says nothing", claim(0.4, 19, 0.3), 3, "accept"],
		["at the far end of doubt", claim(0.5, 30, 0.9), 1, "doubtful"],
		["somebody else", claim(0.51, 30, 0.9), 1, "reject"],
		["no number", claim(Number.NaN, 30, 0.9), 3, "reject"],
		["no number in the crowd", claim(0.3, 30, Number.NaN), 3, "doubtful"],
	])("%s", (_, claimed, frames, kind) => {
		expect(verifyClaim(claimed, frames, rules).kind).toBe(kind as "accept");
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
		nearest: list.map(([personId, distance]) => ({ personId, distance })),
	});
	const found = lookAlikes(
		[ranking(["me", 0.1], ["b", 0.44], ["c", 0.46]), ranking(["b", 0.42], ["d", 0.3])],
		"me",
		{ ...thresholds, twin: { value: 0.45, source: "" } },
	);
	expect(found).toEqual([
		{ personId: "d", distance: 0.3 },
		{ personId: "b", distance: 0.42 },
	]);
});

/** The numbers in force. A change here is a change of who is let in: measure it with `test/recognition/evaluate.ts` first. */
import { describe, expect, test } from "bun:test";
import type { Ranking } from "./gallery.ts";
import { identify } from "./identify.ts";
import { FACE_API_RECOGNISER } from "./model.ts";
import { verifyClaim } from "./verify.ts";

const { thresholds } = FACE_API_RECOGNISER;

/** A face `best` away; every other person, and every neighbour of the best, `crowd` away. */
const ranking = (searched: number, best: number, crowd: number): Ranking => ({
	searched,
	nearest: [best, ...Array.from({ length: Math.min(8, searched - 1) }, () => crowd)].map((distance, i) => ({
		personId: `p${i}`,
		distance,
	})),
	surroundings: Array.from({ length: Math.min(5, searched - 1) }, () => crowd),
});
const search = (...at: Parameters<typeof ranking>) => identify(ranking(...at), { thresholds }).kind;
const claim = (searched: number, distance: number, crowd: number, frames = 3) =>
	verifyClaim(
		{ distance, searched, others: Array(5).fill(crowd), surroundings: Array(5).fill(crowd) },
		frames,
		thresholds,
	).kind;

describe("1:N with the built-in net", () => {
	test.each([
		["1 person", 1, 0.302, 0.304, 0],
		["9 people", 9, 0.302, 0.304, 0.5],
		["10 people", 10, 0.357, 0.359, 0.5],
		["19 people", 19, 0.357, 0.359, 0.5],
		["20 people", 20, 0.391, 0.393, 0.5],
		["24 people", 24, 0.391, 0.393, 0.5],
		["25 people", 25, 0.407, 0.409, 0.5],
		["10,000 people", 10_000, 0.407, 0.409, 0.5],
		["never above the cap", 30, 0.459, 0.461, 0.9],
	])("%s: %# accepts %p at %p, not at %p", (_, people, near, far, crowd) => {
		expect(search(people, near, crowd)).toBe("match");
		expect(search(people, far, crowd)).toBe("ambiguous");
	});

	test("the far end of perhaps", () => {
		expect(search(30, 0.499, 0.9)).toBe("ambiguous");
		expect(search(30, 0.501, 0.9)).toBe("unknown");
	});

	test("the nearest five others count, half of each crowd", () => {
		const five = (extra: number): Ranking => {
			const { nearest, surroundings } = ranking(30, 0.407, 0.5);
			const changed = nearest.map((one, i) => (i === 5 ? { ...one, distance: one.distance + extra } : one));
			return { searched: 30, nearest: changed, surroundings };
		};
		expect(identify(five(0), { thresholds }).kind).toBe("match");
		expect(identify(five(-0.05), { thresholds }).kind).toBe("ambiguous");
	});
});

describe("1:1 with the built-in net", () => {
	test.each([
		["9 people", 9, 0.354, 0.356, 0.5],
		["10 people", 10, 0.389, 0.391, 0.5],
		["20 people", 20, 0.419, 0.421, 0.5],
		["25 people", 25, 0.424, 0.426, 0.5],
		["never above the cap", 30, 0.459, 0.461, 0.9],
	])("%s", (_, people, near, far, crowd) => {
		for (const frames of [1, 3]) {
			expect(claim(people, near, crowd, frames)).toBe("accept");
			expect(claim(people, far, crowd, frames)).toBe("doubtful");
		}
	});
});

test("distances that need no crowd", () => {
	const values = Object.fromEntries(
		(["twin", "tamper", "outlier", "frameAgreement"] as const).map((name) => [name, thresholds[name].value]),
	);
	expect(values).toEqual({ twin: 0.37, tamper: 0.25, outlier: 0.45, frameAgreement: 0.32 });
});

test("every number says where it comes from", () => {
	for (const figure of [...Object.values(thresholds).filter((t) => "value" in t), ...thresholds.crowd])
		expect((figure as { source: string }).source.length).toBeGreaterThan(10);
});

import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Ranking } from "./gallery.ts";
import { identify } from "./identify.ts";
import { FACE_API_RECOGNISER } from "./model.ts";

const { thresholds } = FACE_API_RECOGNISER;
const ranking = (searched: number, ...distances: number[]): Ranking => ({
	searched,
	nearest: distances.map((distance, i) => ({ personId: `p${i + 1}`, distance })),
});
const others = (d: number) => Array.from({ length: 8 }, () => d);
const say = (r: Ranking, needsCard?: (id: string) => boolean) => {
	const found = identify(r, { thresholds, needsCard });
	if (found.kind === "match") return `match ${found.personId} ${found.band}`;
	return found.kind === "ambiguous" ? `ambiguous ${found.reason}` : "unknown";
};

describe("the 1:N rule", () => {
	test.each([
		["clear match in a shop of 30", ranking(30, 0.3, ...others(0.6)), "match p1 sure"],
		["passes narrowly by distance", ranking(30, 0.42, ...others(0.6)), "match p1 marginal"],
		["passes narrowly by gap", ranking(30, 0.3, ...others(0.41)), "match p1 marginal"],
		["at the limit itself", ranking(30, 0.43, ...others(0.6)), "match p1 marginal"],
		["just above the limit", ranking(30, 0.431, ...others(0.7)), "ambiguous near_threshold"],
		["the crowd is nearly as near", ranking(30, 0.4, ...others(0.49)), "ambiguous small_gap"],
		["at the far end of perhaps", ranking(30, 0.5, ...others(0.7)), "ambiguous near_threshold"],
		["a stranger", ranking(30, 0.51, ...others(0.7)), "unknown"],
		["14 people: the stricter limit", ranking(14, 0.41, ...others(0.7)), "ambiguous near_threshold"],
		["14 people: below it", ranking(14, 0.39, ...others(0.7)), "match p1 marginal"],
		["14 people, a second as near", ranking(14, 0.3, 0.33, ...others(0.7)), "ambiguous small_gap"],
		["15 people: cohort rule", ranking(15, 0.42, ...others(0.7)), "match p1 marginal"],
		["the only person enrolled", ranking(1, 0.3), "match p1 sure"],
		["nobody enrolled", ranking(0), "unknown"],
	])("%s", (_, r, expected) => {
		expect(say(r)).toBe(expected);
	});

	test("look-alikes always need a card, strangers stay unknown", () => {
		const twin = (id: string) => id === "p1";
		expect(say(ranking(30, 0.2, ...others(0.6)), twin)).toBe("ambiguous needs_card");
		expect(say(ranking(30, 0.6, ...others(0.7)), twin)).toBe("unknown");
		expect(say(ranking(30, 0.2, ...others(0.6)), (id) => id === "p2")).toBe("match p1 sure");
	});

	test("coming nearer never turns a match into less", () => {
		const d = fc.double({ min: 0.01, max: 0.8, noNaN: true });
		const rank = { match: 2, ambiguous: 1, unknown: 0 };
		fc.assert(
			fc.property(
				d,
				d,
				fc.array(d, { maxLength: 8 }),
				fc.integer({ min: 1, max: 60 }),
				(a, b, rest, searched) => {
					const [near, far] = [Math.min(a, b), Math.max(a, b)];
					const tail = rest.map((x) => far + x).sort((x, y) => x - y);
					const at = (best: number) => rank[identify(ranking(searched, best, ...tail), { thresholds }).kind];
					return at(near) >= at(far);
				},
			),
		);
	});

	test("a distance that is not a number is nobody", () => {
		expect(say(ranking(30, Number.NaN, ...others(0.7)))).toBe("unknown");
	});
});

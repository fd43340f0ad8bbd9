import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Ranking } from "./gallery.ts";
import { type IdentifyOptions, identify } from "./identify.ts";
import { FACE_API_RECOGNISER, type Thresholds } from "./model.ts";

const figure = (value: number) => ({ value, source: "" });
const size = { neighbours: 2, claimLimit: 0, source: "" };
/** Round numbers, so that the rows can be followed by hand. */
const thresholds: Thresholds = {
	...FACE_API_RECOGNISER.thresholds,
	accept: figure(0.45),
	ambiguous: figure(0.5),
	crowd: [
		{ ...size, fromPeople: 1, weight: 0, searchLimit: 0.3 },
		{ ...size, fromPeople: 20, weight: 0.5, searchLimit: -0.1 },
	],
};

/** Others all at `others`, the best person's surroundings all at `around`. */
const ranking = (searched: number, best: number, others: number, around = others): Ranking => ({
	searched,
	nearest: [best, ...Array.from({ length: Math.min(searched - 1, 8) }, () => others)].map((distance, i) => ({
		personId: `p${i + 1}`,
		distance,
	})),
	surroundings: Array.from({ length: Math.min(searched - 1, 5) }, () => around),
});
const say = (r: Ranking, options: Omit<IdentifyOptions, "thresholds"> = {}) => {
	const found = identify(r, { thresholds, ...options });
	if (found.kind === "match") return `match ${found.personId} ${found.band}`;
	return found.kind === "ambiguous" ? `ambiguous ${found.reason}` : "unknown";
};

describe("the 1:N rule", () => {
	test.each([
		["clear match in a shop of 30", ranking(30, 0.3, 0.6), "match p1 sure"],
		["relative -0.101: just within the limit", ranking(30, 0.399, 0.5), "match p1 marginal"],
		["relative -0.099: the crowd is nearly as near", ranking(30, 0.401, 0.5), "ambiguous small_gap"],
		["the person has a double, whoever else is far", ranking(30, 0.4, 0.6, 0.38), "ambiguous small_gap"],
		["the probe has a second as near", ranking(30, 0.4, 0.41, 0.55), "ambiguous small_gap"],
		["relative -0.13: passes narrowly", ranking(30, 0.37, 0.5), "match p1 marginal"],
		["far from all others, yet 0.45 is the most", ranking(30, 0.45, 0.9), "match p1 marginal"],
		["above that", ranking(30, 0.451, 0.9), "ambiguous near_threshold"],
		["at the far end of perhaps", ranking(30, 0.5, 0.9), "ambiguous near_threshold"],
		["a stranger", ranking(30, 0.51, 0.9), "unknown"],
		["20 people: the crowd counts", ranking(20, 0.42, 0.6), "match p1 marginal"],
		["19 people: it does not", ranking(19, 0.42, 0.6), "ambiguous small_gap"],
		["19 people, very near", ranking(19, 0.3, 0.31), "match p1 marginal"],
		["19 people, nearer", ranking(19, 0.26, 0.31), "match p1 sure"],
		["the only person enrolled", ranking(1, 0.3, 0), "match p1 marginal"],
		["nobody enrolled", { searched: 0, nearest: [], surroundings: [] }, "unknown"],
	])("%s", (_, r, expected) => {
		expect(say(r)).toBe(expected);
	});

	test("people who need a card, strangers stay unknown", () => {
		const needsCard = (id: string) => id === "p1";
		expect(say(ranking(30, 0.2, 0.6), { needsCard })).toBe("ambiguous needs_card");
		expect(say(ranking(30, 0.6, 0.7), { needsCard })).toBe("unknown");
		expect(say(ranking(30, 0.2, 0.6), { needsCard: (id) => id === "p2" })).toBe("match p1 sure");
	});

	test.each([
		["a stricter limit of the site refuses", ranking(30, 0.37, 0.5), -0.15, "ambiguous site_limit"],
		["and is met", ranking(30, 0.34, 0.5), -0.15, "match p1 marginal"],
		["and moves what is sure", ranking(30, 0.3, 0.5), -0.16, "match p1 sure"],
		["a looser one changes nothing", ranking(30, 0.41, 0.5), 0, "ambiguous small_gap"],
	])("%s", (_, r, siteLimit, expected) => {
		expect(say(r, { siteLimit })).toBe(expected);
	});

	test("without a rule for so few people nobody is known", () => {
		const found = identify(ranking(3, 0.1, 0.6), {
			thresholds: { ...thresholds, crowd: [{ ...thresholds.crowd[1]!, fromPeople: 4 }] },
		});
		expect(found.kind).toBe("unknown");
	});

	test("coming nearer never turns a match into less", () => {
		const d = fc.double({ min: 0.01, max: 0.8, noNaN: true });
		const rank = { match: 2, ambiguous: 1, unknown: 0 };
		fc.assert(
			fc.property(d, d, d, d, fc.integer({ min: 1, max: 60 }), (a, b, rest, around, searched) => {
				const [near, far] = [Math.min(a, b), Math.max(a, b)];
				const at = (best: number) =>
					rank[identify(ranking(searched, best, far + rest, around), { thresholds }).kind];
				return at(near) >= at(far);
			}),
		);
	});

	test("a distance that is not a number is nobody", () => {
		expect(say(ranking(30, Number.NaN, 0.7))).toBe("unknown");
		expect(say(ranking(30, 0.3, Number.NaN))).toBe("ambiguous small_gap");
	});
});

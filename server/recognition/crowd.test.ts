import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { CrowdRule } from "./crowd.ts";
import { crowdRuleFor, MOST_NEIGHBOURS, relativeDistance } from "./crowd.ts";
import { FACE_API_RECOGNISER } from "./model.ts";

const rule = (fromPeople: number, more: Partial<CrowdRule> = {}): CrowdRule => ({
	fromPeople,
	neighbours: 2,
	weight: 0.5,
	searchLimit: 0,
	claimLimit: 0,
	source: "",
	...more,
});

describe("crowdRuleFor", () => {
	const rules = [rule(1), rule(20), rule(6)];
	test.each([
		[0, undefined],
		[1, 1],
		[5, 1],
		[6, 6],
		[19, 6],
		[20, 20],
		[10_000, 20],
	])("%p people: the rule from %p on", (people, from) => {
		expect(crowdRuleFor(rules, people)?.fromPeople).toBe(from);
	});
});

describe("relativeDistance", () => {
	const crowded = { distance: 0.4, others: [0.5, 0.6, 0.9], surroundings: [0.3, 0.5, 0.9] };
	test.each([
		["both crowds, half of each", rule(1), 0.4 - 0.5 * 0.55 - 0.5 * 0.4],
		["three neighbours", rule(1, { neighbours: 3 }), 0.4 - 0.5 * (2 / 3) - 0.5 * (1.7 / 3)],
		["weight 0: the bare distance", rule(1, { weight: 0 }), 0.4],
	])("%s", (_, r, expected) => {
		expect(relativeDistance(crowded, r)).toBeCloseTo(expected, 10);
	});

	test("without others the distance itself", () => {
		expect(relativeDistance({ distance: 0.4, others: [], surroundings: [] }, rule(1))).toBe(0.4);
	});

	test("a nearer second person or a nearer double never makes a match surer", () => {
		const d = fc.double({ min: 0, max: 1, noNaN: true });
		const list = fc.array(d, { minLength: 2, maxLength: 5 }).map((a) => a.sort((x, y) => x - y));
		fc.assert(
			fc.property(d, list, list, d, (distance, others, surroundings, nearer) => {
				const before = relativeDistance({ distance, others, surroundings }, rule(1));
				const closer = [Math.min(nearer, others[0]!), ...others.slice(1)];
				const double = [Math.min(nearer, surroundings[0]!), ...surroundings.slice(1)];
				const at = (o: number[], s: number[]) =>
					relativeDistance({ distance, others: o, surroundings: s }, rule(1));
				expect(at(closer, surroundings)).toBeGreaterThanOrEqual(before);
				expect(at(others, double)).toBeGreaterThanOrEqual(before);
			}),
		);
	});
});

test("the built-in rules hold for every size and ask for no more neighbours than galleries hand out", () => {
	const { crowd } = FACE_API_RECOGNISER.thresholds;
	expect(crowd[0]!.fromPeople).toBe(1);
	for (const r of crowd) expect(r.neighbours).toBeLessThanOrEqual(MOST_NEIGHBOURS);
	for (const r of crowd) expect(r.searchLimit).toBeLessThanOrEqual(r.claimLimit);
	const steps = crowd.map((r) => r.fromPeople);
	expect([...steps].sort((a, b) => a - b)).toEqual(steps);
});

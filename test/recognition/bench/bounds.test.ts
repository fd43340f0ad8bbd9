import { expect, test } from "bun:test";
import { rateOf, sumRates } from "./bounds.ts";

test.each([
	[0, 100, 0, 0.037],
	[10, 100, 0.0552, 0.1744],
	[50, 100, 0.4038, 0.5962],
	[100, 100, 0.963, 1],
])("%p of %p: 95 %% bounds %p … %p", (count, of, low, high) => {
	const rate = rateOf(count, of);
	expect(rate.low).toBeCloseTo(low, 3);
	expect(rate.high).toBeCloseTo(high, 3);
});

test("nothing in few trials says little; no trial says nothing", () => {
	expect(rateOf(0, 30).high).toBeGreaterThanOrEqual(0.1);
	expect(rateOf(0, 0)).toEqual({ count: 0, of: 0, rate: 0, low: 0, high: 1 });
});

test("counts add up", () => {
	expect(sumRates([rateOf(1, 10), rateOf(2, 30)])).toEqual(rateOf(3, 40));
});

import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LEAST_FOR_TAIL, limitForShare, shareBelow, tailOf } from "./tail.ts";

/** Numbers at the even quantiles of an exponential tail of depth 0.05 that ends at 1. */
const exponential = (n: number) => Array.from({ length: n }, (_, i) => 1 + 0.05 * Math.log((i + 0.5) / n));

test("a known tail is found again, also far below the sample", () => {
	const tail = tailOf(exponential(2_000))!;
	expect(tail.depth).toBeCloseTo(0.05, 2);
	for (const share of [1e-2, 1e-4, 1e-6]) {
		const at = 1 + 0.05 * Math.log(share);
		const found = shareBelow(tail, at).likely;
		expect(found / share).toBeGreaterThan(0.4);
		expect(found / share).toBeLessThan(2.5);
	}
});

test("the bound lies above the expectation and closes in with the size of the sample", () => {
	const width = (n: number) => {
		const { likely, most } = shareBelow(tailOf(exponential(n))!, 0.5);
		expect(most).toBeGreaterThan(likely);
		return most / likely;
	};
	expect(width(100)).toBeGreaterThan(width(2_000));
});

test("share and limit are each other's inverse", () => {
	const tail = tailOf(exponential(500))!;
	fc.assert(
		fc.property(fc.double({ min: 1e-9, max: 0.09, noNaN: true }), (share) => {
			expect(shareBelow(tail, limitForShare(tail, share)).likely / share).toBeCloseTo(1, 6);
		}),
	);
});

describe("nothing is said", () => {
	test("of too small a sample", () => expect(tailOf(exponential(LEAST_FOR_TAIL - 1))).toBeUndefined());
	test("of a sample of equals", () => expect(tailOf(new Array(200).fill(0.5))).toBeUndefined());
});

import { expect, test } from "bun:test";
import { seqRanges } from "./erasure.ts";

test.each([
	[[], []],
	[[4], [[4, 4]]],
	[
		[3, 1, 2, 2, 9, 7, 8, 20],
		[
			[1, 3],
			[7, 9],
			[20, 20],
		],
	],
	[
		[10, 9, 100],
		[
			[9, 10],
			[100, 100],
		],
	],
] as [number[], [number, number][]][])("%j", (seqs, ranges) => {
	expect(seqRanges(seqs)).toEqual(ranges);
});

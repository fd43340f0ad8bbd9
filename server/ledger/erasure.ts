/** The body of `erase` and `purge` leaves: which rows lost their body, and nothing about whose they were. */

/** First and last sequence number of a run of rows, both included. */
export type SeqRange = readonly [first: number, last: number];

/** What verifiers look for in an `erase` or `purge` body to accept a row without salt and body. */
interface ErasureBody {
	readonly v: 1;
	readonly ranges: readonly SeqRange[];
}

/** Packs sequence numbers, in any order and with repeats, into the fewest ranges. */
export function seqRanges(seqs: readonly number[]): SeqRange[] {
	const ranges: [number, number][] = [];
	for (const seq of [...seqs].sort((a, b) => a - b)) {
		const open = ranges.at(-1);
		if (open && seq <= open[1] + 1) open[1] = seq;
		else ranges.push([seq, seq]);
	}
	return ranges;
}

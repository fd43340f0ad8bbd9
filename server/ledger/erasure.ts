/**
 * Which rows lost their body: the `ranges` that verifiers look for in `erase` and `purge` leaves to accept a row without salt
 * and body. Says nothing about whose rows they were.
 */

/** First and last sequence number of a run of rows, both included. */
export type SeqRange = readonly [first: number, last: number];

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

/**
 * How rarely a number falls below a limit that none of the sample has reached: the lowest part of a sample is taken for an exponential
 * tail (peaks over a threshold with shape 0, which a bounded distance cannot exceed). An extrapolation, to be told as one.
 */

/** The lowest numbers of a sample in three figures. */
export interface Tail {
	/** Size of the sample. */
	readonly n: number;
	/** How many of the lowest make the tail. */
	readonly k: number;
	/** The tail lies below this. */
	readonly from: number;
	/** Mean depth below `from`. */
	readonly depth: number;
}

/** Fewer numbers than this have no tail to speak of. */
export const LEAST_FOR_TAIL = 60;
/** Share of the sample that is taken for the tail; a tenth is what Hill plots of distances bear. */
const TAIL_SHARE = 0.1;
/** One-sided 95 %. */
const Z_95 = 1.645;

/** Undefined for a sample that is too small or all alike. */
export function tailOf(sample: readonly number[]): Tail | undefined {
	if (sample.length < LEAST_FOR_TAIL) return undefined;
	const ascending = [...sample].sort((a, b) => a - b);
	const k = Math.max(6, Math.floor(sample.length * TAIL_SHARE));
	const from = ascending[k]!;
	const depth = ascending.slice(0, k).reduce((sum, value) => sum + from - value, 0) / k;
	return depth > 0 ? { n: sample.length, k, from, depth } : undefined;
}

/** The expected share at or below `limit`, and the share that stays possible with 95 % confidence. */
export function shareBelow({ n, k, from, depth }: Tail, limit: number): { likely: number; most: number } {
	const with_ = (mean: number) => Math.min(1, (k / n) * Math.exp(-(from - limit) / mean));
	return { likely: with_(depth), most: with_(depth * (1 + Z_95 / Math.sqrt(k))) };
}

/** The limit that the expected share of `share` lies below. */
export const limitForShare = ({ n, k, from, depth }: Tail, share: number): number =>
	from + depth * Math.log((Math.max(share, Number.MIN_VALUE) * n) / k);

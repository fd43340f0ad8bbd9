/** How sure a counted rate is. Trials that share photos are not independent: the bounds are then too narrow, which is why counts of people stand beside them. */

export interface Rate {
	readonly count: number;
	readonly of: number;
	/** `count / of`; 0 for no trials. */
	readonly rate: number;
	/** 95 % bounds (Wilson); for a count of 0 the upper one is the rule of three, 3 / n, when that is larger. */
	readonly low: number;
	readonly high: number;
}

/** 97.5th percentile of the normal distribution. */
const Z = 1.959964;

/** The rate of `count` in `of` trials with its 95 % bounds (Wilson 1927). No trials: 0 … 1. */
export function rateOf(count: number, of: number): Rate {
	if (of === 0) return { count, of, rate: 0, low: 0, high: 1 };
	const rate = count / of;
	const middle = rate + (Z * Z) / (2 * of);
	const reach = Z * Math.sqrt((rate * (1 - rate)) / of + (Z * Z) / (4 * of * of));
	const scale = 1 + (Z * Z) / of;
	const high = Math.min(1, (middle + reach) / scale);
	return {
		count,
		of,
		rate,
		low: Math.max(0, (middle - reach) / scale),
		high: count === 0 ? Math.min(1, Math.max(high, 3 / of)) : high,
	};
}

/** The sum of several counts as one rate. */
export const sumRates = (rates: readonly Rate[]): Rate =>
	rateOf(
		rates.reduce((sum, r) => sum + r.count, 0),
		rates.reduce((sum, r) => sum + r.of, 0),
	);

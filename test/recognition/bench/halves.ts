/** People split in two by chance: limits are found on one half and judged on the other, and the other way round, over several seeds. */
import type { Ranking } from "../../../server/recognition/gallery.ts";
import { rateOf } from "./bounds.ts";
import type { Accepts, Search, SearchRates } from "./searches.ts";
import { searchRates } from "./searches.ts";
import { seeded } from "./seeded.ts";

/** The people of the tuning half: half of every group. */
export function tuningHalf(searches: readonly Search[], seed: number): ReadonlySet<string> {
	const random = seeded(seed * 7919);
	const groups = new Map<string, string[]>();
	for (const id of [...new Set(searches.map((s) => s.personId))].sort()) {
		const group = id.split("/")[0]!;
		groups.set(group, [...(groups.get(group) ?? []), id]);
	}
	const half = [...groups.values()].flatMap((ids, g) => {
		const shuffled = random.shuffled(ids);
		// Odd groups give the middle person to the tuning half every second time.
		return shuffled.slice(0, g % 2 ? Math.floor(ids.length / 2) : Math.ceil(ids.length / 2));
	});
	return new Set(half);
}

export interface HalvesRates {
	readonly tuning: SearchRates;
	readonly unseen: SearchRates;
}

/** A rule with fixed limits on both halves of one split. */
export function ratesByHalf(searches: readonly Search[], accepts: Accepts, seed: number): HalvesRates {
	const half = tuningHalf(searches, seed);
	return {
		tuning: searchRates(
			searches.filter((s) => half.has(s.personId)),
			accepts,
		),
		unseen: searchRates(
			searches.filter((s) => !half.has(s.personId)),
			accepts,
		),
	};
}

/** Deviations of the strangers' scores that the limit stays below the nearest of them: a few people do not show the tail. */
const TAIL_MARGIN = 0.25;

/** The limit that lets no stranger of these searches in, with a margin. */
export function limitFor(searches: readonly Search[], score: (ranking: Ranking) => number): number {
	const strangers = searches.filter((s) => !s.mated).map((s) => score(s.ranking));
	const centre = strangers.reduce((sum, v) => sum + v, 0) / strangers.length;
	const spread = Math.sqrt(strangers.reduce((sum, v) => sum + (v - centre) ** 2, 0) / strangers.length);
	return Math.min(...strangers) - TAIL_MARGIN * spread;
}

/** The rates on people unseen when the limit was set, both ways round, summed over the seeds; bounds count each search once. */
export function crossValidated(
	searches: readonly Search[],
	score: (ranking: Ranking) => number,
	seeds: readonly number[],
): SearchRates & { readonly limits: readonly number[] } {
	const limits: number[] = [];
	const sums = seeds.flatMap((seed) => {
		const half = tuningHalf(searches, seed);
		return [true, false].map((inHalf) => {
			const limit = limitFor(
				searches.filter((s) => half.has(s.personId) === inHalf),
				score,
			);
			limits.push(limit);
			return searchRates(
				searches.filter((s) => half.has(s.personId) !== inHalf),
				(ranking) => score(ranking) <= limit,
			);
		});
	});
	const pooled = (pick: (rates: SearchRates) => { count: number; of: number }) => {
		const count = sums.reduce((total, rates) => total + pick(rates).count, 0);
		const of = sums.reduce((total, rates) => total + pick(rates).of, 0);
		return rateOf(count / seeds.length, of / seeds.length);
	};
	return {
		fpir: pooled((r) => r.fpir),
		fnir: pooled((r) => r.fnir),
		colleague: pooled((r) => r.colleague),
		rankOne: pooled((r) => r.rankOne),
		people: new Set(searches.map((s) => s.personId)).size,
		limits,
	};
}

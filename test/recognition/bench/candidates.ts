/**
 * Rules that were tried, each a score of a ranking: smaller is surer. Their limits are found on one half of the people and judged on the
 * other. The product's rule is among them under its weights, so that what it gains is seen on the same searches.
 */
import { relativeDistance } from "../../../server/recognition/crowd.ts";
import type { Ranking } from "../../../server/recognition/gallery.ts";

export interface Candidate {
	readonly id: string;
	readonly score: (ranking: Ranking) => number;
}

const mean = (values: readonly number[]): number =>
	values.length === 0 ? 0 : values.reduce((sum, v) => sum + v, 0) / values.length;
const deviation = (values: readonly number[]): number => {
	const centre = mean(values);
	return Math.sqrt(mean(values.map((v) => (v - centre) ** 2))) || 1e-3;
};
const best = (ranking: Ranking): number => ranking.nearest[0]!.distance;
const others = (ranking: Ranking, count = 8): number[] =>
	ranking.nearest.slice(1, count + 1).map((r) => r.distance);

const crowd = (weight: number, neighbours: number) => (ranking: Ranking) =>
	relativeDistance(
		{ distance: best(ranking), others: others(ranking), surroundings: ranking.surroundings },
		{ fromPeople: 1, neighbours, weight, searchLimit: 0, claimLimit: 0, source: "" },
	);

export const CANDIDATES: readonly Candidate[] = [
	{ id: "bare distance", score: best },
	{ id: "gap to the second", score: (r) => 2 * best(r) - mean(others(r, 1)) },
	{ id: "gap to ranks 2–9", score: (r) => 2 * best(r) - mean(others(r)) },
	{ id: "gap to ranks 2–4", score: (r) => 2 * best(r) - mean(others(r, 3)) },
	{ id: "t-norm, ranks 2–9", score: (r) => (best(r) - mean(others(r))) / deviation(others(r)) },
	{
		id: "z-norm, nearest 5",
		score: (r) => (best(r) - mean(r.surroundings)) / deviation(r.surroundings),
	},
	{
		id: "s-norm, nearest 5",
		score: (r) =>
			(best(r) - mean(others(r, 5))) / deviation(others(r, 5)) +
			(best(r) - mean(r.surroundings)) / deviation(r.surroundings),
	},
	{ id: "person's own crowd alone, nearest 3", score: (r) => best(r) - mean(r.surroundings.slice(0, 3)) },
	...[0.3, 0.4, 0.5, 0.6].flatMap((weight) =>
		[1, 3, 5].map((neighbours) => ({
			id: `crowd of both, weight ${weight}, nearest ${neighbours}`,
			score: crowd(weight, neighbours),
		})),
	),
];

/** The rule before this bench: near, and with a gap to ranks 2–9; among fewer than 15 nearer, and with a gap to the second. */
export function oldRule(ranking: Ranking): boolean {
	if (ranking.searched >= 15) return best(ranking) <= 0.43 && mean(others(ranking)) - best(ranking) >= 0.1;
	return best(ranking) <= 0.4 && (ranking.nearest[1]?.distance ?? 9) - best(ranking) >= 0.05;
}

/** 1:1 before this bench: the bare distance. */
export const oldClaim = ({ distance }: { distance: number }, frames: number): boolean =>
	distance <= (frames >= 3 ? 0.4 : 0.43);

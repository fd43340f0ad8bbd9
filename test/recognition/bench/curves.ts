/** Curves for the page: how own and strangers' relative distances are spread, and what each limit would trade. */
import { crowdRuleFor } from "../../../server/recognition/crowd.ts";
import { relativeOfBest } from "../../../server/recognition/identify.ts";
import type { Thresholds } from "../../../server/recognition/model.ts";
import type { Search } from "./searches.ts";

export interface Curves {
	/** The limit in force at this size of gallery. */
	readonly limit: number;
	/** Middle of each step, share of own and of strangers' searches in it. */
	readonly histogram: readonly { readonly at: number; readonly own: number; readonly strangers: number }[];
	/** False accepts against false refusals of 1:N, by limit. */
	readonly trade: readonly { readonly limit: number; readonly fpir: number; readonly fnir: number }[];
}

const STEPS = 60;

/** Curves over the searches of one scenario; searches without a rule or a neighbour are left out. */
export function curvesOf(searches: readonly Search[], thresholds: Thresholds): Curves {
	const scored = searches.flatMap(({ ranking, mated, right }) => {
		const rule = crowdRuleFor(thresholds.crowd, ranking.searched);
		if (!rule || ranking.nearest.length === 0) return [];
		return [{ mated, right, score: relativeOfBest(ranking, rule), limit: rule.searchLimit }];
	});
	const scores = scored.map((s) => s.score).sort((a, b) => a - b);
	const [from, to] = [scores[0] ?? 0, scores.at(-1) ?? 1];
	const step = (to - from) / STEPS || 1;
	const own = scored.filter((s) => s.mated);
	const strangers = scored.filter((s) => !s.mated);
	const share = (list: typeof scored, low: number) =>
		list.filter((s) => s.score >= low && s.score < low + step).length / Math.max(1, list.length);
	const edges = Array.from({ length: STEPS + 1 }, (_, i) => from + i * step);
	return {
		limit: scored[0]?.limit ?? 0,
		histogram: edges.map((low) => ({
			at: low + step / 2,
			own: share(own, low),
			strangers: share(strangers, low),
		})),
		trade: edges.map((limit) => ({
			limit,
			fpir: strangers.filter((s) => s.score <= limit).length / Math.max(1, strangers.length),
			fnir: own.filter((s) => !(s.right && s.score <= limit)).length / Math.max(1, own.length),
		})),
	};
}

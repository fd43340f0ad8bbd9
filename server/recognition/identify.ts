/** The 1:N decision: is this ranking one certain person, perhaps someone, or nobody we know? Pure; the answer never leaves the server as numbers. */
import { type CrowdRule, crowdRuleFor, relativeDistance } from "./crowd.ts";
import type { Ranking } from "./gallery.ts";
import type { Thresholds } from "./model.ts";

/** `sure` has room to spare; `marginal` passed narrowly and is the one to challenge or review. */
export type MatchBand = "sure" | "marginal";

/**
 * Why a likely person is not accepted on the face alone. `small_gap`: near enough, but others are nearly as near;
 * `site_limit`: near enough by the general rule, not by the stricter limit this site's own faces and traffic ask for.
 */
export type AmbiguousReason = "near_threshold" | "small_gap" | "needs_card" | "site_limit";

/** The best person as measured; `relative` is the distance less what the crowd explains. */
interface Found {
	readonly personId: string;
	readonly distance: number;
	readonly relative: number;
}

export type Identification =
	| (Found & { readonly kind: "match"; readonly band: MatchBand })
	/** The likeliest person: for 1:1 after a card, never for the screen. */
	| (Found & { readonly kind: "ambiguous"; readonly reason: AmbiguousReason })
	| { readonly kind: "unknown" };

export interface IdentifyOptions {
	readonly thresholds: Thresholds;
	/** People who resemble a colleague too much for the face alone (twin pairs), or whom policy asks for a card. */
	readonly needsCard?: (personId: string) => boolean;
	/** A limit of the relative distance below the rule's own, from `wrong-names.ts`; a looser one changes nothing. */
	readonly siteLimit?: number;
}

/** How far below both limits a match must lie to count as sure. */
const SURE_MARGIN = 0.04;

/** Applies the rule to a ranking of a depth above `MOST_NEIGHBOURS`. */
export function identify(ranking: Ranking, options: IdentifyOptions): Identification {
	const { thresholds, needsCard, siteLimit = Number.POSITIVE_INFINITY } = options;
	const best = ranking.nearest[0];
	const rule = crowdRuleFor(thresholds.crowd, ranking.searched);
	// Written so that a distance that is not a number accepts nobody.
	if (!best || !rule || !(best.distance <= thresholds.ambiguous.value)) return { kind: "unknown" };
	const relative = relativeOfBest(ranking, rule);
	const found = { personId: best.personId, distance: best.distance, relative };
	if (!(best.distance <= thresholds.accept.value))
		return { kind: "ambiguous", reason: "near_threshold", ...found };
	if (!(relative <= rule.searchLimit)) return { kind: "ambiguous", reason: "small_gap", ...found };
	if (!(relative <= siteLimit)) return { kind: "ambiguous", reason: "site_limit", ...found };
	if (needsCard?.(best.personId)) return { kind: "ambiguous", reason: "needs_card", ...found };
	const limit = Math.min(rule.searchLimit, siteLimit);
	const sure = best.distance <= thresholds.accept.value - SURE_MARGIN && relative <= limit - SURE_MARGIN;
	return { kind: "match", band: sure ? "sure" : "marginal", ...found };
}

/** The relative distance of the best of a ranking that is not empty. */
export const relativeOfBest = ({ nearest, surroundings }: Ranking, rule: CrowdRule): number =>
	relativeDistance(
		{ distance: nearest[0]!.distance, others: nearest.slice(1).map((one) => one.distance), surroundings },
		rule,
	);

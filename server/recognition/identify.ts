/** The 1:N decision: is this ranking one certain person, perhaps someone, or nobody we know? Pure; the answer never leaves the server as numbers. */
import type { RankedPerson, Ranking } from "./gallery.ts";
import type { Thresholds } from "./model.ts";

/** `sure` has distance and gap to spare; `marginal` passed narrowly and is the one to challenge or review. */
export type MatchBand = "sure" | "marginal";

/** Why a likely person is not accepted on the face alone. */
export type AmbiguousReason = "near_threshold" | "small_gap" | "needs_card";

export type Identification =
	| {
			readonly kind: "match";
			readonly personId: string;
			readonly band: MatchBand;
			readonly distance: number;
			readonly gap: number;
	  }
	| {
			readonly kind: "ambiguous";
			readonly reason: AmbiguousReason;
			/** The likeliest person: for 1:1 after a card, never for the screen. */
			readonly personId: string;
			readonly distance: number;
			readonly gap: number;
	  }
	| { readonly kind: "unknown" };

export interface IdentifyOptions {
	readonly thresholds: Thresholds;
	/** People who resemble a colleague too much for the face alone (twin pairs), or whom policy asks for a card. */
	readonly needsCard?: (personId: string) => boolean;
}

/** How far below `accept` a distance, and above `cohortGap` a gap, must lie to count as sure. */
const SURE_MARGIN = 0.04;

/** Applies the rule to a ranking of depth ≥ 9. */
export function identify(ranking: Ranking, { thresholds, needsCard }: IdentifyOptions): Identification {
	const best = ranking.nearest[0];
	// Written so that a distance or gap that is not a number accepts nobody.
	if (!best || !(best.distance <= thresholds.ambiguous.value)) return { kind: "unknown" };
	const rule = ruleFor(ranking, thresholds);
	const gap = rule.gap;
	const found = { personId: best.personId, distance: best.distance, gap };
	if (!(best.distance <= rule.accept)) return { kind: "ambiguous", reason: "near_threshold", ...found };
	if (!(gap >= rule.minGap)) return { kind: "ambiguous", reason: "small_gap", ...found };
	if (needsCard?.(best.personId)) return { kind: "ambiguous", reason: "needs_card", ...found };
	const sure = best.distance <= rule.accept - SURE_MARGIN && gap >= rule.minGap + SURE_MARGIN;
	return { kind: "match", band: sure ? "sure" : "marginal", ...found };
}

function ruleFor({ nearest, searched }: Ranking, t: Thresholds) {
	if (searched >= t.minCohort.value)
		return { accept: t.accept.value, minGap: t.cohortGap.value, gap: cohortGap(nearest) };
	return { accept: t.smallAccept.value, minGap: t.smallGap.value, gap: secondGap(nearest) };
}

/** Mean distance of ranks 2–9 minus the best; infinite when there is no second. */
export function cohortGap(nearest: readonly RankedPerson[]): number {
	const cohort = nearest.slice(1, 9);
	if (cohort.length === 0) return Number.POSITIVE_INFINITY;
	return cohort.reduce((sum, r) => sum + r.distance, 0) / cohort.length - nearest[0]!.distance;
}

/** Second best minus best; infinite when there is no second. */
export const secondGap = (nearest: readonly RankedPerson[]): number =>
	nearest.length < 2 ? Number.POSITIVE_INFINITY : nearest[1]!.distance - nearest[0]!.distance;

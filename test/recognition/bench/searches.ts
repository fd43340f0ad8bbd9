/** Runs trials through the product's gallery and rules, and keeps what a rule needs to judge: rankings for 1:N, claims for 1:1. */
import { type Claim, makeGallery, type Ranking } from "../../../server/recognition/gallery.ts";
import { identify } from "../../../server/recognition/identify.ts";
import type { Recogniser, Thresholds } from "../../../server/recognition/model.ts";
import { verifyClaim } from "../../../server/recognition/verify.ts";
import { type Rate, rateOf } from "./bounds.ts";
import type { Market } from "./face-folder.ts";
import type { Trial } from "./trials.ts";

export interface Search {
	readonly personId: string;
	readonly mated: boolean;
	readonly ranking: Ranking;
	/** The nearest is the person looked for. */
	readonly right: boolean;
	readonly frames: number;
	/** Claims of 1:1: the own one when mated; of a stranger, everyone of the same market. */
	readonly claims: readonly Claim[];
	/** Of a mated probe: claims to be one of the colleagues of the same market. */
	readonly colleagueClaims: readonly Claim[];
}

/** Searches every trial's gallery for its probe. */
export function runSearches(
	{ descriptorLength }: Recogniser,
	trials: readonly Trial[],
	marketOf: (personId: string) => Market | undefined,
): Search[] {
	return trials.map(({ person, mated, gallery: enrolled, probe, frames }) => {
		const gallery = makeGallery(descriptorLength);
		for (const { personId, templates } of enrolled) gallery.put(personId, templates);
		const ranking = gallery.rank(probe);
		const same = enrolled.map((e) => e.personId).filter((id) => marketOf(id) === person.market);
		const claims = same.map((id) => ({ id, claim: gallery.claim(id, probe)! }));
		const own = claims.filter(({ id }) => id === person.personId).map(({ claim }) => claim);
		const others = claims.filter(({ id }) => id !== person.personId).map(({ claim }) => claim);
		return {
			personId: person.personId,
			mated,
			ranking,
			right: ranking.nearest[0]?.personId === person.personId,
			frames: frames.length,
			claims: mated ? own : others,
			colleagueClaims: mated ? others : [],
		};
	});
}

/** Accepts the nearest person of a ranking, or does not. */
export type Accepts = (ranking: Ranking) => boolean;
/** Accepts a claim. */
export type AcceptsClaim = (claim: Claim, frames: number) => boolean;

/** The product's own rules. */
export const productSearch =
	(thresholds: Thresholds): Accepts =>
	(ranking) =>
		identify(ranking, { thresholds }).kind === "match";
export const productClaim =
	(thresholds: Thresholds): AcceptsClaim =>
	(claim, frames) =>
		verifyClaim(claim, frames, thresholds).kind === "accept";

export interface SearchRates {
	/** Strangers accepted. */
	readonly fpir: Rate;
	/** Enrolled people not accepted as themselves. */
	readonly fnir: Rate;
	/** Enrolled people accepted as somebody else; part of `fnir`. */
	readonly colleague: Rate;
	/** Enrolled people who were the nearest, accepted or not. */
	readonly rankOne: Rate;
	readonly people: number;
}

export function searchRates(searches: readonly Search[], accepts: Accepts): SearchRates {
	const mated = searches.filter((s) => s.mated);
	const strangers = searches.filter((s) => !s.mated);
	const accepted = (list: readonly Search[]) => list.filter((s) => accepts(s.ranking));
	return {
		fpir: rateOf(accepted(strangers).length, strangers.length),
		fnir: rateOf(mated.length - accepted(mated).filter((s) => s.right).length, mated.length),
		colleague: rateOf(accepted(mated).filter((s) => !s.right).length, mated.length),
		rankOne: rateOf(mated.filter((s) => s.right).length, mated.length),
		people: new Set(searches.map((s) => s.personId)).size,
	};
}

export interface ClaimRates {
	/** Strangers from outside with somebody's card. */
	readonly fmr: Rate;
	/** Colleagues with somebody else's card. */
	readonly colleagueFmr: Rate;
	/** People with their own card who are not accepted. */
	readonly fnmr: Rate;
}

export function claimRates(searches: readonly Search[], accepts: AcceptsClaim): ClaimRates {
	const count = (pick: (s: Search) => readonly Claim[]) => {
		const verdicts = searches.flatMap((s) => pick(s).map((claim) => accepts(claim, s.frames)));
		return { yes: verdicts.filter(Boolean).length, of: verdicts.length };
	};
	const own = count((s) => (s.mated ? s.claims : []));
	const outside = count((s) => (s.mated ? [] : s.claims));
	const colleagues = count((s) => s.colleagueClaims);
	return {
		fmr: rateOf(outside.yes, outside.of),
		colleagueFmr: rateOf(colleagues.yes, colleagues.of),
		fnmr: rateOf(own.of - own.yes, own.of),
	};
}

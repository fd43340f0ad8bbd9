/** The 1:1 decision after a card or a PIN: does the face belong to the person claimed? Also the checks made at enrolment and after a punch. */
import { crowdRuleFor, relativeDistance } from "./crowd.ts";
import { distance, distancesToOthers } from "./descriptor.ts";
import type { Claim, Ranking } from "./gallery.ts";
import type { Thresholds } from "./model.ts";

/** `doubtful`: not certain enough to accept on the face, not clearly someone else either. */
export type Verification =
	| { readonly kind: "accept"; readonly distance: number }
	| { readonly kind: "doubtful"; readonly distance: number }
	| { readonly kind: "reject"; readonly distance: number }
	/** The person has no template: the card or PIN stands alone. */
	| { readonly kind: "no_template" };

/** Frames from which the limit for averaged probes applies. */
export const MULTI_FRAMES = 3;

/** Judges a claim (`Gallery.claim`) for a probe averaged over `frames` frames: near enough, and not merely as near as anybody. */
export function verifyClaim(claim: Claim | undefined, frames: number, thresholds: Thresholds): Verification {
	if (claim === undefined) return { kind: "no_template" };
	const { distance: d } = claim;
	const limit = frames >= MULTI_FRAMES ? thresholds.verifyMulti : thresholds.verifySingle;
	const rule = crowdRuleFor(thresholds.crowd, claim.searched);
	if (rule && d <= limit.value && relativeDistance(claim, rule) <= rule.claimLimit)
		return { kind: "accept", distance: d };
	return { kind: d <= thresholds.ambiguous.value ? "doubtful" : "reject", distance: d };
}

/** True when the kiosk's descriptor cannot come from the evidence frame the server looked at itself. */
export const looksTampered = (
	kiosk: ArrayLike<number>,
	server: ArrayLike<number>,
	thresholds: Thresholds,
): boolean => !(distance(kiosk, server) <= thresholds.tamper.value);

/** Indices of enrolment photos that do not show the same person as the rest, worst first. */
export function outlierPhotos(descriptors: readonly Float32Array[], thresholds: Thresholds): number[] {
	return distancesToOthers(descriptors)
		.map((far, index) => ({ far, index }))
		.filter(({ far }) => far > thresholds.outlier.value)
		.sort((a, b) => b.far - a.far)
		.map(({ index }) => index);
}

/** How deep to rank for `lookAlikes`: the person, perhaps, and eight who may look alike. */
export const LOOK_ALIKE_DEPTH = 9;

/** Other people who resemble a new person within the twin limit, nearest first; pass one ranking per new template. */
export function lookAlikes(
	rankings: readonly Pick<Ranking, "nearest">[],
	selfId: string,
	thresholds: Thresholds,
): { personId: string; distance: number }[] {
	const nearest = new Map<string, number>();
	for (const { nearest: ranked } of rankings)
		for (const { personId, distance: d } of ranked)
			if (personId !== selfId && d <= thresholds.twin.value)
				nearest.set(personId, Math.min(d, nearest.get(personId) ?? d));
	return [...nearest]
		.map(([personId, d]) => ({ personId, distance: d }))
		.sort((a, b) => a.distance - b.distance);
}

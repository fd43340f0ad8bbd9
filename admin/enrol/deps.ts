/** What the enrolment pages need from the box, and the caps their bodies get at the edge. */
import type { Store } from "../../db/store.ts";
import type { Consents } from "../../server/services/consent.ts";
import type { Enrolments } from "../../server/services/enrolment.ts";
import { BATCH_MAX_BYTES, type EnrolmentBatches } from "../../server/services/enrolment-batch.ts";
import type { FacePhotos } from "../../server/services/face-photos.ts";
import type { FaceWithdrawal } from "../../server/services/face-withdrawal.ts";

export interface EnrolPagesDeps {
	readonly store: Store;
	readonly consents: Consents;
	readonly enrolments: Enrolments;
	readonly withdrawal: FaceWithdrawal;
	readonly batches: EnrolmentBatches;
	readonly photos: FacePhotos;
	isFaceOn(): boolean;
}

/** Five frames as base64 JSON. */
const FRAMES_MAX_BYTES = 4_000_000;
/** Five uploaded portraits of 10 MB. */
const UPLOAD_MAX_BYTES = 52_000_000;

/** The largest body of an enrolment route; undefined for all others. For the edge's `bodyCap`. */
export function enrolBodyCap(method: string, pathname: string): number | undefined {
	if (method !== "POST") return undefined;
	if (pathname === "/enrolments/batch") return BATCH_MAX_BYTES + 1_000;
	if (/^\/people\/[^/]+\/face\/photos$/.test(pathname)) return FRAMES_MAX_BYTES;
	return /^\/people\/[^/]+\/face\/upload$/.test(pathname) ? UPLOAD_MAX_BYTES : undefined;
}

/** True for the page whose script runs the face net. For the edge's `needsWasm`. */
export const enrolNeedsWasm = (pathname: string): boolean => /^\/people\/[^/]+\/face\/enrol$/.test(pathname);

/** What the enrolment pages need from the box, and the caps their bodies get at the edge. */
import type { Store } from "../../db/store.ts";
import type { Consents } from "../../server/services/consent.ts";
import type { Enrolments } from "../../server/services/enrolment.ts";
import { BATCH_MAX_BYTES, type EnrolmentBatches } from "../../server/services/enrolment-batch.ts";
import type { FacePhotos } from "../../server/services/face-photos.ts";
import type { FaceWithdrawal } from "../../server/services/face-withdrawal.ts";
import type { Looks } from "../../server/services/looks.ts";

export interface EnrolPagesDeps {
	readonly store: Store;
	readonly consents: Consents;
	readonly enrolments: Enrolments;
	readonly withdrawal: FaceWithdrawal;
	readonly batches: EnrolmentBatches;
	readonly photos: FacePhotos;
	readonly looks: Pick<Looks, "atPerson" | "atReport">;
	isFaceOn(): boolean;
}

/** Five frames as base64 JSON. */
const FRAMES_MAX_BYTES = 4_000_000;
/** Five uploaded portraits of 10 MB. */
const UPLOAD_MAX_BYTES = 52_000_000;

/** Address pattern → largest body in bytes, for the edge. */
export const ENROL_BODY_CAPS: readonly (readonly [RegExp, number])[] = [
	[/^\/people\/[^/]+\/face\/photos$/, FRAMES_MAX_BYTES],
	[/^\/people\/[^/]+\/face\/upload$/, UPLOAD_MAX_BYTES],
	[/^\/enrolments\/batch$/, BATCH_MAX_BYTES],
];

/** True for the page whose script runs the face net. */
export const enrolNeedsWasm = (pathname: string): boolean => /^\/people\/[^/]+\/face\/enrol$/.test(pathname);

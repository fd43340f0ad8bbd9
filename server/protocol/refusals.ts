/**
 * Every reason for which the box refuses something at the door, once: the types of the replies follow from these lists, and a
 * test holds a sentence in each language against each of them.
 */

/** Why a punch, a make-up, an enrolment or an entry of the queue is refused. */
export const REFUSALS = [
	"other",
	"malformed",
	"busy",
	"unknown_card",
	"card_learnt",
	"wrong_pin",
	"unknown_number",
	"too_many_tries",
	"inactive",
	"face_off",
	"model_changed",
	"queue_unreadable",
	"consent_changed",
	"enrolled",
	"enrolled_other",
	"several_faces",
	"other_person",
	"photos",
] as const;

/** Why a signed request proves nothing. */
export const AUTH_REFUSALS = [
	"unsigned",
	"unknown_kiosk",
	"pending",
	"suspended",
	"revoked",
	"nonce_unknown",
	"nonce_old",
	"signature",
	"time",
	"counter_clash",
	"counter_low",
] as const;

/** Why a tablet is not paired. */
export const PAIR_REFUSALS = ["wrong_code", "bad_key"] as const;

export type RefusalReason = (typeof REFUSALS)[number];
export type RefusalCode = `kiosk.refused.${RefusalReason}`;
export type AuthReason = (typeof AUTH_REFUSALS)[number];
export type AuthCode = `kiosk.auth.${AuthReason}`;
export type PairCode = `kiosk.pair.${(typeof PAIR_REFUSALS)[number]}`;

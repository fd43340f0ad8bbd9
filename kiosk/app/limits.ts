/** How long screens stay and how much may be typed. */

/** A result that nobody touches; "not me" must be reachable for at least 5 s. */
export const RESULT_MS = 6_500;
/** Someone who stays in front after a result is served again after this long. */
export const REARM_MS = 10_000;
/** A name in the strip of people walking by. */
export const PASS_MS = 6_000;
/** The eyes end a turn themselves; this is for eyes that failed. */
export const TURN_SPARE_MS = 6_000;
/** Number, card and PIN pages without a key press. */
export const TYPING_MS = 30_000;
/** Reading the consent text takes time. */
export const CONSENT_MS = 180_000;
export const SHOTS_MS = 60_000;
export const NOTED_MS = 7_000;

export const MAX_NUMBER = 32;
export const MAX_PIN = 12;
export const MAX_CARD = 64;
export const PAIR_CODE_LENGTH = 8;
export const MAX_PAIR_CODE = 12;

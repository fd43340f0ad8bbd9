/** What each form of the settings page sends, read into typed values. */
import { LANGS } from "../../server/base/translate.ts";
import {
	IDLE_SEC,
	PHOTO_DAYS,
	PIN_DIGITS,
	SESSION_HOURS,
	SESSION_IDLE_MIN,
	TURN_SHARE,
} from "../../server/services/choices.ts";
import { TURN_POLICIES } from "../../server/services/policy.ts";
import { integer, oneOf, text, ticked } from "../../server/web/forms.ts";

export const SITE_FORM = { name: text({ max: 60 }), zone: text({ max: 64 }), lang: oneOf(LANGS) };

export const KIOSK_FORM = {
	faceOn: ticked(),
	voice: ticked(),
	elder: ticked(),
	selfEnrol: ticked(),
	idleSec: integer(IDLE_SEC),
	turn: oneOf(TURN_POLICIES),
	turnShare: integer(TURN_SHARE),
};

export const SAFETY_FORM = {
	pinDigits: integer(PIN_DIGITS),
	idleMin: integer(SESSION_IDLE_MIN),
	absoluteHours: integer(SESSION_HOURS),
	photoDays: integer(PHOTO_DAYS),
};

/** One name a line; commas and blanks separate too. */
export const readHosts = (typed: string): string[] =>
	typed
		.slice(0, 5_000)
		.split(/[\s,;]+/)
		.filter(Boolean);

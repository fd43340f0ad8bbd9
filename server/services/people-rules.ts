/** What a number, a name or a date of a person may look like. Pure; forms and imports share it, so both say the same. */
import { invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { DateText } from "../base/units.ts";

export const NUMBER_MAX = 32;
export const NAME_MAX = 64;
export const GROUP_NAME_MAX = 40;

/** Control characters, and the ones that turn the direction of text around them. */
const UNSAFE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Full-width forms become plain ones (NFKC): an input method must not make a second person. No blanks inside. */
export function parseNumber(typed: string): Result<string> {
	const number = typed.normalize("NFKC").trim();
	if (number === "") return fail(invalid("people.number_missing", "number"));
	if ([...number].length > NUMBER_MAX)
		return fail(invalid("people.number_long", "number", { max: NUMBER_MAX }));
	if (/\s/.test(number) || UNSAFE.test(number)) return fail(invalid("people.number_characters", "number"));
	return ok(number);
}

/** Tabs and line breaks become one blank; otherwise the name stays as it is, formulas and tags included: they are only text. */
export function parseName(typed: string): Result<string> {
	const name = typed.normalize("NFC").replace(/\s+/g, " ").trim();
	if (name === "") return fail(invalid("people.name_missing", "name"));
	if ([...name].length > NAME_MAX) return fail(invalid("people.name_long", "name", { max: NAME_MAX }));
	if (UNSAFE.test(name)) return fail(invalid("people.name_characters", "name"));
	return ok(name);
}

/** `2026-3-2`, `2026/03/02`, `2026.3.2`, `20260302` or with the CJK year, month and day signs; a real day from 1900 to 2199. */
export function parseDay(typed: string, field: string): Result<DateText> {
	const match = /^((?:19|20|21)\d\d)[^\d]?(\d{1,2})[^\d]?(\d{1,2})[^\d]?$/.exec(
		typed.normalize("NFKC").trim(),
	);
	const [year = 0, month = 0, day = 0] = (match ?? []).slice(1).map(Number);
	try {
		return ok(Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" }).toString());
	} catch {
		return fail(invalid("people.date_wrong", field));
	}
}

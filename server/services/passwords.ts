/** Which passwords accounts may have. No rules of composition and no forced change, as NIST 800-63B and ASVS 6.2 have it. */
import { type AppError, invalid } from "../base/app-error.ts";

/** ASVS 6.2.1 asks for 8; everybody here is an administrator. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** What an attacker tries first: the site, the product and the person themselves. */
export interface PasswordContext {
	/** Login, name, name of the site … */
	readonly words: readonly string[];
	/** Lower-case passwords that are known to everybody. */
	readonly common: ReadonlySet<string>;
}

/** The reason to refuse a password, or undefined when it is good enough. */
export function refusePassword(
	password: string,
	{ words, common }: PasswordContext,
	field = "password",
): AppError | undefined {
	const length = [...password].length;
	if (length < PASSWORD_MIN) return invalid("login.password_short", field, { min: PASSWORD_MIN });
	if (length > PASSWORD_MAX) return invalid("login.password_long", field, { max: PASSWORD_MAX });
	const lower = password.toLowerCase();
	if (isCommon(lower, common)) return invalid("login.password_common", field);
	if (words.some((word) => dressesUp(lower, word.trim().toLowerCase())))
		return invalid("login.password_personal", field);
	return undefined;
}

/** In the list, a listed word with digits and signs around it, or a short piece said over and over. */
function isCommon(lower: string, common: ReadonlySet<string>): boolean {
	const core = lower.replace(/^[^a-z]+|[^a-z]+$/g, "");
	return (
		common.has(lower) ||
		(core.length >= 4 && common.has(core)) ||
		/^(.{1,6})\1+.{0,5}$/s.test(lower) ||
		isRun(lower)
	);
}

/** Steps of one in one direction for three quarters of the way: 123456789012, abcdefghijkl. */
function isRun(lower: string): boolean {
	const steps = [...lower].map((char, i) => char.charCodeAt(0) - (lower.charCodeAt(i - 1) || 0)).slice(1);
	return [1, -1].some((way) => steps.filter((step) => step === way).length >= steps.length * 0.75);
}

/** The word with at most four further characters. */
const dressesUp = (lower: string, word: string): boolean =>
	word.length >= 4 && lower.includes(word) && lower.length - word.length <= 4;

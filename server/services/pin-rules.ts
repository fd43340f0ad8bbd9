/** Which PINs are too easy to guess. Pure. */
import { invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";

/** The wire carries at most this many digits (`server/protocol/kiosk.ts`). */
export const PIN_MAX_DIGITS = 12;

/** Digits only, long enough, and none of the PINs people try first: repeats, runs, the own number. */
export function checkPin(pin: string, ownNumber: string, minDigits: number): Result<string> {
	if (!/^\d+$/.test(pin)) return fail(invalid("people.pin_digits", "pin"));
	if (pin.length < minDigits || pin.length > PIN_MAX_DIGITS)
		return fail(invalid("people.pin_length", "pin", { min: minDigits, max: PIN_MAX_DIGITS }));
	if (isRepeated(pin) || isRun(pin)) return fail(invalid("people.pin_easy", "pin"));
	const digits = ownNumber.replace(/\D/g, "");
	if (digits.length >= 4 && (pin.includes(digits) || digits.includes(pin)))
		return fail(invalid("people.pin_own_number", "pin"));
	return ok(pin);
}

/** `000000`, `121212`, `123123`: one block of at most half the length over and over. */
function isRepeated(pin: string): boolean {
	for (let size = 1; size <= pin.length / 2; size++)
		if (pin === pin.slice(0, size).repeat(pin.length).slice(0, pin.length)) return true;
	return false;
}

/** `123456`, `654321`, `890123`, `135791`: every step the same, modulo ten. */
function isRun(pin: string): boolean {
	const steps = [...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10);
	return steps.every((step) => step === steps[0]);
}

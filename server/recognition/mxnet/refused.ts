/** A way out of deep parsing code: thrown inside this folder, always turned into a value at its doors. */
import { type AppError, invalid, type MessageVars } from "../../base/app-error.ts";
import { fail, ok, type Result } from "../../base/result.ts";

class Refused extends Error {
	readonly error: AppError;
	constructor(error: AppError) {
		super(error.code);
		this.error = error;
	}
}

/** Leaves the work of the surrounding `refusable`. */
export function refuse(code: string, vars?: MessageVars): never {
	throw new Refused(invalid(code, undefined, vars));
}

/** The value of `work`, or what it refused with. */
export function refusable<T>(work: () => T): Result<T> {
	try {
		return ok(work());
	} catch (error) {
		if (error instanceof Refused) return fail(error.error);
		throw error;
	}
}

/** Success or an expected failure, as a value. */
import type { AppError } from "./app-error.ts";

export type Result<T, E = AppError> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const fail = <E>(error: E): Result<never, E> => ({ ok: false, error });

/** The value of a success; throws on a failure. For tests and for places where failure is a bug. */
export function must<T>(result: Result<T, unknown>): T {
	if (result.ok) return result.value;
	throw new Error(`expected success, got ${JSON.stringify(result.error)}`);
}

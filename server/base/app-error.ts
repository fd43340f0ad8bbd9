/** The expected failures of the product. Bugs and broken I/O throw instead. */

/** Maps to an HTTP status once, in `server/web/status.ts`. */
export type ErrorKind = "invalid" | "not_found" | "conflict" | "forbidden" | "unavailable";

/** Values a translated message may interpolate. */
export type MessageVars = Readonly<Record<string, string | number>>;

/** A failure a person can act on: `code` is also the key of its translated sentence. */
export interface AppError {
	readonly kind: ErrorKind;
	readonly code: string;
	readonly vars?: MessageVars;
	/** Name of the offending input field, when one is to blame. */
	readonly field?: string;
}

export const invalid = (code: string, field?: string, vars?: MessageVars): AppError => ({
	kind: "invalid",
	code,
	field,
	vars,
});
export const notFound = (code: string, vars?: MessageVars): AppError => ({ kind: "not_found", code, vars });
export const conflict = (code: string, field?: string, vars?: MessageVars): AppError => ({
	kind: "conflict",
	code,
	field,
	vars,
});
export const forbidden = (code: string, vars?: MessageVars): AppError => ({ kind: "forbidden", code, vars });
export const unavailable = (code: string, vars?: MessageVars): AppError => ({
	kind: "unavailable",
	code,
	vars,
});

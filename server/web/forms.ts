/**
 * Reads form bodies and query strings into typed values. Each field has a parser; the failures of all fields
 * come back together, so a form shows every mistake at once.
 */
import { type AppError, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";

/** Reads one field from its raw values (several for check boxes and lists; none when absent). */
export type FieldParser<V> = (raw: readonly string[], name: string) => Result<V>;

/** The first failure of each field. */
export type FieldErrors = Readonly<Record<string, AppError>>;

type Values<P> = { readonly [K in keyof P]: P[K] extends FieldParser<infer V> ? V : never };

/** Reads the fields of `parsers`, ignores all others. `body` is what Elysia parsed, or a query object. */
export function parseForm<P extends Record<string, FieldParser<unknown>>>(
	body: unknown,
	parsers: P,
): Result<Values<P>, FieldErrors> {
	const values: Record<string, unknown> = {};
	const errors: Record<string, AppError> = {};
	for (const [name, parser] of Object.entries(parsers)) {
		const result = parser(rawValues(body, name), name);
		if (result.ok) values[name] = result.value;
		else errors[name] = result.error;
	}
	return Object.keys(errors).length > 0 ? fail(errors) : ok(values as Values<P>);
}

/** The text values of a field as they were sent; for filling a refused form in again. */
export function rawValues(body: unknown, name: string): readonly string[] {
	if (typeof body !== "object" || body === null || !Object.hasOwn(body, name)) return [];
	const value = (body as Record<string, unknown>)[name];
	return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

export const rawValue = (body: unknown, name: string): string => rawValues(body, name)[0] ?? "";

/** One failure as the failures of a form: on its field, or on `fallback` when it names none. */
export const asFieldErrors = (error: AppError, fallback = ""): FieldErrors => ({
	[error.field ?? fallback]: error,
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** Trimmed text; refuses control and direction-changing characters. Length in code points. */
export const text =
	({ min = 1, max = 200 } = {}): FieldParser<string> =>
	(raw, name) => {
		const value = (raw[0] ?? "").normalize("NFC").trim();
		const length = [...value].length;
		if (length === 0 && min > 0) return fail(invalid("errors.field_required", name));
		if (length < min) return fail(invalid("errors.field_short", name, { min }));
		if (length > max) return fail(invalid("errors.field_long", name, { max }));
		if (CONTROL.test(value)) return fail(invalid("errors.field_characters", name));
		return ok(value);
	};

/** A secret exactly as typed: not trimmed, not checked beyond a sane length. */
export const secret =
	({ max = 256 } = {}): FieldParser<string> =>
	(raw, name) => {
		const value = raw[0] ?? "";
		if (value === "") return fail(invalid("errors.field_required", name));
		return value.length > max ? fail(invalid("errors.field_long", name, { max })) : ok(value);
	};

/** Empty or absent gives undefined, anything else goes to `parser`. */
export const optional =
	<V>(parser: FieldParser<V>): FieldParser<V | undefined> =>
	(raw, name) =>
		(raw[0] ?? "").trim() === "" ? ok(undefined) : parser(raw, name);

export const oneOf =
	<const V extends string>(choices: readonly V[]): FieldParser<V> =>
	(raw, name) => {
		const found = choices.find((choice) => choice === raw[0]);
		return found === undefined ? fail(invalid("errors.field_choice", name)) : ok(found);
	};

/** Decimal digits only, within bounds that the message states. */
export const integer =
	({ min, max }: { min: number; max: number }): FieldParser<number> =>
	(raw, name) => {
		const value = (raw[0] ?? "").trim();
		const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
		return number >= min && number <= max
			? ok(number)
			: fail(invalid("errors.field_number", name, { min, max }));
	};

/** `HH:MM` → minutes after midnight. */
export const timeOfDay = (): FieldParser<number> => (raw, name) => {
	const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec((raw[0] ?? "").trim());
	return match ? ok(Number(match[1]) * 60 + Number(match[2])) : fail(invalid("errors.field_time", name));
};

/** A real calendar date, `YYYY-MM-DD`. */
export const date = (): FieldParser<string> => (raw, name) => {
	const value = (raw[0] ?? "").trim();
	try {
		return ok(Temporal.PlainDate.from(value, { overflow: "reject" }).toString());
	} catch {
		return fail(invalid("errors.field_date", name));
	}
};

/** True when the box was ticked. */
export const ticked = (): FieldParser<boolean> => (raw) => ok(raw.length > 0 && raw[0] !== "");

/** Every value of the field, each through `parser`; at most `max`. */
export const list =
	<V>(parser: FieldParser<V>, max = 500): FieldParser<V[]> =>
	(raw, name) => {
		if (raw.length > max) return fail(invalid("errors.field_many", name, { max }));
		const values: V[] = [];
		for (const item of raw) {
			const result = parser([item], name);
			if (!result.ok) return result;
			values.push(result.value);
		}
		return ok(values);
	};

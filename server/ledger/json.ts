/** Canonical JSON (RFC 8785) for the bodies we write. Verifiers hash bodies as stored and never need this. */

export type JsonValue =
	| null
	| boolean
	| number
	| string
	| readonly JsonValue[]
	| { readonly [key: string]: JsonValue | undefined };

/**
 * The one canonical text of a value: keys by UTF-16 order, no spaces, ECMAScript numbers. A property that is
 * undefined is left out. Throws on NaN, infinities, lone surrogates and everything JSON has no form for.
 */
export function canonicalJson(value: JsonValue): string {
	if (value === null || typeof value === "boolean") return String(value);
	if (typeof value === "number") return numberText(value);
	if (typeof value === "string") return stringText(value);
	if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
	if (isPlainObject(value)) return objectText(value);
	throw new TypeError(`no JSON form for ${typeof value}`);
}

function numberText(value: number): string {
	if (!Number.isFinite(value)) throw new TypeError("no JSON form for a number that is not finite");
	return JSON.stringify(value);
}

function stringText(value: string): string {
	if (!value.isWellFormed()) throw new TypeError("no JSON form for a lone surrogate");
	return JSON.stringify(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, JsonValue | undefined>> {
	if (typeof value !== "object" || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

function objectText(value: Readonly<Record<string, JsonValue | undefined>>): string {
	let text = "";
	for (const key of Object.keys(value).sort()) {
		const item = value[key];
		if (item === undefined) continue;
		text += `${text ? "," : ""}${stringText(key)}:${canonicalJson(item)}`;
	}
	return `{${text}}`;
}

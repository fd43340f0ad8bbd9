import { expect, test } from "bun:test";
import fc from "fast-check";
import { canonicalJson, type JsonValue } from "./json.ts";

test.each([
	[{ b: 1, a: 2 }, '{"a":2,"b":1}'],
	[{ a: undefined, b: null }, '{"b":null}'],
	[
		{ "\u20ac": 1, "\r": 2, "\u{1f600}": 3, "\ufb33": 4, "1": 5 },
		'{"\\r":2,"1":5,"\u20ac":1,"\u{1f600}":3,"\ufb33":4}',
	],
	[[1e21, 1e-7, -0, Number("333333333.33333329"), 4.5], "[1e+21,1e-7,0,333333333.3333333,4.5]"],
	['\u0000\u001f\b\t\n\f\r"\\/\u007f', '"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\u007f"'],
	[{ nested: [{ z: true, y: [] }] }, '{"nested":[{"y":[],"z":true}]}'],
] as [JsonValue, string][])("canonical form of %j", (value, text) => {
	expect(canonicalJson(value)).toBe(text);
});

test.each([
	["NaN", Number.NaN],
	["infinity", Number.POSITIVE_INFINITY],
	["a lone surrogate", "\ud800"],
	["a lone surrogate in a key", { "\udc00": 1 }],
	["a hole in a list", [undefined]],
	["a date", new Date(0)],
	["bytes", new Uint8Array(2)],
	["a big integer", 1n],
])("refuses %s", (_, value) => {
	expect(() => canonicalJson(value as JsonValue)).toThrow(TypeError);
});

test("parses back to the same value, and the text does not depend on key order", () => {
	const reversed = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(reversed);
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(
			Object.entries(value)
				.reverse()
				.map(([key, item]) => [key, reversed(item)]),
		);
	};
	const values = fc
		.jsonValue({ noUnicodeString: false })
		.filter((value) => !JSON.stringify(value).includes("__proto__"));
	fc.assert(
		fc.property(values, (value) => {
			const text = canonicalJson(value as JsonValue);
			expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
			expect(canonicalJson(reversed(value) as JsonValue)).toBe(text);
		}),
	);
});

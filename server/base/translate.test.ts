import { expect, test } from "bun:test";
import fc from "fast-check";
import { IntlMessageFormat } from "intl-messageformat";
import { makeTranslate } from "./translate.ts";

const say = (pattern: string, vars?: Record<string, string | number>) =>
	makeTranslate({ key: pattern }, "en")("key", vars);

test("what is filled in at once reads as the ICU library writes it", () => {
	const pieces = fc.constantFrom(
		"Hello ",
		"{name}",
		"{count}",
		"50 %",
		" ",
		"…",
		"\n",
		"{name}{count}",
		"$&",
	);
	const vars = fc.record({ name: fc.string(), count: fc.oneof(fc.double(), fc.integer()) });
	fc.assert(
		fc.property(fc.array(pieces), vars, (parts, given) => {
			const pattern = parts.join("");
			expect(say(pattern, given)).toBe(String(new IntlMessageFormat(pattern, "en").format(given)));
		}),
	);
});

test("plurals, quotes and tags go through the ICU library", () => {
	expect(say("{n, plural, one {# punch} other {# punches}}", { n: 1 })).toBe("1 punch");
	expect(say("it''s {name}", { name: "Li" })).toBe("it's Li");
});

test("a missing variable is a bug, an unknown key its own text", () => {
	expect(() => say("{name} is late", { other: 1 })).toThrow();
	expect(() => say("{name} is late")).toThrow();
	expect(makeTranslate({}, "en")("some.key" as never)).toBe("some.key");
});

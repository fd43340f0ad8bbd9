import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { checkPin } from "./pin-rules.ts";

const codeOf = (pin: string, number = "K7", min = 6) => {
	const result = checkPin(pin, number, min);
	return result.ok ? "fine" : result.error.code;
};

describe("PINs", () => {
	test.each([
		["482915", "fine"],
		["12345", "people.pin_length"],
		["1234567890123", "people.pin_length"],
		["48291a", "people.pin_digits"],
		["' OR 1", "people.pin_digits"],
		["\u0660\u0661\u0662\u0663\u0664\u0665", "people.pin_digits"],
		["000000", "people.pin_easy"],
		["123456", "people.pin_easy"],
		["987654", "people.pin_easy"],
		["890123", "people.pin_easy"],
		["121212", "people.pin_easy"],
		["483483", "people.pin_easy"],
		["4834834", "people.pin_easy"],
	])("%s: %s", (pin, code) => expect(codeOf(pin)).toBe(code));

	test("the own number is refused whole, inside, and around", () => {
		expect(codeOf("100482", "100482")).toBe("people.pin_own_number");
		expect(codeOf("910048", "1004")).toBe("people.pin_own_number");
		expect(codeOf("004829", "E1004829")).toBe("people.pin_own_number");
		expect(codeOf("482915", "15")).toBe("fine");
	});

	test("nothing with a single step between its digits passes", () =>
		fc.assert(
			fc.property(fc.nat(9), fc.nat(9), fc.integer({ min: 6, max: 12 }), (first, step, length) => {
				const pin = Array.from({ length }, (_, i) => (first + i * step) % 10).join("");
				expect(codeOf(pin)).toBe("people.pin_easy");
			}),
		));
});

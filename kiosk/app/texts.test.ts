/** Whatever the box may refuse at the door has a sentence there, in both languages. */
import { expect, test } from "bun:test";
import edge from "../../assets/locales/edge.en.json";
import en from "../../assets/locales/kiosk.en.json";
import zh from "../../assets/locales/kiosk.zh-CN.json";
import { AUTH_REFUSALS, PAIR_REFUSALS, REFUSALS } from "../../server/protocol/refusals.ts";
import { keyOfCode, sayCode, translatorOf } from "./texts.ts";

const CODES = [
	...REFUSALS.map((reason) => `kiosk.refused.${reason}`),
	...AUTH_REFUSALS.map((reason) => `kiosk.auth.${reason}`),
	...PAIR_REFUSALS.map((reason) => `kiosk.pair.${reason}`),
];

test("each refusal of the wire types has its own sentence in both languages", () => {
	for (const texts of [en, zh] as Record<string, string>[])
		expect(CODES.filter((code) => !texts[code]?.trim())).toEqual([]);
	expect(CODES.filter((code) => keyOfCode(code) !== code)).toEqual([]);
	for (const lang of ["en", "zh-CN"] as const)
		expect(CODES.filter((code) => !sayCode(translatorOf(lang), code).trim())).toEqual([]);
});

test("no sentence is for a refusal that the box no longer makes", () => {
	const spoken = Object.keys(en).filter((key) => /^kiosk\.(refused|auth)\./.test(key));
	expect(spoken.filter((key) => !CODES.includes(key))).toEqual([]);
});

test("what the edge refuses is said in words of the door, never as a code", () => {
	for (const code of [...Object.keys(edge), "errors.wait", "something.new"])
		expect(CODES).toContain(keyOfCode(code));
	expect(keyOfCode("errors.wait")).toBe("kiosk.refused.too_many_tries");
});

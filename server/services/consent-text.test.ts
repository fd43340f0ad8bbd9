/** The words people agreed to must stay provable: a changed sentence needs a new version. */
import { expect, test } from "bun:test";
import { LANGS } from "../base/translate.ts";
import { translatorOf } from "../web/i18n.ts";
import { CONSENT_VERSION, consentHash, consentTextIn } from "./consent-text.ts";

const text = (lang: (typeof LANGS)[number], siteName = "Site") =>
	consentTextIn({ say: (l, key, vars) => translatorOf(l)(key, vars), siteName: () => siteName }, lang);

/** Whoever edits a sentence raises `CONSENT_VERSION` and adds a line; lines are never removed. */
const HASHES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
	"2026-1": [
		"c692e040bbafa7dff410ad67c4deab6027260e265df27a96c8bc477e1c53710e",
		"eac8868a70f629011f0ddf054a88f3f9e86f1952fa8bd525c8f7e18cf4572a19",
	],
};

test("the sentences of the version in force are the ones that were reviewed", () => {
	expect(LANGS.map((lang) => consentHash(text(lang)))).toEqual([...(HASHES[CONSENT_VERSION] ?? [])]);
});

test("every paragraph is there and names the site where it must", () => {
	for (const lang of LANGS) {
		const { title, paragraphs } = text(lang, "Harbour Noodles");
		expect([title, ...paragraphs].filter((line) => line.startsWith("consent."))).toEqual([]);
		expect(paragraphs[0]).toContain("Harbour Noodles");
		expect(consentHash(text(lang, "Other"))).not.toBe(consentHash(text(lang)));
	}
});

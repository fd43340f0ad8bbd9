/**
 * The consent to face recognition as it is shown: sentences by language, version, and the hash that a record keeps.
 * The sentences are in the locale files; whoever changes one raises `CONSENT_VERSION`, so that old records stay true.
 */
import { createHash } from "node:crypto";
import type { MessageVars } from "../base/app-error.ts";
import type { Lang } from "../base/translate.ts";
import type { ConsentText } from "../protocol/kiosk.ts";

/** Raised with every change of a sentence; a test pins the hash of each version. */
export const CONSENT_VERSION = "2026-1";

export const CONSENT_TITLE = "consent.text.title";

/** Purpose, data, place, time, freedom to refuse, withdrawal, rights, contact: PIPL 17, 29; face rules 5, 6, 10; GDPR 7, 13. */
export const CONSENT_PARAGRAPHS = [
	"consent.text.purpose",
	"consent.text.data",
	"consent.text.place",
	"consent.text.time",
	"consent.text.freedom",
	"consent.text.withdraw",
	"consent.text.rights",
	"consent.text.contact",
] as const;

export type ConsentKey = typeof CONSENT_TITLE | (typeof CONSENT_PARAGRAPHS)[number];

export interface ConsentTextDeps {
	/** The sentence of a key in a language; `site` is the name of the employer's site. */
	say(lang: Lang, key: ConsentKey, vars: MessageVars): string;
	siteName(): string;
}

/** The text in force in one language. */
export function consentTextIn(deps: ConsentTextDeps, lang: Lang): ConsentText {
	const vars = { site: deps.siteName() };
	const say = (key: ConsentKey) => deps.say(lang, key, vars);
	return {
		version: CONSENT_VERSION,
		lang,
		title: say(CONSENT_TITLE),
		paragraphs: CONSENT_PARAGRAPHS.map(say),
	};
}

/** SHA-256 (hex) over title and paragraphs as shown, joined by line feeds. */
export const consentHash = ({ title, paragraphs }: Pick<ConsentText, "title" | "paragraphs">): string =>
	createHash("sha256")
		.update([title, ...paragraphs].join("\n"))
		.digest("hex");

/** The door page's sentences in both languages, bundled so that they are there with the box off. */
import en from "../../assets/locales/kiosk.en.json";
import zh from "../../assets/locales/kiosk.zh-CN.json";
import { type Lang, makeTranslate, type Translate } from "../../server/base/translate.ts";
import type { RefusalCode } from "../../server/protocol/refusals.ts";

export type KioskKey = keyof typeof en;
export type T = Translate<KioskKey>;

type Complete = Readonly<Record<KioskKey, string>>;

const TRANSLATORS: Readonly<Record<Lang, T>> = {
	en: makeTranslate<KioskKey>(en, "en"),
	"zh-CN": makeTranslate<KioskKey>(zh satisfies Complete, "zh-CN"),
};

export const translatorOf = (lang: Lang): T => TRANSLATORS[lang];

/** What the edge of the box says to everybody, in the words of the door. */
const SAME_AS: Readonly<Record<string, KioskKey>> = {
	"errors.wait": "kiosk.refused.too_many_tries",
	"edge.too_many_requests": "kiosk.refused.busy",
	"edge.body_too_large": "kiosk.refused.malformed",
	"edge.length_missing": "kiosk.refused.malformed",
} satisfies Record<string, RefusalCode>;

/** The key of the sentence for a code from the box; one this page does not know yet gets the general one. */
export const keyOfCode = (code: string): KioskKey =>
	Object.hasOwn(en, code) ? (code as KioskKey) : (SAME_AS[code] ?? "kiosk.refused.other");

/** The sentence of a code from the box: the one place where the door decides what it shows. */
export const sayCode = (t: T, code: string): string => t(keyOfCode(code));

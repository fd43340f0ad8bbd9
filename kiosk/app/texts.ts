/** The door page's sentences in both languages, bundled so that they are there with the box off. */
import en from "../../assets/locales/kiosk.en.json";
import zh from "../../assets/locales/kiosk.zh-CN.json";
import { type Lang, makeTranslate, type Translate } from "../../server/base/translate.ts";

export type KioskKey = keyof typeof en;
export type T = Translate<KioskKey>;

type Complete = Readonly<Record<KioskKey, string>>;

const TRANSLATORS: Readonly<Record<Lang, T>> = {
	en: makeTranslate<KioskKey>(en, "en"),
	"zh-CN": makeTranslate<KioskKey>(zh satisfies Complete, "zh-CN"),
};

export const translatorOf = (lang: Lang): T => TRANSLATORS[lang];

/** The sentence of a code from the box; one this page does not know yet gets the general one. */
export const sayCode = (t: T, code: string): string =>
	t(Object.hasOwn(en, code) ? (code as KioskKey) : "kiosk.refused.other");

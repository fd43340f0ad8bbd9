/** Chooses the language of a request and translates. The sentences are in `messages.ts`, their format in `base/translate.ts`. */
import type { AppError } from "../base/app-error.ts";
import { LANGS, type Lang, makeTranslate, type Translate } from "../base/translate.ts";
import { isMessageKey, MESSAGES, type MessageKey } from "./messages.ts";

export type T = Translate<MessageKey>;

const TRANSLATORS: Readonly<Record<Lang, T>> = {
	en: makeTranslate<MessageKey>(MESSAGES.en, "en"),
	"zh-CN": makeTranslate<MessageKey>(MESSAGES["zh-CN"], "zh-CN"),
};

export const translatorOf = (lang: Lang): T => TRANSLATORS[lang];

export const isLang = (text: unknown): text is Lang => LANGS.includes(text as Lang);

/** The sentence of a code that comes from a service; a code without a sentence is shown as it is. */
export const sayCode = (t: T, code: string, vars?: AppError["vars"]): string => t(code as MessageKey, vars);

/** The sentence of an expected failure. */
export const sayError = (t: T, error: AppError): string =>
	isMessageKey(error.code) ? t(error.code, error.vars) : t("errors.unnamed", { code: error.code });

/** The best of our languages for an `Accept-Language` header; any kind of Chinese is Chinese. */
export function langOfHeader(header: string | null): Lang | undefined {
	const wanted = (header ?? "")
		.split(",")
		.map((item) => {
			const [tag = "", ...rest] = item.trim().toLowerCase().split(";");
			const weight = rest.map((part) => /^\s*q=([\d.]+)\s*$/.exec(part)?.[1]).find(Boolean);
			return { tag, weight: weight === undefined ? 1 : Number(weight) };
		})
		.filter(({ tag, weight }) => tag !== "" && weight > 0)
		.sort((a, b) => b.weight - a.weight);
	for (const { tag } of wanted) {
		if (tag.startsWith("zh")) return "zh-CN";
		if (tag.startsWith("en")) return "en";
	}
	return undefined;
}

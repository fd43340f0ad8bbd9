/** Turns message keys into sentences (ICU MessageFormat). Holds no sentence itself; browser-safe. */
import { IntlMessageFormat } from "intl-messageformat";
import type { MessageVars } from "./app-error.ts";

export type Lang = "zh-CN" | "en";
export const LANGS: readonly Lang[] = ["zh-CN", "en"];

export type Messages = Readonly<Record<string, string>>;

/** `t(key, vars)`: an unknown key comes back as itself, so nothing on screen is ever empty. */
export type Translate<K extends string = string> = (key: K, vars?: MessageVars) => string;

export function makeTranslate<K extends string>(messages: Messages, lang: Lang): Translate<K> {
	const compiled = new Map<string, IntlMessageFormat>();
	return (key, vars) => {
		const pattern = messages[key];
		if (pattern === undefined) return key;
		if (!vars && !pattern.includes("{")) return pattern;
		const known = compiled.get(key) ?? new IntlMessageFormat(pattern, lang);
		compiled.set(key, known);
		return String(known.format(vars));
	};
}

/** Turns message keys into sentences (ICU MessageFormat). Holds no sentence itself; browser-safe. */
import { IntlMessageFormat } from "intl-messageformat";
import type { MessageVars } from "./app-error.ts";

export type Lang = "zh-CN" | "en";
export const LANGS: readonly Lang[] = ["zh-CN", "en"];

export type Messages = Readonly<Record<string, string>>;

/** `t(key, vars)`: an unknown key comes back as itself, so nothing on screen is ever empty. */
export type Translate<K extends string = string> = (key: K, vars?: MessageVars) => string;

export function makeTranslate<K extends string>(messages: Messages, lang: Lang): Translate<K> {
	const compiled = new Map<string, (vars: MessageVars) => string>();
	return (key, vars) => {
		const pattern = messages[key];
		if (pattern === undefined) return key;
		if (!vars && !pattern.includes("{")) return pattern;
		const known = compiled.get(key) ?? compile(pattern, lang);
		compiled.set(key, known);
		return known(vars ?? {});
	};
}

/** No quotes, tags or plurals, and in the braces nothing but names. */
const PLAIN = /^(?:[^{}'<#]|\{\w+\})*$/;

/** Plain patterns, nine out of ten, are filled in at once: the ICU parser costs a start several milliseconds. */
function compile(pattern: string, lang: Lang): (vars: MessageVars) => string {
	if (PLAIN.test(pattern)) return (vars) => pattern.replace(/\{(\w+)\}/g, (_, name) => filled(vars, name));
	const format = new IntlMessageFormat(pattern, lang);
	return (vars) => String(format.format(vars));
}

function filled(vars: MessageVars, name: string): string {
	if (!(name in vars)) throw new Error(`a sentence lacks its variable ${name}`);
	return String(vars[name]);
}

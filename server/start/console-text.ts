/** What the program prints for the person at the box: both languages, since it does not know yet who reads. */
import en from "../../assets/locales/start.en.json";
import zh from "../../assets/locales/start.zh-CN.json";
import type { MessageVars } from "../base/app-error.ts";
import { makeTranslate } from "../base/translate.ts";

type StartKey = keyof typeof en;

const inEnglish = makeTranslate(en, "en");
const inChinese = makeTranslate(zh satisfies Record<StartKey, string>, "zh-CN");

/** Chinese first, then English. */
export const say = (key: StartKey, vars?: MessageVars): string =>
	`${inChinese(key, vars)}\n${inEnglish(key, vars)}`;

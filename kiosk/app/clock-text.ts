/** Times and dates as text in the site's zone. */
import type { Lang } from "../../server/base/translate.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(lang: Lang, zone: string, kind: "time" | "date"): Intl.DateTimeFormat {
	const key = `${lang} ${zone} ${kind}`;
	const known = formats.get(key);
	if (known) return known;
	const options: Intl.DateTimeFormatOptions =
		kind === "time"
			? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
			: { month: "long", day: "numeric", weekday: "long" };
	const made = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...options, timeZone: zone });
	formats.set(key, made);
	return made;
}

/** `08:05`. */
export const timeText = (epochMs: number, zone: string): string => format("en", zone, "time").format(epochMs);

/** Month, day and weekday in words. */
export const dateText = (epochMs: number, zone: string, lang: Lang): string =>
	format(lang, zone, "date").format(epochMs);

/** Hour of the day, 0–23. */
export const hourOf = (epochMs: number, zone: string): number => Number(timeText(epochMs, zone).slice(0, 2));

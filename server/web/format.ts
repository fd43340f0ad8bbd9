/** Dates, times and sizes as people of a language read them, in the zone of the site. */
import type { Lang } from "../base/translate.ts";

interface Place {
	readonly lang: Lang;
	/** IANA zone. */
	readonly zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(place: Place, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${place.lang}|${place.zone}|${name}`;
	const known =
		formats.get(key) ??
		new Intl.DateTimeFormat(place.lang === "en" ? "en-GB" : place.lang, { timeZone: place.zone, ...options });
	formats.set(key, known);
	return known;
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const DAY = { year: "numeric", month: "short", day: "numeric" } as const;

/** 08:59 */
export const clockTime = (epochMs: number, place: Place): string => format(place, "c", CLOCK).format(epochMs);

/** 08:59:07 */
export const clockSeconds = (epochMs: number, place: Place): string =>
	format(place, "s", { ...CLOCK, second: "2-digit" }).format(epochMs);

/** 22 Nov 2026 */
export const dayOf = (epochMs: number, place: Place): string => format(place, "d", DAY).format(epochMs);

/** 22 Nov 2026, 08:59 */
export const dayAndTime = (epochMs: number, place: Place): string =>
	format(place, "dt", { ...DAY, ...CLOCK }).format(epochMs);

/** Chinese runs date and weekday together where print puts a space. */
const spaced = (format: Intl.DateTimeFormat, epochMs: number): string =>
	format
		.formatToParts(epochMs)
		.map(({ type, value }, i, parts) =>
			type === "weekday" && i > 0 && !parts[i - 1]!.value.endsWith(" ") ? ` ${value}` : value,
		)
		.join("");

/** A calendar date, `YYYY-MM-DD`, with its weekday: Sun, 22 Nov 2026. */
export const longDate = (date: string, lang: Lang): string =>
	spaced(format({ lang, zone: "UTC" }, "ld", { ...DAY, weekday: "short" }), Date.parse(`${date}T12:00:00Z`));

/** A calendar date where the year is known: Sun, 22 Nov. */
export const shortDate = (date: string, lang: Lang): string =>
	spaced(
		format({ lang, zone: "UTC" }, "sd", { month: "short", day: "numeric", weekday: "short" }),
		Date.parse(`${date}T12:00:00Z`),
	);

/** Minutes after midnight as HH:MM; past midnight it keeps counting from 00:00. */
export const minuteText = (minute: number): string =>
	`${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** How long ago, in the largest fitting unit: 3 minutes ago. */
export function ago(epochMs: number, nowMs: number, lang: Lang): string {
	const seconds = Math.min(0, Math.round((epochMs - nowMs) / 1000));
	const units = [
		["day", 86_400],
		["hour", 3_600],
		["minute", 60],
	] as const;
	const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
	for (const [unit, size] of units)
		if (-seconds >= size) return relative.format(Math.ceil(seconds / size), unit);
	return relative.format(0, "minute");
}

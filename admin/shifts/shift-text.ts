/** A shift in words: its hours and its days. */
import type { Shift } from "../../db/shift.ts";
import type { Lang } from "../../server/base/translate.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { minuteText } from "../../server/web/format.ts";

/** 22:00–06:00 (next day) */
export function hoursText(rc: SignedInContext, { startMin, endMin }: Shift): string {
	const vars = { start: minuteText(startMin), end: minuteText(endMin) };
	return endMin > 1440 || (endMin === 1440 && startMin > 0)
		? rc.t("shifts.hours.next_day", vars)
		: endMin === startMin + 1440
			? rc.t("shifts.hours.next_day", vars)
			: rc.t("shifts.hours", vars);
}

/** Short names of the days from Monday, in the language. 2024-01-01 was a Monday. */
export const dayNames = (lang: Lang): string[] =>
	Array.from({ length: 7 }, (_, i) =>
		new Intl.DateTimeFormat(lang, { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + i)),
	);

/** Runs of three and more days as a range: Mon–Fri, Sun. */
export function daysText(rc: SignedInContext, weekdays: number): string {
	if (weekdays === 127) return rc.t("shifts.every_day");
	const names = dayNames(rc.lang);
	const isOn = (day: number): boolean => day < 7 && ((weekdays >> day) & 1) === 1;
	const parts: string[] = [];
	for (let day = 0; day < 7; day++) {
		if (!isOn(day)) continue;
		let last = day;
		while (isOn(last + 1)) last++;
		if (last - day >= 2) parts.push(`${names[day]}–${names[last]}`);
		else parts.push(...names.slice(day, last + 1));
		day = last;
	}
	return parts.join(rc.lang === "zh-CN" ? "\u3001" : ", ");
}

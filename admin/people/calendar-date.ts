/** A calendar date in lists, without its weekday. */
import type { Lang } from "../../server/base/translate.ts";
import type { DateText } from "../../server/base/units.ts";
import { dayOf } from "../../server/web/format.ts";

/** 2026-03-02 → 2 Mar 2026. */
export const calendarDate = (date: DateText, lang: Lang): string =>
	dayOf(Date.parse(`${date}T12:00:00Z`), { lang, zone: "UTC" });

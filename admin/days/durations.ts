/** Durations as people say them. */
import type { RequestContext } from "../../server/web/context.ts";

/** 7 h 45 min; minutes alone below an hour. */
export function durationText(rc: Pick<RequestContext, "t">, minutes: number): string {
	const hours = Math.floor(minutes / 60);
	const rest = minutes % 60;
	if (hours === 0) return rc.t("days.minutes", { minutes });
	return rest === 0 ? rc.t("days.hours", { hours }) : rc.t("days.hours_minutes", { hours, minutes: rest });
}

/** The chip of a day's status, the same in every list. */
import type { DayRow } from "../../db/day.ts";
import type { DayListStatus } from "../../db/day-list.ts";
import type { RequestContext } from "../../server/web/context.ts";
import { Badge, type Tone } from "../frame/badge.tsx";

export const STATUS_TONES: Readonly<Record<DayListStatus, Tone>> = {
	normal: "ok",
	late: "warn",
	early: "warn",
	late_early: "warn",
	open: "info",
	incomplete: "bad",
	absent: "bad",
	missing: "bad",
	expected: "wait",
	off: "quiet",
	no_shift: "info",
};

export interface DayStatusProps {
	readonly rc: RequestContext;
	readonly status: DayListStatus | DayRow["status"];
}

export const DayStatus = ({ rc, status }: DayStatusProps) => (
	<Badge tone={STATUS_TONES[status]}>{rc.t(`days.status.${status}`)}</Badge>
);

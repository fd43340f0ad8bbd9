/** Why the figures of a day are what they are, in sentences. */

import type { PunchRow } from "../../db/punch.ts";
import type { Shift } from "../../db/shift.ts";
import { type TraceStep, traceDay } from "../../server/attendance/day-trace.ts";
import type { DateText } from "../../server/base/units.ts";
import type { RequestContext } from "../../server/web/context.ts";
import { clockTime } from "../../server/web/format.ts";
import { Card } from "../frame/page-header.tsx";
import { durationText } from "./durations.ts";

export interface DayExplanationProps {
	readonly rc: RequestContext;
	readonly date: DateText;
	readonly shift: Shift | null;
	readonly counted: readonly PunchRow[];
	readonly notCounted: number;
}

export function DayExplanation({ rc, date, shift, counted, notCounted }: DayExplanationProps) {
	const zone = counted[0]?.zone ?? rc.zone;
	return (
		<Card title={rc.t("days.why")} lead={rc.t("days.why.lead")}>
			<ol class="trace">
				{traceDay(counted, notCounted, shift, date, zone).map((step) => (
					<li key={step.code} class={`trace-step ${step.code}`}>
						{sentence(rc, step, shift, zone)}
					</li>
				))}
			</ol>
		</Card>
	);
}

function sentence(rc: RequestContext, step: TraceStep, shift: Shift | null, zone: string): string {
	const time = (ms: number) => clockTime(ms, { lang: rc.lang, zone });
	const long = (minutes: number) => durationText(rc, minutes);
	switch (step.code) {
		case "shift":
			return rc.t("days.why.shift", {
				name: shift?.name ?? "",
				start: time(step.startMs),
				end: time(step.endMs),
				grace: step.graceInMin,
			});
		case "not_counted":
		case "repeats":
			return rc.t(`days.why.${step.code}`, { count: step.count });
		case "first_in":
		case "last_out":
			return rc.t(`days.why.${step.code}`, { time: time(step.atMs) });
		case "on_time":
		case "full_day":
			return rc.t(`days.why.${step.code}`, { grace: step.graceMin });
		case "late":
		case "early":
			return rc.t(`days.why.${step.code}`, { duration: long(step.minutes), grace: step.graceMin });
		case "worked": {
			const span = { from: time(step.fromMs), to: time(step.toMs), present: long(step.presentMin) };
			const worked = { ...span, rest: long(step.breakMin), worked: long(step.workedMin) };
			return rc.t(step.breakMin > 0 ? "days.why.worked_break" : "days.why.worked", worked);
		}
		default:
			return rc.t(`days.why.${step.code}`);
	}
}

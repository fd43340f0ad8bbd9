/** Why a day's figures are what they are: the same evaluation as `fixed-shift.ts`, told step by step as codes and values. Pure. */
import { type DateText, MINUTE_MS } from "../base/units.ts";
import {
	collapseRepeats,
	type DayPunch,
	edges,
	evaluateFixedDay,
	type FixedShift,
	worksOn,
} from "./fixed-shift.ts";

/** One sentence of the explanation; `code` names it, times are instants, durations minutes. */
export type TraceStep =
	| { readonly code: "no_shift" | "rest_day" | "no_punch" | "still_open" }
	| { readonly code: "shift"; readonly startMs: number; readonly endMs: number; readonly graceInMin: number }
	| { readonly code: "not_counted" | "repeats"; readonly count: number }
	| { readonly code: "first_in" | "last_out"; readonly atMs: number }
	| { readonly code: "on_time" | "full_day"; readonly graceMin: number }
	| { readonly code: "late" | "early"; readonly minutes: number; readonly graceMin: number }
	| {
			readonly code: "worked";
			readonly fromMs: number;
			readonly toMs: number;
			readonly presentMin: number;
			readonly breakMin: number;
			readonly workedMin: number;
	  };

/** Explains one work date. `punches` are all that count, `notCounted` how many do not (voided, disputed). */
export function traceDay(
	punches: readonly DayPunch[],
	notCounted: number,
	shift: FixedShift | null,
	date: DateText,
	zone: string,
): TraceStep[] {
	const due = shift && worksOn(shift, date) ? shift : null;
	const steps: TraceStep[] = [aboutShift(shift, due, date, zone)];
	if (notCounted > 0) steps.push({ code: "not_counted", count: notCounted });
	const repeats = punches.length - collapseRepeats(punches).length;
	if (repeats > 0) steps.push({ code: "repeats", count: repeats });
	const day = evaluateFixedDay(punches, shift, date, zone);
	if (!day) return [...steps, { code: "no_punch" }];
	steps.push({ code: "first_in", atMs: day.firstInMs });
	if (due) steps.push(aboutStart(day.lateMin, due.graceInMin));
	if (day.lastOutMs === null) return [...steps, { code: "still_open" }];
	steps.push({ code: "last_out", atMs: day.lastOutMs });
	if (due) steps.push(aboutEnd(day.earlyMin, due.graceOutMin));
	steps.push(aboutWork(day.firstInMs, day.lastOutMs, day, due && edges(due, date, zone)));
	return steps;
}

function aboutShift(
	shift: FixedShift | null,
	due: FixedShift | null,
	date: DateText,
	zone: string,
): TraceStep {
	if (due) return { code: "shift", ...edges(due, date, zone), graceInMin: due.graceInMin };
	return { code: shift ? "rest_day" : "no_shift" };
}

const aboutStart = (minutes: number, graceMin: number): TraceStep =>
	minutes > 0 ? { code: "late", minutes, graceMin } : { code: "on_time", graceMin };

const aboutEnd = (minutes: number, graceMin: number): TraceStep =>
	minutes > 0 ? { code: "early", minutes, graceMin } : { code: "full_day", graceMin };

function aboutWork(
	firstInMs: number,
	lastOutMs: number,
	day: { readonly lateMin: number; readonly earlyMin: number; readonly workedMin: number | null },
	shift: { readonly startMs: number; readonly endMs: number } | null,
): TraceStep {
	const fromMs = shift && day.lateMin === 0 ? shift.startMs : firstInMs;
	const toMs = shift && day.earlyMin === 0 ? shift.endMs : lastOutMs;
	const presentMin = Math.max(0, Math.floor((toMs - fromMs) / MINUTE_MS));
	const workedMin = day.workedMin ?? 0;
	return { code: "worked", fromMs, toMs, presentMin, breakMin: presentMin - workedMin, workedMin };
}

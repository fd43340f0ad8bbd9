/**
 * One day under one fixed shift: which work date a punch belongs to, late, early, worked minutes.
 * The narrow first form of the rule engine: no rosters, no leave, no overtime. Pure.
 */
import { type DateText, instantOf, localDate, MINUTE_MS, type MinuteOfDay } from "../base/units.ts";

export interface FixedShift {
	readonly id: string;
	readonly startMin: MinuteOfDay;
	/** May pass 1440: the shift ends the next day. */
	readonly endMin: MinuteOfDay;
	readonly graceInMin: number;
	readonly graceOutMin: number;
	/** Unpaid break inside the shift, taken off when more than half of the shift was spent there. */
	readonly breakMin: number;
	/** Bit 0 = Monday … bit 6 = Sunday. */
	readonly weekdays: number;
}

export interface DayPunch {
	readonly atMs: number;
	readonly direction: "in" | "out";
}

/** `open`: came, has not left · `incomplete` is said by whoever knows that the window has closed. */
export type DayStatus = "open" | "normal" | "late" | "early" | "late_early" | "no_shift";

export interface DayResult {
	readonly status: DayStatus;
	readonly firstInMs: number;
	readonly lastOutMs: number | null;
	readonly lastDirection: "in" | "out";
	readonly lateMin: number;
	readonly earlyMin: number;
	/** Null while the day is open. */
	readonly workedMin: number | null;
}

/** Repeats of one person within this time are one visit (ATTENDANCE.md §1.2). */
export const REPEAT_MS = 60_000;

/** True when the shift is worked on the weekday of `date`. */
export const worksOn = (shift: FixedShift, date: DateText): boolean =>
	(shift.weekdays & (1 << (Temporal.PlainDate.from(date).dayOfWeek - 1))) !== 0;

/**
 * The work date of a punch: of the shift instances of the day before, the day and the day after, the one whose
 * nearest edge is closest. Without a shift, the local date.
 */
export function workDateOf(atMs: number, shift: FixedShift | null, zone: string): DateText {
	const today = localDate(atMs, zone);
	if (!shift) return today;
	let [nearest, best] = [today, Number.POSITIVE_INFINITY];
	for (const days of [-1, 0, 1]) {
		const date = days === 0 ? today : Temporal.PlainDate.from(today).add({ days }).toString();
		const { startMs, endMs } = edges(shift, date, zone);
		const isInside = atMs >= startMs && atMs <= endMs;
		const away = isInside ? -1 : Math.min(Math.abs(atMs - startMs), Math.abs(atMs - endMs));
		if (away < best) [nearest, best] = [date, away];
	}
	return nearest;
}

/** Start and end of the shift instance of `date`, as instants. */
export const edges = (shift: FixedShift, date: DateText, zone: string) => ({
	startMs: instantOf(date, shift.startMin, zone),
	endMs: instantOf(date, shift.endMin, zone),
});

/** Judges the punches of one work date, in any order; null when there are none. First in and last out count. */
export function evaluateFixedDay(
	punches: readonly DayPunch[],
	shift: FixedShift | null,
	date: DateText,
	zone: string,
): DayResult | null {
	const visits = collapseRepeats(punches);
	const first = visits[0];
	const last = visits.at(-1);
	if (!first || !last) return null;
	const lastOutMs = last.direction === "out" && last !== first ? last.atMs : null;
	const bare = { firstInMs: first.atMs, lastOutMs, lastDirection: last.direction };
	if (!shift || !worksOn(shift, date)) return { ...bare, ...withoutShift(first.atMs, lastOutMs) };
	return { ...bare, ...againstShift(first.atMs, lastOutMs, shift, edges(shift, date, zone)) };
}

/** Drops punches that follow the kept one within `REPEAT_MS`. */
export function collapseRepeats<P extends DayPunch>(punches: readonly P[]): P[] {
	const kept: P[] = [];
	for (const punch of [...punches].sort((a, b) => a.atMs - b.atMs)) {
		const last = kept.at(-1);
		if (!last || punch.atMs - last.atMs >= REPEAT_MS) kept.push(punch);
	}
	return kept;
}

function withoutShift(firstInMs: number, lastOutMs: number | null) {
	const workedMin = lastOutMs === null ? null : wholeMinutes(lastOutMs - firstInMs);
	return { status: "no_shift" as const, lateMin: 0, earlyMin: 0, workedMin };
}

function againstShift(
	firstInMs: number,
	lastOutMs: number | null,
	shift: FixedShift,
	{ startMs, endMs }: { startMs: number; endMs: number },
) {
	const isLate = firstInMs > startMs + shift.graceInMin * MINUTE_MS;
	const isEarly = lastOutMs !== null && lastOutMs < endMs - shift.graceOutMin * MINUTE_MS;
	const lateMin = isLate ? wholeMinutes(firstInMs - startMs) : 0;
	const earlyMin = isEarly ? wholeMinutes(endMs - lastOutMs) : 0;
	if (lastOutMs === null) return { status: "open" as const, lateMin, earlyMin: 0, workedMin: null };
	const from = isLate ? firstInMs : startMs;
	const to = isEarly ? lastOutMs : endMs;
	const presentMin = Math.max(0, wholeMinutes(to - from));
	const tookBreak = presentMin * 2 > (endMs - startMs) / MINUTE_MS;
	const workedMin = presentMin - (tookBreak ? Math.min(shift.breakMin, presentMin) : 0);
	const status = isLate && isEarly ? "late_early" : isLate ? "late" : isEarly ? "early" : "normal";
	return { status: status as DayStatus, lateMin, earlyMin, workedMin };
}

const wholeMinutes = (ms: number): number => Math.floor(ms / MINUTE_MS);

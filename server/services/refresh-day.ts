/** The only writer of day records: rebuilds one person's day from its punches. Cost follows the punches of that day alone. */
import { type DayRow, deleteDay, putDay } from "../../db/day.ts";
import { type DayMark, dayMarks } from "../../db/punch.ts";
import { assignedShift, type Shift } from "../../db/shift.ts";
import type { Tx } from "../../db/store.ts";
import { evaluateFixedDay } from "../attendance/fixed-shift.ts";
import { standingOf } from "../attendance/punch-standing.ts";

export interface RefreshDeps {
	readonly zone: string;
	readonly nowMs: number;
	/** The person's shift, when the caller has looked it up already. */
	readonly shift?: Shift | null;
	/** All punches of the day, when the caller has them already. */
	readonly marks?: readonly DayMark[];
}

const standing = (punch: DayMark) =>
	standingOf({ doubted: punch.doubted || punch.clock !== "ok", notes: punch.notes });

/** Neither voided nor disputed. */
export const countsForDay = (punch: DayMark): boolean => standing(punch).counts;

/** Rebuilds the day record; removes it when no punch of the day counts. Must run inside `store.commit`. */
export function refreshDay(tx: Tx, employeeId: string, workDate: string, deps: RefreshDeps): DayRow | null {
	const punches = deps.marks ?? dayMarks(tx, employeeId, workDate);
	const shift = deps.shift === undefined ? assignedShift(tx, employeeId) : deps.shift;
	const result = evaluateFixedDay(punches.filter(countsForDay), shift, workDate, deps.zone);
	if (!result) {
		deleteDay(tx, employeeId, workDate);
		return null;
	}
	const row: DayRow = {
		...result,
		employeeId,
		workDate,
		shiftId: shift?.id ?? null,
		punches: punches.length,
		doubtful: punches.filter((one) => standing(one).isOpen).length,
		refreshedMs: deps.nowMs,
	};
	putDay(tx, row);
	return row;
}

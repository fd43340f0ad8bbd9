/** Day records: derived, rebuilt by `refreshDay` alone. */
import type { DayResult } from "../server/attendance/fixed-shift.ts";
import type { Db, Tx } from "./store.ts";

export interface DayRow extends DayResult {
	readonly employeeId: string;
	readonly workDate: string;
	readonly shiftId: string | null;
	/** Raw punches of the day, repeats and doubtful ones included. */
	readonly punches: number;
	/** Doubtful punches nobody has decided on (`attendance/punch-standing.ts`). */
	readonly doubtful: number;
	readonly refreshedMs: number;
}

const COLUMNS = `employee_id AS employeeId, work_date AS workDate, shift_id AS shiftId, status, first_in_ms AS firstInMs,
	last_out_ms AS lastOutMs, last_direction AS lastDirection, punches, doubtful, late_min AS lateMin,
	early_min AS earlyMin, worked_min AS workedMin, refreshed_ms AS refreshedMs`;

export function putDay(tx: Tx, row: DayRow): void {
	tx.sqlite
		.query(
			`INSERT OR REPLACE INTO day_record (employee_id, work_date, shift_id, status, first_in_ms, last_out_ms,
				last_direction, punches, doubtful, late_min, early_min, worked_min, refreshed_ms)
			 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			row.employeeId,
			row.workDate,
			row.shiftId,
			row.status,
			row.firstInMs,
			row.lastOutMs,
			row.lastDirection,
			row.punches,
			row.doubtful,
			row.lateMin,
			row.earlyMin,
			row.workedMin,
			row.refreshedMs,
		);
}

export function deleteDay(tx: Tx, employeeId: string, workDate: string): void {
	tx.sqlite.query("DELETE FROM day_record WHERE employee_id = ? AND work_date = ?").run(employeeId, workDate);
}

export function dayOf(db: Db, employeeId: string, workDate: string): DayRow | undefined {
	const sql = `SELECT ${COLUMNS} FROM day_record WHERE employee_id = ? AND work_date = ?`;
	return (db.sqlite.query(sql).get(employeeId, workDate) as DayRow | null) ?? undefined;
}

/** A person's days between two dates (inclusive), newest first. */
export const daysOf = (db: Db, employeeId: string, from: string, to: string): DayRow[] =>
	db.sqlite
		.query(
			`SELECT ${COLUMNS} FROM day_record WHERE employee_id = ? AND work_date BETWEEN ? AND ? ORDER BY work_date DESC`,
		)
		.all(employeeId, from, to) as DayRow[];

/** Everyone with a day record of that work date. */
export const employeesWithDay = (db: Db, workDate: string): string[] =>
	(
		db.sqlite.query("SELECT employee_id AS id FROM day_record WHERE work_date = ?").all(workDate) as {
			id: string;
		}[]
	).map(({ id }) => id);

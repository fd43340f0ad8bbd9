/** Rows of shifts, and which shift a person works on a day. Punctuality is judged elsewhere. */
import type { DateText, MinuteOfDay } from "../server/base/units.ts";
import { readSetting } from "./setting.ts";
import type { Db, Tx } from "./store.ts";

export interface Shift {
	readonly id: string;
	readonly name: string;
	readonly startMin: MinuteOfDay;
	/** May pass 1440 when the shift ends the next day. */
	readonly endMin: MinuteOfDay;
	/** Minutes after the start that still count as on time. */
	readonly graceInMin: number;
	/** Minutes before the end that still count as a full day. */
	readonly graceOutMin: number;
	/** Unpaid minutes within the shift. */
	readonly breakMin: number;
	/** Bit 0 = Monday … bit 6 = Sunday. */
	readonly weekdays: number;
	readonly createdMs: number;
	readonly changedMs: number;
}

/** Id of the shift of everybody who has none by person or department. */
export const DEFAULT_SHIFT_SETTING = "shift.default";

const COLUMNS = `shift.id, shift.name, start_min AS startMin, end_min AS endMin, grace_in_min AS graceInMin,
	grace_out_min AS graceOutMin, break_min AS breakMin, weekdays, shift.created_ms AS createdMs,
	shift.changed_ms AS changedMs`;

export function shiftById(db: Db, id: string): Shift | null {
	return db.sqlite.query(`SELECT ${COLUMNS} FROM shift WHERE id = ?`).get(id) as Shift | null;
}

export function shiftByName(db: Db, name: string): Shift | null {
	return db.sqlite.query(`SELECT ${COLUMNS} FROM shift WHERE name = ?`).get(name) as Shift | null;
}

/** Ordered by start. */
export function listShifts(db: Db): Shift[] {
	return db.sqlite.query(`SELECT ${COLUMNS} FROM shift ORDER BY start_min, name`).all() as Shift[];
}

/** Id of the site's default shift; null when none is chosen. */
export const defaultShiftId = (db: Db): string | null =>
	readSetting<string | null>(db, DEFAULT_SHIFT_SETTING) ?? null;

/** Departments nest at most this deep; a guard against a loop in the data. */
const DEEPEST = 32;

interface Assignment {
	readonly shiftId: string | null;
	/** The department above, where the search goes on. */
	readonly above: string | null;
}

const OF_PERSON = "SELECT shift_id AS shiftId, department_id AS above FROM employee WHERE id = ?";
const OF_DEPARTMENT = "SELECT shift_id AS shiftId, parent_id AS above FROM department WHERE id = ?";

/** The person's own shift, else that of the nearest department above, else the site's default, else null. One read a level. */
export function assignedShift(db: Db, employeeId: string): Shift | null {
	const department = db.sqlite.query(OF_DEPARTMENT);
	let at = db.sqlite.query(OF_PERSON).get(employeeId) as Assignment | null;
	for (let step = 0; at && step < DEEPEST; step++) {
		if (at.shiftId) return shiftById(db, at.shiftId);
		at = at.above ? (department.get(at.above) as Assignment | null) : null;
	}
	const id = defaultShiftId(db);
	return id ? shiftById(db, id) : null;
}

export function insertShift(tx: Tx, row: Shift): void {
	tx.sqlite
		.query(
			`INSERT INTO shift (name, start_min, end_min, grace_in_min, grace_out_min, break_min, weekdays, created_ms,
			 changed_ms, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(...values(row));
}

export function updateShift(tx: Tx, row: Shift): void {
	tx.sqlite
		.query(
			`UPDATE shift SET name = ?, start_min = ?, end_min = ?, grace_in_min = ?, grace_out_min = ?, break_min = ?,
			 weekdays = ?, created_ms = ?, changed_ms = ? WHERE id = ?`,
		)
		.run(...values(row));
}

const values = (row: Shift) =>
	[
		row.name,
		row.startMin,
		row.endMin,
		row.graceInMin,
		row.graceOutMin,
		row.breakMin,
		row.weekdays,
		row.createdMs,
		row.changedMs,
		row.id,
	] as const;

export function deleteShift(tx: Tx, id: string): void {
	tx.sqlite.query("DELETE FROM shift WHERE id = ?").run(id);
}

/** True when a person, a department or the site's default refers to it. */
export function isShiftInUse(db: Db, id: string): boolean {
	const sql = `SELECT EXISTS (SELECT 1 FROM employee WHERE shift_id = $id)
	                 OR EXISTS (SELECT 1 FROM department WHERE shift_id = $id) AS used`;
	return (db.sqlite.query(sql).get({ id }) as { used: number }).used === 1 || defaultShiftId(db) === id;
}

/** How many people currently on the staff each shift is set for by name (own assignment only). */
export function peoplePerShift(db: Db, today: DateText): Map<string, number> {
	const sql = `SELECT shift_id AS id, count(*) AS n FROM employee WHERE shift_id IS NOT NULL
	             AND (left_on IS NULL OR left_on >= ?) GROUP BY shift_id`;
	const rows = db.sqlite.query(sql).all(today) as { id: string; n: number }[];
	return new Map(rows.map((row) => [row.id, row.n]));
}

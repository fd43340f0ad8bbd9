/** Rows of employees: look-ups for the punch path, filtered lists for the back office, plain writes. Knows no rule of who may be changed. */
import type { DateText } from "../server/base/units.ts";
import type { Db, Tx } from "./store.ts";

export interface Employee {
	readonly id: string;
	/** The number people know and type; unique, at most 32 characters. */
	readonly number: string;
	readonly name: string;
	readonly departmentId: string | null;
	/** The person's own shift; null takes the department's, then the site's. */
	readonly shiftId: string | null;
	readonly joinedOn: DateText;
	/** The last working day, inclusive; null while no end is known. */
	readonly leftOn: DateText | null;
	readonly createdMs: number;
	readonly changedMs: number;
}

const COLUMNS = `employee.id, employee.number, employee.name, employee.department_id AS departmentId,
	employee.shift_id AS shiftId, employee.joined_on AS joinedOn, employee.left_on AS leftOn,
	employee.created_ms AS createdMs, employee.changed_ms AS changedMs`;

export function employeeById(db: Db, id: string): Employee | null {
	return db.sqlite.query(`SELECT ${COLUMNS} FROM employee WHERE id = ?`).get(id) as Employee | null;
}

export function employeeByNumber(db: Db, number: string): Employee | null {
	return db.sqlite.query(`SELECT ${COLUMNS} FROM employee WHERE number = ?`).get(number) as Employee | null;
}

/**
 * The holder of the card in use with this look-up value (see `services/cards.ts`), employed or not.
 * No JOIN: SQLite plans one anew for each binding, and this is on the path of every punch by card.
 */
export function employeeByCard(db: Db, lookup: Uint8Array): Employee | null {
	const sql = `SELECT ${COLUMNS} FROM employee
	             WHERE id = (SELECT employee_id FROM card WHERE lookup = ? AND ended_ms IS NULL)`;
	return db.sqlite.query(sql).get(lookup) as Employee | null;
}

/** True when the person is on the staff on that day: joined, and the last working day not past. */
export const isEmployedOn = (person: Pick<Employee, "joinedOn" | "leftOn">, date: DateText): boolean =>
	person.joinedOn <= date && (person.leftOn === null || person.leftOn >= date);

export function insertEmployee(tx: Tx, row: Employee): void {
	tx.sqlite
		.query(
			`INSERT INTO employee (id, number, name, department_id, shift_id, joined_on, left_on, created_ms, changed_ms)
			 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			row.id,
			row.number,
			row.name,
			row.departmentId,
			row.shiftId,
			row.joinedOn,
			row.leftOn,
			row.createdMs,
			row.changedMs,
		);
}

/** Writes every field but `id` and `createdMs`. */
export function updateEmployee(tx: Tx, row: Employee): void {
	tx.sqlite
		.query(
			`UPDATE employee SET number = ?, name = ?, department_id = ?, shift_id = ?, joined_on = ?, left_on = ?,
			 changed_ms = ? WHERE id = ?`,
		)
		.run(
			row.number,
			row.name,
			row.departmentId,
			row.shiftId,
			row.joinedOn,
			row.leftOn,
			row.changedMs,
			row.id,
		);
}

/** Every employee ordered by number; for exports and the import's comparison. */
export function allEmployees(db: Db): Employee[] {
	return db.sqlite
		.query(`SELECT ${COLUMNS} FROM employee ORDER BY length(number), number`)
		.all() as Employee[];
}

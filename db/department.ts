/** Rows of departments and the tree they form. A path is the names from the top, joined by "/". */
import type { DateText } from "../server/base/units.ts";
import type { Db, Tx } from "./store.ts";

export interface Department {
	readonly id: string;
	readonly name: string;
	readonly parentId: string | null;
	/** The shift of its people who have none of their own. */
	readonly shiftId: string | null;
	readonly createdMs: number;
}

export interface DepartmentNode extends Department {
	/** 0 at the top. */
	readonly depth: number;
	/** `A/B` from the top. */
	readonly path: string;
	/** People employed today who belong to it directly. */
	readonly people: number;
	/** … and to it and all below. */
	readonly peopleBelow: number;
}

const COLUMNS = "id, name, parent_id AS parentId, shift_id AS shiftId, created_ms AS createdMs";

export function departmentById(db: Db, id: string): Department | null {
	return db.sqlite.query(`SELECT ${COLUMNS} FROM department WHERE id = ?`).get(id) as Department | null;
}

export function departmentByName(db: Db, parentId: string | null, name: string): Department | null {
	const sql = `SELECT ${COLUMNS} FROM department WHERE ifnull(parent_id, '') = ? AND name = ?`;
	return db.sqlite.query(sql).get(parentId ?? "", name) as Department | null;
}

export function insertDepartment(tx: Tx, row: Department): void {
	tx.sqlite
		.query("INSERT INTO department (id, name, parent_id, shift_id, created_ms) VALUES (?, ?, ?, ?, ?)")
		.run(row.id, row.name, row.parentId, row.shiftId, row.createdMs);
}

export function updateDepartment(tx: Tx, row: Department): void {
	tx.sqlite
		.query("UPDATE department SET name = ?, parent_id = ?, shift_id = ? WHERE id = ?")
		.run(row.name, row.parentId, row.shiftId, row.id);
}

/** Removes it together with the managers' right to see it. The caller has checked that it is empty. */
export function deleteDepartment(tx: Tx, id: string): void {
	tx.sqlite.query("DELETE FROM account_department WHERE department_id = ?").run(id);
	tx.sqlite.query("DELETE FROM department WHERE id = ?").run(id);
}

/** True when any person, past or present, or any other department still hangs on it. */
export function isDepartmentInUse(db: Db, id: string): boolean {
	const sql = `SELECT EXISTS (SELECT 1 FROM employee WHERE department_id = $id)
	                 OR EXISTS (SELECT 1 FROM department WHERE parent_id = $id) AS used`;
	return (db.sqlite.query(sql).get({ id }) as { used: number }).used === 1;
}

/** The given departments and all below them. */
export function departmentsBelow(db: Db, ids: readonly string[]): Set<string> {
	const sql = `WITH RECURSIVE below (id) AS (
	               SELECT id FROM department WHERE id IN (SELECT value FROM json_each(?))
	               UNION SELECT department.id FROM department JOIN below ON department.parent_id = below.id)
	             SELECT id FROM below`;
	const rows = db.sqlite.query(sql).all(JSON.stringify(ids)) as { id: string }[];
	return new Set(rows.map((row) => row.id));
}

/** All departments, each parent before its children, names in code-point order; people counted as of `today`. */
export function departmentTree(db: Db, today: DateText): DepartmentNode[] {
	const rows = db.sqlite
		.query(
			`SELECT ${COLUMNS}, (SELECT count(*) FROM employee WHERE department_id = department.id
			   AND joined_on <= $today AND (left_on IS NULL OR left_on >= $today)) AS people
			 FROM department ORDER BY name`,
		)
		.all({ today }) as (Department & { people: number })[];
	const children = Map.groupBy(rows, (row) => row.parentId);
	const walk = (parentId: string | null, depth: number, above: string): DepartmentNode[] =>
		(children.get(parentId) ?? []).flatMap((row) => {
			const path = above === "" ? row.name : `${above}/${row.name}`;
			const below = walk(row.id, depth + 1, path);
			const direct = below.filter((node) => node.depth === depth + 1);
			const peopleBelow = row.people + direct.reduce((sum, node) => sum + node.peopleBelow, 0);
			return [{ ...row, depth, path, peopleBelow }, ...below];
		});
	return walk(null, 0, "");
}

/** Path by department id. */
export function departmentPaths(db: Db): Map<string, string> {
	return new Map(departmentTree(db, "9999-12-31").map((node) => [node.id, node.path]));
}

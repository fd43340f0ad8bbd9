/** The staff list of the back office: filters, paging and counts over 10,000 rows. Never on the punch path. */
import type { DateText } from "../server/base/units.ts";
import type { Db } from "./store.ts";

export type EmployeeStatus = "employed" | "left" | "upcoming" | "all";

export interface EmployeeFilter {
	/** Part of a name or number. */
	readonly text?: string;
	/** Only people of these departments and those below (a manager's scope); undefined for no limit. */
	readonly departmentIds?: readonly string[];
	/** One department and those below, or "none" for people without one. */
	readonly departmentId?: string;
	readonly status?: EmployeeStatus;
	/** Only people who lack this way of punching. */
	readonly lacking?: "face" | "card" | "pin";
	/** The day on which `status` is judged. */
	readonly today: DateText;
	/** From 0. */
	readonly page: number;
	readonly pageSize: number;
}

export interface EmployeeListRow {
	readonly id: string;
	readonly number: string;
	readonly name: string;
	readonly departmentId: string | null;
	readonly shiftName: string | null;
	readonly joinedOn: DateText;
	readonly leftOn: DateText | null;
	readonly cards: number;
	readonly hasPin: 0 | 1;
	readonly hasFace: 0 | 1;
}

export interface EmployeeList {
	readonly rows: EmployeeListRow[];
	/** Rows that match, on all pages. */
	readonly total: number;
}

/** SQL for the departments in the JSON array `ids` and all below them. */
export const BELOW = (ids: string) =>
	`(WITH RECURSIVE below (id) AS (
		SELECT value FROM json_each(${ids})
		UNION SELECT department.id FROM department JOIN below ON department.parent_id = below.id)
	  SELECT id FROM below)`;

const HAS_CARD = "EXISTS (SELECT 1 FROM card WHERE card.employee_id = employee.id AND card.ended_ms IS NULL)";
const HAS_PIN = "EXISTS (SELECT 1 FROM pin WHERE pin.employee_id = employee.id)";
const HAS_FACE =
	"EXISTS (SELECT 1 FROM enrolment WHERE enrolment.employee_id = employee.id AND enrolment.status = 'approved')";

const STATUS: Record<EmployeeStatus, string> = {
	all: "$today = $today",
	employed: "employee.joined_on <= $today AND (employee.left_on IS NULL OR employee.left_on >= $today)",
	left: "employee.left_on < $today",
	upcoming: "employee.joined_on > $today",
};
const LACKING = { face: HAS_FACE, card: HAS_CARD, pin: HAS_PIN };

type Bind = Record<string, string | number>;

function where(filter: EmployeeFilter): { sql: string; bind: Bind } {
	const parts = [STATUS[filter.status ?? "employed"]];
	const bind: Bind = { today: filter.today };
	if (filter.text?.trim()) {
		parts.push("(employee.name LIKE $text ESCAPE '\\' OR employee.number LIKE $text ESCAPE '\\')");
		bind.text = `%${filter.text.trim().replace(/[\\%_]/g, "\\$&")}%`;
	}
	if (filter.departmentIds) {
		parts.push(`employee.department_id IN ${BELOW("$scope")}`);
		bind.scope = JSON.stringify(filter.departmentIds);
	}
	if (filter.departmentId === "none") parts.push("employee.department_id IS NULL");
	else if (filter.departmentId) {
		parts.push(`employee.department_id IN ${BELOW("$department")}`);
		bind.department = JSON.stringify([filter.departmentId]);
	}
	if (filter.lacking) parts.push(`NOT ${LACKING[filter.lacking]}`);
	return { sql: parts.join(" AND "), bind };
}

/** One page of people, ordered by number (shorter numbers first, so 9 comes before 10). */
export function listEmployees(db: Db, filter: EmployeeFilter): EmployeeList {
	const { sql, bind } = where(filter);
	const total = db.sqlite.query(`SELECT count(*) AS n FROM employee WHERE ${sql}`).get(bind) as { n: number };
	const rows = db.sqlite
		.query(
			`SELECT employee.id, number, employee.name, department_id AS departmentId, shift.name AS shiftName,
			        joined_on AS joinedOn, left_on AS leftOn, ${HAS_PIN} AS hasPin, ${HAS_FACE} AS hasFace,
			        (SELECT count(*) FROM card WHERE employee_id = employee.id AND ended_ms IS NULL) AS cards
			 FROM employee LEFT JOIN shift ON shift.id = employee.shift_id
			 WHERE ${sql} ORDER BY length(number), number LIMIT $limit OFFSET $offset`,
		)
		.all({ ...bind, limit: filter.pageSize, offset: filter.page * filter.pageSize });
	return { rows: rows as EmployeeListRow[], total: total.n };
}

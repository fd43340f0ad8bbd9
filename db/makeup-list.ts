/** Make-up requests with the person behind each, for the people who decide. Reads only. */
import { BELOW } from "./employee-list.ts";
import type { MakeupRow } from "./makeup.ts";
import type { Db } from "./store.ts";

export interface MakeupListRow extends MakeupRow {
	readonly name: string;
	readonly number: string;
	readonly department: string | null;
	readonly kiosk: string | null;
	/** Name of the account that decided. */
	readonly decider: string | null;
}

export interface MakeupFilter {
	readonly open: boolean;
	/** A manager's departments; undefined for everybody. */
	readonly departmentIds?: readonly string[];
	/** From 0. */
	readonly page: number;
	readonly pageSize: number;
}

/** Open ones oldest first, since they wait; decided ones by the time of the decision, newest first. */
export function listMakeupsOf(db: Db, filter: MakeupFilter): { rows: MakeupListRow[]; total: number } {
	const scope = filter.departmentIds ? `AND e.department_id IN ${BELOW("$scope")}` : "";
	const bind: Record<string, string> = filter.departmentIds
		? { scope: JSON.stringify(filter.departmentIds) }
		: {};
	const from = `FROM makeup_request m JOIN employee e ON e.id = m.employee_id
		WHERE m.status ${filter.open ? "=" : "<>"} 'open' ${scope}`;
	const total = db.sqlite.query(`SELECT count(*) AS n ${from}`).get(bind) as { n: number };
	const rows = db.sqlite
		.query(
			`SELECT m.id, m.employee_id AS employeeId, m.claimed_ms AS claimedMs, m.made_ms AS madeMs,
			        m.device_id AS deviceId, m.reason, m.status, m.decided_by AS decidedBy, m.decided_ms AS decidedMs,
			        m.punch_id AS punchId, e.name, e.number,
			        (SELECT name FROM department WHERE id = e.department_id) AS department,
			        (SELECT name FROM kiosk WHERE id = m.device_id) AS kiosk,
			        (SELECT name FROM account WHERE id = m.decided_by) AS decider
			 ${from} ORDER BY ${filter.open ? "m.made_ms" : "m.decided_ms DESC"} LIMIT $limit OFFSET $offset`,
		)
		.all({ ...bind, limit: filter.pageSize, offset: filter.page * filter.pageSize });
	return { rows: rows as MakeupListRow[], total: total.n };
}

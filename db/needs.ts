/** What waits for an admin: one number per kind. Reads only. */
import { BELOW } from "./employee-list.ts";
import { EVER_DOUBTED, VERDICT } from "./punch-standing.ts";
import type { Db } from "./store.ts";

export interface Needs {
	/** Kiosks that have shown a code and wait for approval. */
	readonly pendingKiosks: number;
	/** Active kiosks not heard of since `silentBeforeMs`. */
	readonly silentKiosks: number;
	/** Active kiosks in contact whose camera does not see. */
	readonly blindKiosks: number;
	readonly activeKiosks: number;
	readonly pendingEnrolments: number;
	readonly openMakeups: number;
	readonly openDoubts: number;
}

/** `departmentIds` limits the people, not the kiosks. */
export function countNeeds(db: Db, silentBeforeMs: number, departmentIds?: readonly string[]): Needs {
	const mine = departmentIds ? `AND e.department_id IN ${BELOW("$scope")}` : "";
	const of = (table: string, key: string) =>
		`FROM ${table} JOIN employee e ON e.id = ${key} WHERE 1 ${mine} AND`;
	const sql = `SELECT
		(SELECT count(*) FROM kiosk WHERE status = 'pending') AS pendingKiosks,
		(SELECT count(*) FROM kiosk WHERE status = 'active') AS activeKiosks,
		(SELECT count(*) FROM kiosk WHERE status = 'active' AND ifnull(seen_ms, 0) < $silent) AS silentKiosks,
		(SELECT count(*) FROM kiosk WHERE status = 'active' AND seen_ms >= $silent
		   AND ifnull(health ->> 'camera', 'ok') NOT IN ('ok', 'starting')) AS blindKiosks,
		(SELECT count(*) ${of("enrolment n", "n.employee_id")} n.status = 'pending') AS pendingEnrolments,
		(SELECT count(*) ${of("makeup_request m", "m.employee_id")} m.status = 'open') AS openMakeups,
		(SELECT count(*) ${of("punch p", "p.employee_id")} p.seq IN ${EVER_DOUBTED} AND ${VERDICT} IS NULL) AS openDoubts`;
	const bind: Record<string, string | number> = { silent: silentBeforeMs };
	if (departmentIds) bind.scope = JSON.stringify(departmentIds);
	return db.sqlite.query(sql).get(bind) as Needs;
}

/** Requests for a make-up punch. */
import type { Db, Tx } from "./store.ts";

export type MakeupStatus = "open" | "approved" | "refused";

export interface MakeupRow {
	readonly id: string;
	readonly employeeId: string;
	/** The moment the person says they came or left. */
	readonly claimedMs: number;
	readonly madeMs: number;
	readonly deviceId: string | null;
	readonly reason: string;
	readonly status: MakeupStatus;
	readonly decidedBy: string | null;
	readonly decidedMs: number | null;
	readonly punchId: string | null;
}

const COLUMNS = `id, employee_id AS employeeId, claimed_ms AS claimedMs, made_ms AS madeMs, device_id AS deviceId, reason,
	status, decided_by AS decidedBy, decided_ms AS decidedMs, punch_id AS punchId`;

export const makeupById = (db: Db, id: string): MakeupRow | undefined =>
	(db.sqlite.query(`SELECT ${COLUMNS} FROM makeup_request WHERE id = ?`).get(id) as MakeupRow | null) ??
	undefined;

/** Requests of one person made since `sinceMs`. */
export const countMakeups = (db: Db, employeeId: string, sinceMs: number): number =>
	(
		db.sqlite
			.query("SELECT count(*) AS n FROM makeup_request WHERE employee_id = ? AND made_ms >= ?")
			.get(employeeId, sinceMs) as { n: number }
	).n;

export function insertMakeup(
	tx: Tx,
	row: Pick<MakeupRow, "id" | "employeeId" | "claimedMs" | "madeMs" | "deviceId" | "reason">,
): void {
	tx.sqlite
		.query(
			`INSERT INTO makeup_request (id, employee_id, claimed_ms, made_ms, device_id, reason, status)
			 VALUES (?, ?, ?, ?, ?, ?, 'open')`,
		)
		.run(row.id, row.employeeId, row.claimedMs, row.madeMs, row.deviceId, row.reason);
}

/** Decides an open request; false when it was decided already. */
export const decideMakeup = (
	tx: Tx,
	id: string,
	set: { status: MakeupStatus; decidedBy: string; decidedMs: number; punchId: string | null },
): boolean =>
	tx.sqlite
		.query(
			`UPDATE makeup_request SET status = ?, decided_by = ?, decided_ms = ?, punch_id = ?
			 WHERE id = ? AND status = 'open'`,
		)
		.run(set.status, set.decidedBy, set.decidedMs, set.punchId, id).changes === 1;

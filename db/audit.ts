/** The audit table: who did or looked at what, when, from where. Append-only. */
import type { Db, Tx } from "./store.ts";

export type ActorKind = "account" | "kiosk" | "box";

export interface AuditRow {
	readonly atMs: number;
	readonly actorKind: ActorKind;
	readonly actorId: string;
	readonly action: string;
	readonly objectKind: string;
	readonly objectId: string;
	readonly detail: object;
	readonly address: string;
	/** Ledger leaf that seals the act; null for a look at personal data. */
	readonly seq: number | null;
}

export function insertAudit(tx: Tx, row: AuditRow): void {
	tx.sqlite
		.query(
			`INSERT INTO audit (at_ms, actor_kind, actor_id, action, object_kind, object_id, detail, address, seq)
			 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			row.atMs,
			row.actorKind,
			row.actorId,
			row.action,
			row.objectKind,
			row.objectId,
			JSON.stringify(row.detail),
			row.address,
			row.seq,
		);
}

export interface AuditFilter {
	readonly actorId?: string;
	readonly action?: string;
	readonly objectId?: string;
	readonly fromMs?: number;
	readonly toMs?: number;
	/** Rows with an id below this one (the cursor of the next page). */
	readonly beforeId?: number;
	readonly limit: number;
}

/** Newest first; `id` of the last row is the next cursor. */
export function listAudit(db: Db, filter: AuditFilter): (AuditRow & { readonly id: number })[] {
	const rows = db.sqlite
		.query(
			`SELECT id, at_ms AS atMs, actor_kind AS actorKind, actor_id AS actorId, action, object_kind AS objectKind,
			        object_id AS objectId, detail, address, seq
			 FROM audit
			 WHERE ($actorId IS NULL OR actor_id = $actorId) AND ($action IS NULL OR action = $action)
			   AND ($objectId IS NULL OR object_id = $objectId)
			   AND at_ms >= ifnull($fromMs, 0) AND at_ms < ifnull($toMs, 9e15) AND id < ifnull($beforeId, 9e15)
			 ORDER BY id DESC LIMIT $limit`,
		)
		.all({
			actorId: filter.actorId ?? null,
			action: filter.action ?? null,
			objectId: filter.objectId ?? null,
			fromMs: filter.fromMs ?? null,
			toMs: filter.toMs ?? null,
			beforeId: filter.beforeId ?? null,
			limit: filter.limit,
		}) as (Omit<AuditRow, "detail"> & { id: number; detail: string })[];
	return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as object }));
}

/** Every action that occurs, for the filter list. */
export function auditActions(db: Db): string[] {
	const rows = db.sqlite.query("SELECT DISTINCT action FROM audit ORDER BY action").all() as {
		action: string;
	}[];
	return rows.map((row) => row.action);
}

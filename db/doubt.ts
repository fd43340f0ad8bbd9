/** Doubtful punches with what an admin needs to decide on them. Reads only; notes are added through the service. */
import { BELOW } from "./employee-list.ts";
import type { ClockState, NoteKind, PunchMethodName, PunchSource } from "./punch.ts";
import { EVER_DOUBTED, VERDICT } from "./punch-standing.ts";
import type { Db } from "./store.ts";

export interface DoubtFilter {
	/** Decided, and nothing has contradicted it since. */
	readonly decided: boolean;
	/** A doubt code, a note kind, a clock state, or `queued`. */
	readonly reason?: string;
	/** A manager's departments; undefined for everybody. */
	readonly departmentIds?: readonly string[];
	/** Only punches below this sequence number (the cursor of the next page). */
	readonly beforeSeq?: number;
	readonly limit: number;
}

export interface DoubtRow {
	readonly seq: number;
	readonly id: string;
	readonly employeeId: string;
	readonly name: string;
	readonly number: string;
	readonly department: string | null;
	readonly atMs: number;
	readonly workDate: string;
	readonly direction: "in" | "out";
	readonly method: PunchMethodName;
	readonly source: PunchSource;
	readonly clock: ClockState;
	readonly doubts: readonly string[];
	readonly notes: readonly NoteKind[];
	readonly verdict: "confirmed" | "voided" | null;
	readonly kiosk: string | null;
	/** A photo was taken; it may be erased by now. */
	readonly hasPhoto: 0 | 1;
}

const HAS_REASON = `(EXISTS (SELECT 1 FROM json_each(p.doubts) WHERE value = $reason) OR p.clock = $reason
	OR p.source = $reason OR EXISTS (SELECT 1 FROM punch_note n WHERE n.punch_id = p.id AND n.kind = $reason))`;

type Stored = Omit<DoubtRow, "doubts" | "notes"> & { doubts: string; kinds: string | null };

type Bind = Record<string, string | number>;

const SELECT = `SELECT p.seq, p.id, p.employee_id AS employeeId, e.name, e.number, department.name AS department,
	p.at_ms AS atMs, p.work_date AS workDate, p.direction, p.method, p.source, p.clock, p.doubts,
	(SELECT group_concat(n.kind) FROM punch_note n WHERE n.punch_id = p.id) AS kinds,
	${VERDICT} AS verdict, kiosk.name AS kiosk, p.photo_sha256 IS NOT NULL AS hasPhoto
	FROM punch p JOIN employee e ON e.id = p.employee_id
	LEFT JOIN department ON department.id = e.department_id LEFT JOIN kiosk ON kiosk.id = p.device_id`;

const read = ({ kinds, doubts, ...row }: Stored): DoubtRow => ({
	...row,
	doubts: JSON.parse(doubts) as string[],
	notes: (kinds?.split(",") ?? []) as NoteKind[],
});

const within = (parts: string[], bind: Bind, departmentIds?: readonly string[]): void => {
	if (!departmentIds) return;
	parts.push(`e.department_id IN ${BELOW("$scope")}`);
	bind.scope = JSON.stringify(departmentIds);
};

/** Newest first; `seq` of the last row is the next cursor. Queued punches with a sound clock appear only under their own reason. */
export function listDoubts(db: Db, filter: DoubtFilter): DoubtRow[] {
	const isQueue = filter.reason === "queued";
	const parts = isQueue ? ["p.source = 'queued'"] : [`p.seq IN ${EVER_DOUBTED}`];
	parts.push(`${VERDICT} IS ${filter.decided ? "NOT NULL" : "NULL"}`, "p.seq < $before");
	const bind: Bind = { before: filter.beforeSeq ?? Number.MAX_SAFE_INTEGER, limit: filter.limit };
	if (filter.reason && !isQueue) {
		parts.push(HAS_REASON);
		bind.reason = filter.reason;
	}
	within(parts, bind, filter.departmentIds);
	const sql = `${SELECT} WHERE ${parts.join(" AND ")} ORDER BY p.seq DESC LIMIT $limit`;
	return (db.sqlite.query(sql).all(bind) as Stored[]).map(read);
}

/** One punch in the same form, doubtful or not; undefined outside the departments. */
export function doubtById(db: Db, id: string, departmentIds?: readonly string[]): DoubtRow | undefined {
	const parts = ["p.id = $id"];
	const bind: Bind = { id };
	within(parts, bind, departmentIds);
	const row = db.sqlite.query(`${SELECT} WHERE ${parts.join(" AND ")}`).get(bind) as Stored | null;
	return row ? read(row) : undefined;
}

/** Raw punches, the notes added beside them, and evidence photos. Insert and read only. */
import type { Db, Tx } from "./store.ts";

export type PunchMethodName = "face" | "card" | "fingerprint" | "pin" | "phone" | "makeup";
export type PunchSource = "live" | "queued" | "terminal" | "import" | "makeup";
export type ClockState = "ok" | "unsync" | "jumped";

export interface PunchRow {
	/** Sequence number of the sealing leaf. */
	readonly seq: number;
	readonly id: string;
	readonly employeeId: string;
	/** The instant that counts. */
	readonly atMs: number;
	readonly receivedMs: number;
	readonly zone: string;
	readonly workDate: string;
	readonly method: PunchMethodName;
	readonly source: PunchSource;
	readonly deviceId: string | null;
	readonly deviceCounter: number | null;
	readonly direction: "in" | "out";
	readonly clock: ClockState;
	/** Codes of what was doubtful when it was recorded. */
	readonly doubts: readonly string[];
	/** How the person was found: `{how, band}`; never a distance. */
	readonly match: Readonly<Record<string, string>>;
	readonly photoSha256: Uint8Array | null;
}

export type NoteKind = "not_me" | "mismatch" | "verified" | "unverifiable" | "confirmed" | "voided";

export interface PunchNoteRow {
	readonly id: string;
	readonly punchId: string;
	readonly kind: NoteKind;
	readonly reason: string;
	readonly madeBy: string;
	readonly atMs: number;
	readonly seq: number;
}

const COLUMNS = `seq, id, employee_id AS employeeId, at_ms AS atMs, received_ms AS receivedMs, zone, work_date AS workDate,
	method, source, device_id AS deviceId, device_counter AS deviceCounter, direction, clock, doubts, match,
	photo_sha256 AS photoSha256`;

type Stored = Omit<PunchRow, "doubts" | "match"> & { doubts: string; match: string };

const read = (row: unknown): PunchRow => {
	const stored = row as Stored;
	return { ...stored, doubts: JSON.parse(stored.doubts), match: JSON.parse(stored.match) };
};

export function insertPunch(tx: Tx, row: PunchRow): void {
	tx.sqlite
		.query(
			`INSERT INTO punch (seq, id, employee_id, at_ms, received_ms, zone, work_date, method, source, device_id,
			                    device_counter, direction, clock, doubts, match, photo_sha256)
			 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			row.seq,
			row.id,
			row.employeeId,
			row.atMs,
			row.receivedMs,
			row.zone,
			row.workDate,
			row.method,
			row.source,
			row.deviceId,
			row.deviceCounter,
			row.direction,
			row.clock,
			JSON.stringify(row.doubts),
			JSON.stringify(row.match),
			row.photoSha256,
		);
}

export function punchById(db: Db, id: string): PunchRow | undefined {
	const row = db.sqlite.query(`SELECT ${COLUMNS} FROM punch WHERE id = ?`).get(id);
	return row ? read(row) : undefined;
}

/** A person's punches of one work date in order of time, with the kinds of notes on each, oldest first. */
export function punchesOfDay(
	db: Db,
	employeeId: string,
	workDate: string,
): (PunchRow & { readonly notes: readonly NoteKind[] })[] {
	const rows = db.sqlite
		.query(
			`SELECT ${COLUMNS}, (SELECT group_concat(kind, ',' ORDER BY n.seq) FROM punch_note n WHERE n.punch_id = punch.id) AS kinds
			 FROM punch WHERE employee_id = ? AND work_date = ? ORDER BY at_ms, seq`,
		)
		.all(employeeId, workDate) as (Stored & { kinds: string | null })[];
	return rows.map(({ kinds, ...row }) => ({ ...read(row), notes: (kinds?.split(",") ?? []) as NoteKind[] }));
}

/** What a day record is made from, of one punch. */
export interface DayMark {
	readonly id: string;
	readonly atMs: number;
	readonly direction: "in" | "out";
	readonly clock: ClockState;
	/** Something was doubtful when it was recorded. */
	readonly doubted: boolean;
	readonly notes: readonly NoteKind[];
}

type StoredMark = Omit<DayMark, "doubted" | "notes"> & { seq: number; doubted: number; noted: number };

/**
 * The marks of one work date in order of time. On the path of every punch, so sorted here and not in SQL: with an ORDER BY
 * SQLite plans a statement anew for each binding, which costs five times the reading.
 */
export function dayMarks(db: Db, employeeId: string, workDate: string): DayMark[] {
	const rows = db.sqlite
		.query(
			`SELECT id, seq, at_ms AS atMs, direction, clock, doubts <> '[]' AS doubted,
			 EXISTS (SELECT 1 FROM punch_note n WHERE n.punch_id = punch.id) AS noted
			 FROM punch WHERE employee_id = ? AND work_date = ?`,
		)
		.all(employeeId, workDate) as StoredMark[];
	return rows
		.sort((a, b) => a.atMs - b.atMs || a.seq - b.seq)
		.map(({ seq: _, noted, doubted, ...mark }) => ({
			...mark,
			doubted: doubted === 1,
			notes: noted === 1 ? notesOf(db, mark.id).map(({ kind }) => kind) : [],
		}));
}

export function insertNote(tx: Tx, row: PunchNoteRow): void {
	tx.sqlite
		.query(
			"INSERT INTO punch_note (id, punch_id, kind, reason, made_by, at_ms, seq) VALUES (?, ?, ?, ?, ?, ?, ?)",
		)
		.run(row.id, row.punchId, row.kind, row.reason, row.madeBy, row.atMs, row.seq);
}

/** The instant of the latest punch of anybody; undefined when there is none. Reads the whole index: for a demo's start. */
export const lastPunchMs = (db: Db): number | undefined =>
	(db.sqlite.query("SELECT max(at_ms) AS ms FROM punch").get() as { ms: number | null }).ms ?? undefined;

export const hasNote = (db: Db, id: string): boolean =>
	db.sqlite.query("SELECT 1 FROM punch_note WHERE id = ?").get(id) !== null;

export const notesOf = (db: Db, punchId: string): PunchNoteRow[] =>
	db.sqlite
		.query(
			`SELECT id, punch_id AS punchId, kind, reason, made_by AS madeBy, at_ms AS atMs, seq
			 FROM punch_note WHERE punch_id = ? ORDER BY seq`,
		)
		.all(punchId) as PunchNoteRow[];

export interface PunchPhotoRow {
	readonly punchId: string;
	readonly employeeId: string;
	/** Sealed under the person's biometric key, context `punch_photo|<punchId>`. */
	readonly sealed: Uint8Array;
	readonly takenMs: number;
}

export function insertPunchPhoto(tx: Tx, row: PunchPhotoRow): void {
	tx.sqlite
		.query("INSERT INTO punch_photo (punch_id, employee_id, sealed, taken_ms) VALUES (?, ?, ?, ?)")
		.run(row.punchId, row.employeeId, row.sealed, row.takenMs);
}

export const punchPhoto = (db: Db, punchId: string): PunchPhotoRow | undefined =>
	(db.sqlite
		.query(
			`SELECT punch_id AS punchId, employee_id AS employeeId, sealed, taken_ms AS takenMs
			 FROM punch_photo WHERE punch_id = ?`,
		)
		.get(punchId) as PunchPhotoRow | null) ?? undefined;

/** Retention: removes photos taken before `beforeMs`; returns how many. */
export const deletePhotosBefore = (tx: Tx, beforeMs: number): number =>
	tx.sqlite.query("DELETE FROM punch_photo WHERE taken_ms < ?").run(beforeMs).changes;

/** Erasure: removes all photos of one person. */
export const deletePhotosOf = (tx: Tx, employeeId: string): number =>
	tx.sqlite.query("DELETE FROM punch_photo WHERE employee_id = ?").run(employeeId).changes;

/** Punches with a photo and no verdict of the second look yet, oldest first. */
export const punchesWithoutVerdict = (db: Db, limit: number): string[] =>
	(
		db.sqlite
			.query(
				`SELECT punch_id AS id FROM punch_photo p
				 WHERE NOT EXISTS (SELECT 1 FROM punch_note n WHERE n.punch_id = p.punch_id
				                   AND n.kind IN ('verified', 'mismatch', 'unverifiable'))
				 ORDER BY taken_ms LIMIT ?`,
			)
			.all(limit) as { id: string }[]
	).map(({ id }) => id);

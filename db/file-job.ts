/** Long work on an uploaded file: progress and the row-by-row report. The file itself is never stored. */
import { and, desc, eq, sql } from "drizzle-orm";
import { fileJob } from "./schema/access.ts";
import type { Db, Tx } from "./store.ts";

/** `Row` is one line of the report; each kind of job knows its own. */
export type FileJob<Row> = Omit<typeof fileJob.$inferSelect, "report"> & { readonly report: readonly Row[] };
export type FileJobState = FileJob<unknown>["state"];

export const fileJobById = <Row>(db: Db, id: string, kind: string): FileJob<Row> | undefined =>
	db.orm
		.select()
		.from(fileJob)
		.where(and(eq(fileJob.id, id), eq(fileJob.kind, kind)))
		.get() as FileJob<Row> | undefined;

/** The newest job of a kind. */
export const latestFileJob = <Row>(db: Db, kind: string): FileJob<Row> | undefined =>
	db.orm
		.select()
		.from(fileJob)
		.where(eq(fileJob.kind, kind))
		.orderBy(desc(fileJob.createdMs), desc(fileJob.id))
		.limit(1)
		.get() as FileJob<Row> | undefined;

/** The job of a kind that is under way; undefined when none is. */
export const runningFileJob = <Row>(db: Db, kind: string): FileJob<Row> | undefined =>
	db.orm
		.select()
		.from(fileJob)
		.where(and(eq(fileJob.kind, kind), sql`${fileJob.state} = 'running'`))
		.limit(1)
		.get() as FileJob<Row> | undefined;

/** A piece of what an import has still to write, as JSON of its own shape. */
export const putImportPiece = (tx: Tx, jobId: string, piece: number, steps: string): void =>
	void tx.sqlite
		.query("INSERT INTO import_piece (job_id, piece, steps) VALUES (?, ?, ?)")
		.run(jobId, piece, steps);

export interface ImportPiece {
	readonly piece: number;
	readonly steps: string;
}

/** The first piece that is still to be written; undefined when all are. */
export const nextImportPiece = (db: Db, jobId: string): ImportPiece | undefined =>
	(db.sqlite
		.query("SELECT piece, steps FROM import_piece WHERE job_id = ? ORDER BY piece LIMIT 1")
		.get(jobId) as ImportPiece | null) ?? undefined;

export const deleteImportPiece = (tx: Tx, jobId: string, piece: number): void =>
	void tx.sqlite.query("DELETE FROM import_piece WHERE job_id = ? AND piece = ?").run(jobId, piece);

export const deleteImportPieces = (tx: Tx, jobId: string): void =>
	void tx.sqlite.query("DELETE FROM import_piece WHERE job_id = ?").run(jobId);

export function insertFileJob(tx: Tx, row: FileJob<unknown>): void {
	tx.orm.insert(fileJob).values(row).run();
}

export function updateFileJob(
	tx: Tx,
	id: string,
	set: Partial<Pick<FileJob<unknown>, "state" | "done" | "total" | "report" | "endedMs">>,
): void {
	tx.orm.update(fileJob).set(set).where(eq(fileJob.id, id)).run();
}

/** Jobs that a stop of the box cut short; returns how many. */
export const failRunningJobs = (tx: Tx, kind: string, nowMs: number): number =>
	tx.sqlite
		.query("UPDATE file_job SET state = 'failed', ended_ms = ? WHERE kind = ? AND state = 'running'")
		.run(nowMs, kind).changes;

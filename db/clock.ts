/** Jumps of the wall clock, each sealed by a ledger leaf. */
import type { Db, Tx } from "./store.ts";

export interface ClockEventRow {
	readonly seq: number;
	readonly atMs: number;
	/** How far the wall clock moved against the monotonic one. */
	readonly deltaMs: number;
	/** When the time was confirmed or came back; null while punches are marked. */
	readonly settledMs: number | null;
}

export function insertClockEvent(tx: Tx, row: ClockEventRow): void {
	tx.sqlite
		.query("INSERT INTO clock_event (seq, at_ms, delta_ms, settled_ms) VALUES (?, ?, ?, ?)")
		.run(row.seq, row.atMs, row.deltaMs, row.settledMs);
}

export function settleClockEvents(tx: Tx, nowMs: number): void {
	tx.sqlite.query("UPDATE clock_event SET settled_ms = ? WHERE settled_ms IS NULL").run(nowMs);
}

/** Sum of the jumps nobody confirmed yet; 0 when the time is trusted. */
export const unsettledClockMs = (db: Db): number =>
	(
		db.sqlite
			.query("SELECT ifnull(sum(delta_ms), 0) AS sum FROM clock_event WHERE settled_ms IS NULL")
			.get() as {
			sum: number;
		}
	).sum;

/** The latest jumps, newest first. */
export const clockEvents = (db: Db, limit: number): ClockEventRow[] =>
	db.sqlite
		.query(
			`SELECT seq, at_ms AS atMs, delta_ms AS deltaMs, settled_ms AS settledMs
			 FROM clock_event ORDER BY seq DESC LIMIT ?`,
		)
		.all(limit) as ClockEventRow[];

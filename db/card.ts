/** Rows of cards. The card's text is never stored: a keyed fingerprint finds it, its last characters help people's eyes. */
import type { Db, Tx } from "./store.ts";

export interface Card {
	readonly id: string;
	readonly employeeId: string;
	/** 32 bytes; see `services/cards.ts`. */
	readonly lookup: Uint8Array;
	readonly tail: string;
	readonly addedMs: number;
	/** Null while in use. */
	readonly endedMs: number | null;
}

const COLUMNS = "id, employee_id AS employeeId, lookup, tail, added_ms AS addedMs, ended_ms AS endedMs";

export function cardById(db: Db, id: string): Card | null {
	return db.sqlite.query(`SELECT ${COLUMNS} FROM card WHERE id = ?`).get(id) as Card | null;
}

/** The card in use with this look-up value. */
export function cardInUse(db: Db, lookup: Uint8Array): Card | null {
	const sql = `SELECT ${COLUMNS} FROM card WHERE lookup = ? AND ended_ms IS NULL`;
	return db.sqlite.query(sql).get(lookup) as Card | null;
}

/** Cards in use first, then the ended ones, newest first. */
export function cardsOf(db: Db, employeeId: string): Card[] {
	const sql = `SELECT ${COLUMNS} FROM card WHERE employee_id = ? ORDER BY ended_ms IS NOT NULL, added_ms DESC`;
	return db.sqlite.query(sql).all(employeeId) as Card[];
}

export function insertCard(tx: Tx, row: Card): void {
	tx.sqlite
		.query("INSERT INTO card (id, employee_id, lookup, tail, added_ms, ended_ms) VALUES (?, ?, ?, ?, ?, ?)")
		.run(row.id, row.employeeId, row.lookup, row.tail, row.addedMs, row.endedMs);
}

export function endCardRow(tx: Tx, id: string, endedMs: number): void {
	tx.sqlite.query("UPDATE card SET ended_ms = ? WHERE id = ? AND ended_ms IS NULL").run(endedMs, id);
}

/** Rows of PINs: one peppered argon2id hash per person. */
import type { Db, Tx } from "./store.ts";

/** The stored hash; null when the person has no PIN. */
export function pinHash(db: Db, employeeId: string): string | null {
	const row = db.sqlite.query("SELECT hash FROM pin WHERE employee_id = ?").get(employeeId);
	return (row as { hash: string } | null)?.hash ?? null;
}

/** When the PIN was last set; null when the person has none. */
export function pinSetMs(db: Db, employeeId: string): number | null {
	const row = db.sqlite.query("SELECT set_ms AS setMs FROM pin WHERE employee_id = ?").get(employeeId);
	return (row as { setMs: number } | null)?.setMs ?? null;
}

export function writePin(tx: Tx, employeeId: string, hash: string, setMs: number): void {
	tx.sqlite
		.query(
			`INSERT INTO pin (employee_id, hash, set_ms) VALUES (?, ?, ?)
			 ON CONFLICT (employee_id) DO UPDATE SET hash = excluded.hash, set_ms = excluded.set_ms`,
		)
		.run(employeeId, hash, setMs);
}

/** Returns true when there was one. */
export function deletePin(tx: Tx, employeeId: string): boolean {
	return tx.sqlite.query("DELETE FROM pin WHERE employee_id = ?").run(employeeId).changes > 0;
}

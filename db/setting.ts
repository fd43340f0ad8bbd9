/** Settings of the site: one JSON value per key. Each key's shape is declared where it is used. */
import type { Db, Tx } from "./store.ts";

/** The stored value, or undefined. The caller knows the shape: only this program writes settings. */
export function readSetting<T>(db: Db, key: string): T | undefined {
	const row = db.sqlite.query("SELECT value FROM setting WHERE key = ?").get(key) as { value: string } | null;
	return row ? (JSON.parse(row.value) as T) : undefined;
}

export function writeSetting(tx: Tx, key: string, value: unknown, nowMs: number): void {
	tx.sqlite
		.query(
			`INSERT INTO setting (key, value, changed_ms) VALUES (?, ?, ?)
			 ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_ms = excluded.changed_ms`,
		)
		.run(key, JSON.stringify(value), nowMs);
}

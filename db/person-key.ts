/**
 * Wrapped keys of people, in a file of their own (`keys/people.db`): a copy of the main database alone can never bring back
 * a face whose key was destroyed. Rollback journal and FULL sync: a key is on disk before anything is sealed with it.
 */
import { Database } from "bun:sqlite";

export interface PersonKeys {
	/** The wrapped key, or undefined when it never was or has been destroyed. */
	read(personId: string): Uint8Array | undefined;
	/** Durable when it returns. */
	write(personId: string, wrapped: Uint8Array): void;
	/** Overwrites and removes; durable when it returns. */
	destroy(personId: string): void;
	close(): void;
}

export function openPersonKeys(path: string): PersonKeys {
	const sqlite = new Database(path, { create: true, strict: true });
	for (const pragma of ["journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"])
		sqlite.run(`PRAGMA ${pragma}`);
	sqlite.run(
		"CREATE TABLE IF NOT EXISTS person_key (person_id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID",
	);
	return {
		read(personId) {
			const row = sqlite.query("SELECT wrapped FROM person_key WHERE person_id = ?").get(personId);
			return (row as { wrapped: Uint8Array } | null)?.wrapped;
		},
		write(personId, wrapped) {
			sqlite.query("INSERT INTO person_key (person_id, wrapped) VALUES (?, ?)").run(personId, wrapped);
		},
		destroy(personId) {
			sqlite.query("DELETE FROM person_key WHERE person_id = ?").run(personId);
		},
		close: () => sqlite.close(),
	};
}

/** A database opened for reading beside a running box. One snapshot: what is written meanwhile does not show. */
import { Database } from "bun:sqlite";
import { drizzle } from "drizzle-orm/bun-sqlite";
import { userVersion } from "./migrate.ts";
import type { Db } from "./store.ts";

/** Runs `read` on a consistent snapshot. Throws when there is no database. */
export function readSnapshot<T>(path: string, read: (db: Db) => T): T {
	const sqlite = new Database(path, { readonly: true, strict: true });
	// The last connection to close holds the file for a moment.
	sqlite.run("PRAGMA busy_timeout = 5000");
	sqlite.run("BEGIN");
	try {
		return read({ sqlite, orm: drizzle(sqlite) });
	} finally {
		sqlite.close();
	}
}

/** Schema of the file; 0 for a blank one. */
export const schemaOf = ({ sqlite }: Db): number => userVersion(sqlite);

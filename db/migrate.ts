/** Brings a database file to this program's schema, one transaction per step, with a copy kept before any change. */
import type { Database } from "bun:sqlite";
import { renameSync, rmSync } from "node:fs";
import init from "./migrations/0001_init.sql" with { type: "text" };

/** In order; the position (from 1) is the `user_version` after the step. Only ever append. */
const MIGRATIONS: readonly string[] = [init];

/** The schema this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** The file was written by a newer program; this one must not touch it. */
export class NewerSchemaError extends Error {
	constructor(readonly found: number) {
		super(`database schema ${found} is newer than this program's ${SCHEMA_VERSION}`);
	}
}

/**
 * Runs the missing steps. Throws `NewerSchemaError` for a newer file.
 * An existing file is copied to `<path>.before-v<N>` first (`VACUUM INTO`, since `cp` of a live WAL database loses rows).
 */
export function migrate(sqlite: Database, path: string, steps: readonly string[] = MIGRATIONS): void {
	const found = userVersion(sqlite);
	const wanted = steps.length;
	if (found > wanted) throw new NewerSchemaError(found);
	if (found === wanted) return;
	if (found > 0 && path !== ":memory:") keepCopy(sqlite, `${path}.before-v${wanted}`);
	for (let version = found; version < wanted; version++) {
		sqlite.transaction(() => {
			sqlite.run(steps[version]!);
			sqlite.run(`PRAGMA user_version = ${version + 1}`);
		})();
	}
}

/** Under another name first: what a power cut leaves behind must neither pass for a copy nor stop the next start. */
function keepCopy(sqlite: Database, path: string): void {
	rmSync(`${path}.new`, { force: true });
	sqlite.query("VACUUM INTO ?").run(`${path}.new`);
	renameSync(`${path}.new`, path);
}

/** Schema of the open file; 0 for a blank one. */
export const userVersion = (sqlite: Database): number =>
	(sqlite.query("PRAGMA user_version").get() as { user_version: number }).user_version;

/** One process per data folder: an exclusive SQLite lock on a file of its own, which the kernel drops when the process dies. */
import { Database } from "bun:sqlite";

export interface ProcessLock {
	release(): void;
}

/** The lock, or undefined when another process holds it. Answers at once. */
export function takeProcessLock(path: string): ProcessLock | undefined {
	const sqlite = new Database(path, { create: true, strict: true });
	try {
		sqlite.run("PRAGMA busy_timeout = 0");
		sqlite.run("PRAGMA journal_mode = DELETE");
		sqlite.run("BEGIN EXCLUSIVE");
		return { release: () => sqlite.close() };
	} catch {
		sqlite.close();
		return undefined;
	}
}

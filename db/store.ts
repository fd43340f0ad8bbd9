/**
 * The one SQLite file: pragmas read back at opening, and group commit.
 * Writers hand a function to `commit`; all that wait at the same moment share one transaction and one fsync.
 */
import { Database } from "bun:sqlite";
import { type BunSQLiteDatabase, drizzle } from "drizzle-orm/bun-sqlite";
import { migrate } from "./migrate.ts";

/** What reads get. Drizzle for typed queries, `sqlite.query` (cached statements) where speed counts. */
export interface Db {
	readonly orm: BunSQLiteDatabase;
	readonly sqlite: Database;
}

/** What writes get: only `commit` hands one out, so a write outside a transaction does not compile. */
export interface Tx extends Db {
	readonly writing: true;
}

export interface Store extends Db {
	/**
	 * Runs `work` inside the next transaction and resolves with its value after the durable commit.
	 * Rejects with what `work` threw (only its own changes are undone) or with the commit's failure (nothing of the batch is stored).
	 * `work` must be synchronous and may run twice, so it changes nothing but the database.
	 */
	commit<T>(work: (tx: Tx) => T): Promise<T>;
	/** Called once at the end of each transaction that changed something, inside it. */
	beforeCommit(hook: (tx: Tx) => void): void;
	/** Called after each durable commit, before anybody who waits for it hears of it. Must not throw. */
	afterCommit(hook: () => void): void;
	/** Resolves when everything handed over so far is stored or refused. */
	settled(): Promise<void>;
	close(): void;
}

export interface StoreOptions {
	/** File path, or `:memory:` for tests. */
	readonly path: string;
	/** Frees space for a second try when the disk is full; false when there is nothing to free. */
	readonly releaseBallast?: () => boolean;
	/** A write failed in a way that leaves the file handle untrustworthy (EIO, a page that makes no sense): the process should end. */
	readonly onBrokenDisk?: (error: Error) => void;
}

/** Bun keeps 20 prepared statements by default and prepares the rest anew each time, which made up half of a punch. */
Database.MAX_QUERY_CACHE_SIZE = 1_000;

/** At most this many writes share a transaction, so one slow batch cannot starve the rest. */
const BATCH_LIMIT = 256;

interface Job {
	readonly work: (tx: Tx) => unknown;
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: unknown) => void;
}
type Outcome = {
	readonly job: Job;
	readonly value?: unknown;
	readonly error?: unknown;
	readonly ok: boolean;
};

/** Opens, migrates and checks the database. Throws when a pragma does not hold or the schema is newer than this program. */
export function openStore(options: StoreOptions): Store {
	const sqlite = new Database(options.path, { create: true, strict: true });
	try {
		setPragmas(sqlite, options.path === ":memory:");
		migrate(sqlite, options.path);
	} catch (error) {
		sqlite.close();
		throw error;
	}
	const db: Tx = { sqlite, orm: drizzle(sqlite), writing: true };
	return makeStore(db, options);
}

function makeStore(db: Tx, options: StoreOptions): Store {
	let queue: Job[] = [];
	let scheduled: Promise<void> | undefined;
	const hooks: ((tx: Tx) => void)[] = [];
	const after: (() => void)[] = [];
	const flush = async (): Promise<void> => {
		await new Promise((resume) => setImmediate(resume));
		scheduled = undefined;
		const batch = queue.slice(0, BATCH_LIMIT);
		queue = queue.slice(BATCH_LIMIT);
		if (queue.length > 0) scheduled = flush();
		settle(batch, () => runBatch(db, batch, hooks), after, options);
	};
	return {
		...db,
		commit<T>(work: (tx: Tx) => T): Promise<T> {
			return new Promise<T>((resolve, reject) => {
				queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
				scheduled ??= flush();
			});
		},
		beforeCommit: (hook) => void hooks.push(hook),
		afterCommit: (hook) => void after.push(hook),
		async settled() {
			while (scheduled) await scheduled;
		},
		close() {
			db.sqlite.run("PRAGMA wal_checkpoint(TRUNCATE)");
			db.sqlite.close();
		},
	};
}

function settle(
	batch: readonly Job[],
	run: () => Outcome[],
	after: readonly (() => void)[],
	options: StoreOptions,
): void {
	try {
		const outcomes = runOrFree(run, options);
		for (const hook of after) hook();
		for (const outcome of outcomes) {
			if (outcome.ok) outcome.job.resolve(outcome.value);
			else outcome.job.reject(outcome.error);
		}
	} catch (error) {
		for (const job of batch) job.reject(error);
		if (isBrokenDisk(error)) options.onBrokenDisk?.(error as Error);
	}
}

function runOrFree(run: () => Outcome[], options: StoreOptions): Outcome[] {
	try {
		return run();
	} catch (error) {
		if (isDiskFull(error) && options.releaseBallast?.()) return run();
		throw error;
	}
}

function runBatch(db: Tx, batch: readonly Job[], hooks: readonly ((tx: Tx) => void)[]): Outcome[] {
	const { sqlite } = db;
	sqlite.query("BEGIN IMMEDIATE").run();
	try {
		const before = totalChanges(sqlite);
		const outcomes = batch.map((job) => runJob(db, job));
		if (totalChanges(sqlite) !== before) for (const hook of hooks) hook(db);
		sqlite.query("COMMIT").run();
		return outcomes;
	} catch (error) {
		rollBack(sqlite);
		throw error;
	}
}

/** A failing disk fails the rollback too; what went wrong first is the error to tell. */
function rollBack(sqlite: Database): void {
	try {
		if (sqlite.inTransaction) sqlite.query("ROLLBACK").run();
	} catch {
		// Nothing was committed either way.
	}
}

function runJob(db: Tx, job: Job): Outcome {
	const { sqlite } = db;
	sqlite.query("SAVEPOINT job").run();
	try {
		const value = job.work(db);
		sqlite.query("RELEASE job").run();
		return { job, ok: true, value };
	} catch (error) {
		if (isStorageFault(error) || !sqlite.inTransaction) throw error;
		sqlite.query("ROLLBACK TO job").run();
		sqlite.query("RELEASE job").run();
		return { job, ok: false, error };
	}
}

const totalChanges = (sqlite: Database): number =>
	(sqlite.query("SELECT total_changes() AS n").get() as { n: number }).n;

const sqliteCode = (error: unknown): string =>
	error instanceof Error && "code" in error ? String(error.code) : "";

/** True when SQLite reports that the disk is full. */
export const isDiskFull = (error: unknown): boolean => sqliteCode(error) === "SQLITE_FULL";

const isBrokenDisk = (error: unknown): boolean => /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(sqliteCode(error));

/** The store failed, not the job: nothing of the batch may be acknowledged. */
const isStorageFault = (error: unknown): boolean =>
	isDiskFull(error) || isBrokenDisk(error) || /^SQLITE_(CANTOPEN|READONLY|NOMEM)/.test(sqliteCode(error));

/** Name → value that must read back; a mismatch stops the start (TRUST bar 4). */
const PRAGMAS: readonly (readonly [string, string | number, boolean])[] = [
	["journal_mode", "wal", true],
	["synchronous", 2, false],
	["secure_delete", 1, false],
	["foreign_keys", 1, false],
	["recursive_triggers", 1, false],
	["trusted_schema", 0, false],
];

/**
 * A year of a shop of 500 keeps its busy pages in 32 MiB; the default 2 MB reads them from the file again with every punch.
 * Carrying the WAL home every 16 MiB instead of 4 does it a quarter as often, and most pages in it are the same ones again.
 */
const TUNING = ["cache_size = -32768", "journal_size_limit = 67108864", "wal_autocheckpoint = 4000"];

function setPragmas(sqlite: Database, inMemory: boolean): void {
	sqlite.run("PRAGMA busy_timeout = 5000");
	for (const [name, wanted, fileOnly] of PRAGMAS) {
		if (inMemory && fileOnly) continue;
		sqlite.run(`PRAGMA ${name} = ${wanted}`);
		const row = sqlite.query(`PRAGMA ${name}`).get() as Record<string, string | number>;
		const got = Object.values(row)[0];
		if (got !== wanted) throw new Error(`PRAGMA ${name} is ${got}, must be ${wanted}`);
	}
	for (const setting of TUNING) sqlite.run(`PRAGMA ${setting}`);
}

/** Failed tries per subject, kept across restarts. How long to wait is the service's business. */
import { eq, lt } from "drizzle-orm";
import { throttle } from "./schema/access.ts";
import type { Db, Tx } from "./store.ts";

export interface ThrottleRow {
	/** What is limited, as `login|<account>|<address>`. */
	readonly subject: string;
	readonly fails: number;
	readonly untilMs: number;
	readonly changedMs: number;
}

export const readThrottle = (db: Db, subject: string): ThrottleRow | undefined =>
	db.orm.select().from(throttle).where(eq(throttle.subject, subject)).get();

export const writeThrottle = (tx: Tx, row: ThrottleRow): void =>
	void tx.orm.insert(throttle).values(row).onConflictDoUpdate({ target: throttle.subject, set: row }).run();

export const clearThrottle = (tx: Tx, subject: string): void =>
	void tx.orm.delete(throttle).where(eq(throttle.subject, subject)).run();

/** Forgets subjects that have been quiet since before `changedMs`. */
export const forgetThrottles = (tx: Tx, changedMs: number): void =>
	void tx.orm.delete(throttle).where(lt(throttle.changedMs, changedMs)).run();

/** Signed-in sessions by the SHA-256 of their token. Ages and limits are the service's business. */
import { and, desc, eq, lt, ne, or } from "drizzle-orm";
import { session } from "./schema/access.ts";
import type { Db, Tx } from "./store.ts";

export interface SessionRow {
	readonly tokenHash: Uint8Array;
	readonly accountId: string;
	readonly createdMs: number;
	/** Last request, to the minute. */
	readonly usedMs: number;
	/** Last time the second factor was shown. */
	readonly provedMs: number;
	readonly address: string;
	readonly agent: string;
}

const is = (hash: Uint8Array) => eq(session.tokenHash, Buffer.from(hash));

export const findSession = (db: Db, tokenHash: Uint8Array): SessionRow | undefined =>
	db.orm.select().from(session).where(is(tokenHash)).get();

/** Latest first. */
export const listSessions = (db: Db, accountId: string): SessionRow[] =>
	db.orm.select().from(session).where(eq(session.accountId, accountId)).orderBy(desc(session.usedMs)).all();

export const insertSession = (tx: Tx, row: SessionRow): void =>
	void tx.orm
		.insert(session)
		.values({ ...row, tokenHash: Buffer.from(row.tokenHash) })
		.run();

export const touchSession = (tx: Tx, tokenHash: Uint8Array, usedMs: number): void =>
	void tx.orm.update(session).set({ usedMs }).where(is(tokenHash)).run();

export const deleteSession = (tx: Tx, tokenHash: Uint8Array): void =>
	void tx.orm.delete(session).where(is(tokenHash)).run();

/** Ends the account's sessions; `except` stays. */
export const deleteSessionsOf = (tx: Tx, accountId: string, except?: Uint8Array): void =>
	void tx.orm
		.delete(session)
		.where(
			and(eq(session.accountId, accountId), except ? ne(session.tokenHash, Buffer.from(except)) : undefined),
		)
		.run();

/** Clears what neither limit allows any more. */
export const deleteOldSessions = (tx: Tx, usedBeforeMs: number, createdBeforeMs: number): void =>
	void tx.orm
		.delete(session)
		.where(or(lt(session.usedMs, usedBeforeMs), lt(session.createdMs, createdBeforeMs)))
		.run();

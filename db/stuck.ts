/** Punches a kiosk could not hand in: what an owner ordered, and what was set aside in the box. */
import { and, asc, count, eq } from "drizzle-orm";
import { setAside, stuckOrder } from "./schema/punch.ts";
import type { Db, Tx } from "./store.ts";

export type StuckOrderRow = typeof stuckOrder.$inferSelect;
export type SetAsideRow = typeof setAside.$inferSelect;

export const stuckOrderOf = (db: Db, kioskId: string): StuckOrderRow | undefined =>
	db.orm.select().from(stuckOrder).where(eq(stuckOrder.kioskId, kioskId)).get();

/** The newest order counts. */
export function putStuckOrder(tx: Tx, row: StuckOrderRow): void {
	tx.orm.insert(stuckOrder).values(row).onConflictDoUpdate({ target: stuckOrder.kioskId, set: row }).run();
}

export function endStuckOrder(tx: Tx, kioskId: string): void {
	tx.orm.delete(stuckOrder).where(eq(stuckOrder.kioskId, kioskId)).run();
}

/** Oldest first, without the sealed text. */
export const listSetAside = (db: Db, kioskId: string): Omit<SetAsideRow, "sealed" | "kioskId">[] => {
	const { id, code, madeMs, receivedMs, seq } = setAside;
	const columns = { id, code, madeMs, receivedMs, seq };
	const of = eq(setAside.kioskId, kioskId);
	return db.orm.select(columns).from(setAside).where(of).orderBy(asc(setAside.madeMs)).all();
};

export const countSetAside = (db: Db, kioskId: string): number =>
	db.orm.select({ n: count() }).from(setAside).where(eq(setAside.kioskId, kioskId)).get()!.n;

export const setAsideById = (db: Db, kioskId: string, id: string): SetAsideRow | undefined =>
	db.orm
		.select()
		.from(setAside)
		.where(and(eq(setAside.kioskId, kioskId), eq(setAside.id, id)))
		.get();

export function insertSetAside(tx: Tx, row: SetAsideRow): void {
	tx.orm.insert(setAside).values(row).run();
}

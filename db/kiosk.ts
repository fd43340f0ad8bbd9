/** Kiosks and the one-time codes that pair them. */
import { and, asc, desc, eq, gt, isNull, lt } from "drizzle-orm";
import { kiosk, pairingCode } from "./schema/punch.ts";
import type { Db, Tx } from "./store.ts";

export type KioskStatus = "pending" | "active" | "suspended" | "revoked";
export type KioskRow = Omit<typeof kiosk.$inferSelect, "health"> & { readonly health: KioskHealth };

/** What the kiosk last said of itself. */
export interface KioskHealth {
	readonly camera?: string;
	readonly queued?: number;
	readonly oldestQueuedMs?: number;
	/** Punches it keeps that the box refuses for good, by reason. */
	readonly stuck?: readonly { readonly code: string; readonly count: number; readonly oldestMs: number }[];
	/** Kiosk clock minus box clock. */
	readonly driftMs?: number;
	readonly version?: string;
	readonly backend?: string;
	readonly frameMs?: number;
	readonly address?: string;
}

export const kioskById = (db: Db, id: string): KioskRow | undefined =>
	db.orm.select().from(kiosk).where(eq(kiosk.id, id)).get() as KioskRow | undefined;

export const listKiosks = (db: Db): KioskRow[] =>
	db.orm.select().from(kiosk).orderBy(asc(kiosk.status), desc(kiosk.createdMs)).all() as KioskRow[];

export function insertKiosk(tx: Tx, row: typeof kiosk.$inferInsert): void {
	tx.orm.insert(kiosk).values(row).run();
}

export function decideKiosk(tx: Tx, id: string, status: KioskStatus, by: string, nowMs: number): void {
	tx.orm.update(kiosk).set({ status, decidedBy: by, decidedMs: nowMs }).where(eq(kiosk.id, id)).run();
}

export function renameKiosk(
	tx: Tx,
	id: string,
	set: Partial<Pick<KioskRow, "name" | "place" | "direction" | "passing">>,
): void {
	tx.orm.update(kiosk).set(set).where(eq(kiosk.id, id)).run();
}

/** Remembers the highest counter a kiosk has used; on the punch path. */
export function raiseCounter(tx: Tx, id: string, counter: number): void {
	tx.sqlite.query("UPDATE kiosk SET counter = max(counter, ?) WHERE id = ?").run(counter, id);
}

export function noteHealth(tx: Tx, id: string, health: KioskHealth, nowMs: number): void {
	tx.orm.update(kiosk).set({ health, seenMs: nowMs }).where(eq(kiosk.id, id)).run();
}

/** First time this kiosk reported a working camera. */
export function noteCameraProved(tx: Tx, id: string, nowMs: number): void {
	tx.orm
		.update(kiosk)
		.set({ cameraProvedMs: nowMs })
		.where(and(eq(kiosk.id, id), isNull(kiosk.cameraProvedMs)))
		.run();
}

export type PairingCodeRow = typeof pairingCode.$inferSelect;

export function insertPairingCode(tx: Tx, row: typeof pairingCode.$inferInsert): void {
	tx.orm.insert(pairingCode).values(row).run();
}

/** An unused code that has not expired. */
export const pairingCodeByHash = (db: Db, hash: Uint8Array, nowMs: number): PairingCodeRow | undefined =>
	db.orm
		.select()
		.from(pairingCode)
		.where(
			and(
				eq(pairingCode.hash, Buffer.from(hash)),
				isNull(pairingCode.usedMs),
				gt(pairingCode.expiresMs, nowMs),
			),
		)
		.get();

export function usePairingCode(tx: Tx, hash: Uint8Array, nowMs: number): void {
	tx.orm
		.update(pairingCode)
		.set({ usedMs: nowMs })
		.where(eq(pairingCode.hash, Buffer.from(hash)))
		.run();
}

/** Forgets codes that ended before `beforeMs`. */
export function deleteOldPairingCodes(tx: Tx, beforeMs: number): void {
	tx.orm.delete(pairingCode).where(lt(pairingCode.expiresMs, beforeMs)).run();
}

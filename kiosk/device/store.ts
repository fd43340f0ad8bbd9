/**
 * The kiosk's own IndexedDB: its key pair, its request counter, the last settings from the box and the sealed queue.
 * Never holds a name, a face, a card or a PIN in clear.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { HelloReply } from "../../server/protocol/kiosk.ts";

export interface StoredIdentity {
	readonly keys: CryptoKeyPair;
	/** SPKI, base64url. */
	readonly publicKey: string;
	/** Present once the box has answered the pairing request. */
	readonly kioskId?: string;
}

export interface StoredEntry {
	readonly id: string;
	readonly sealed: string;
	readonly madeMs: number;
	/** Set when the box refused the entry itself; it then waits for an admin instead of blocking the others. */
	readonly stuckCode?: string;
}

interface KioskSchema extends DBSchema {
	single: { key: string; value: StoredIdentity | HelloReply | number };
	queue: { key: number; value: StoredEntry };
}

export type KioskDb = IDBPDatabase<KioskSchema>;

/** Opens (and if needed creates) the database; rejects where the browser denies storage. */
export function openKioskDb(name = "dianmao-kiosk"): Promise<KioskDb> {
	return openDB<KioskSchema>(name, 1, {
		upgrade(db) {
			db.createObjectStore("single");
			db.createObjectStore("queue", { autoIncrement: true });
		},
	});
}

/** Asks the browser not to evict the database; false is common and only means a higher risk. */
export async function askToPersist(): Promise<boolean> {
	return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}

export const readSettings = async (db: KioskDb): Promise<HelloReply | undefined> =>
	(await db.get("single", "settings")) as HelloReply | undefined;

export const writeSettings = async (db: KioskDb, settings: HelloReply): Promise<void> => {
	await db.put("single", settings, "settings");
};

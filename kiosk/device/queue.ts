/**
 * The write-ahead queue: every punch is sealed and on disk before it is sent, and leaves only after a definite answer.
 * Drains in the order of making, with the same ids, so a retry can never become a second punch.
 */
import type { PunchRequest, QueuedPunch } from "../../server/protocol/kiosk.ts";
import type { StuckGroup, StuckOrder } from "../../server/protocol/stuck.ts";
import type { BoxClock } from "./box-clock.ts";
import { type DrainOutcome, sendWaiting, type WaitingEntry } from "./queue-drain.ts";
import { handOverStuck, retryStuck, stuckGroups } from "./queue-stuck.ts";
import { importBoxKey, seal } from "./seal.ts";
import type { SignedFetch } from "./signed-fetch.ts";
import type { KioskDb } from "./store.ts";

export interface QueueStats {
	readonly count: number;
	/** Epoch ms of the oldest entry. */
	readonly oldestMs?: number;
	/** Entries the box refused for good. */
	readonly stuck: number;
	readonly stuckGroups?: readonly StuckGroup[];
	/** Epoch ms of the oldest entry that is not stuck. */
	readonly oldestWaitingMs?: number;
	/** The last write failed: punches still go out live but would not survive a crash. */
	readonly storageFailed: boolean;
}

/** `kept: false` when the disk refused; the punch may still be sent live. */
export interface Ticket {
	readonly id: string;
	readonly key?: number;
	readonly kept: boolean;
}

export interface Queue {
	put(request: PunchRequest): Promise<Ticket>;
	/** The box gave a definite answer: the entry may go. */
	settle(ticket: Ticket): Promise<void>;
	/** No definite answer: leaves the entry for the drain. */
	release(ticket: Ticket): void;
	/** Sends the oldest waiting entries once. */
	drain(): Promise<DrainOutcome>;
	stats(): Promise<QueueStats>;
	/** Carries out an owner's order about stuck entries; true when nothing of it is left to do. */
	obey(order: StuckOrder): Promise<boolean>;
	/** Seals to this key from now on (the box may have been restored with another). */
	useBoxKey(spki: string): Promise<void>;
}

export interface QueueDeps {
	readonly db: KioskDb | undefined;
	readonly clock: BoxClock;
	readonly signed: () => SignedFetch | undefined;
	readonly onChange: () => void;
}

export function makeQueue({ db, clock, signed, onChange }: QueueDeps): Queue {
	const inFlight = new Set<string>();
	let boxKey: CryptoKey | undefined;
	let storageFailed = db === undefined;

	async function put(request: PunchRequest): Promise<Ticket> {
		inFlight.add(request.id);
		try {
			const key = await write(db, boxKey, { request, ...clock.evidence() });
			storageFailed = false;
			return { id: request.id, key, kept: true };
		} catch {
			storageFailed = true;
			return { id: request.id, kept: false };
		} finally {
			onChange();
		}
	}

	async function settle(ticket: Ticket): Promise<void> {
		if (ticket.key !== undefined) await db?.delete("queue", ticket.key);
		inFlight.delete(ticket.id);
		onChange();
	}

	return {
		put,
		settle,
		async drain() {
			const waiting = (await readEntries(db)).filter(([, e]) => !e.stuckCode && !inFlight.has(e.id));
			const send = signed();
			if (!db || !send || waiting.length === 0) return "empty";
			const outcome = await sendWaiting(db, send, waiting);
			onChange();
			return outcome;
		},
		release(ticket) {
			inFlight.delete(ticket.id);
			onChange();
		},
		obey: (order) => obeyOrder(db, signed(), order).finally(onChange),
		stats: async () => ({ ...(await countEntries(db)), storageFailed }),
		async useBoxKey(spki) {
			boxKey = await importBoxKey(spki);
		},
	};
}

async function obeyOrder(
	db: KioskDb | undefined,
	send: SignedFetch | undefined,
	{ what }: StuckOrder,
): Promise<boolean> {
	if (!db || !send) return false;
	const stuck = (await readEntries(db)).filter(([, entry]) => entry.stuckCode);
	if (what === "hand_over") return handOverStuck(db, send, stuck);
	await retryStuck(db, stuck);
	return true;
}

async function countEntries(db: KioskDb | undefined): Promise<Omit<QueueStats, "storageFailed">> {
	const entries = (await readEntries(db)).map(([, entry]) => entry);
	const waiting = entries.filter((entry) => !entry.stuckCode);
	return {
		count: entries.length,
		oldestMs: entries[0]?.madeMs,
		stuck: entries.length - waiting.length,
		stuckGroups: stuckGroups(entries),
		oldestWaitingMs: waiting[0]?.madeMs,
	};
}

/** Seals and stores; resolves when the entry is on disk. */
async function write(
	db: KioskDb | undefined,
	boxKey: CryptoKey | undefined,
	queued: QueuedPunch,
): Promise<number> {
	if (!db || !boxKey) throw new Error("no storage or no box key");
	const { id, atMs } = queued.request;
	const entry = { id, sealed: await seal(boxKey, queued), madeMs: atMs };
	const tx = db.transaction("queue", "readwrite", { durability: "strict" });
	const [key] = await Promise.all([tx.store.add(entry), tx.done]);
	return key;
}

/** All entries with their keys, oldest first; an unreadable store reads as empty. */
async function readEntries(db: KioskDb | undefined): Promise<WaitingEntry[]> {
	if (!db) return [];
	const [keys, values] = await Promise.all([db.getAllKeys("queue"), db.getAll("queue")]);
	return keys.map((key, index) => [key, values[index]!]);
}

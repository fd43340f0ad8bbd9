/**
 * The write-ahead queue: every punch is sealed and on disk before it is sent, and leaves only after a definite answer.
 * Drains in the order of making, with the same ids, so a retry can never become a second punch.
 */
import {
	type DrainReply,
	KIOSK_ROUTES,
	type PunchRequest,
	type QueuedPunch,
} from "../../server/protocol/kiosk.ts";
import type { BoxClock } from "./box-clock.ts";
import { importBoxKey, seal } from "./seal.ts";
import type { SignedFetch } from "./signed-fetch.ts";
import type { KioskDb, StoredEntry } from "./store.ts";

export interface QueueStats {
	readonly count: number;
	/** Epoch ms of the oldest waiting entry. */
	readonly oldestMs?: number;
	/** Entries the box refused to read. */
	readonly stuck: number;
	/** The last write failed: punches still go out live but would not survive a crash. */
	readonly storageFailed: boolean;
}

/** `kept: false` when the disk refused; the punch may still be sent live. */
export interface Ticket {
	readonly id: string;
	readonly key?: number;
	readonly kept: boolean;
}

export type DrainOutcome = "empty" | "more" | "offline" | { readonly waitSec: number };

export interface Queue {
	put(request: PunchRequest): Promise<Ticket>;
	/** The box gave a definite answer: the entry may go. */
	settle(ticket: Ticket): Promise<void>;
	/** No definite answer: leaves the entry for the drain. */
	release(ticket: Ticket): void;
	/** Sends the oldest waiting entries once. */
	drain(): Promise<DrainOutcome>;
	stats(): Promise<QueueStats>;
	/** Seals to this key from now on (the box may have been restored with another). */
	useBoxKey(spki: string): Promise<void>;
}

export interface QueueDeps {
	readonly db: KioskDb | undefined;
	readonly clock: BoxClock;
	readonly signed: () => SignedFetch | undefined;
	readonly onChange: () => void;
}

/** Entries per request; an evidence photo makes one about 100 kB. */
const BATCH = 5;
/** The box could not open the entry (its key was replaced): kept, since a punch is in there. */
const UNREADABLE = "kiosk.refused.queue_unreadable";
const DRAIN_TIMEOUT_MS = 120_000;

export function makeQueue({ db, clock, signed, onChange }: QueueDeps): Queue {
	const inFlight = new Set<string>();
	let boxKey: CryptoKey | undefined;
	let storageFailed = db === undefined;

	async function write(request: PunchRequest): Promise<number> {
		if (!db || !boxKey) throw new Error("no storage or no box key");
		const queued: QueuedPunch = { request, ...clock.evidence() };
		const entry = { id: request.id, sealed: await seal(boxKey, queued), madeMs: request.atMs };
		const tx = db.transaction("queue", "readwrite", { durability: "strict" });
		const [key] = await Promise.all([tx.store.add(entry), tx.done]);
		return key;
	}

	async function put(request: PunchRequest): Promise<Ticket> {
		inFlight.add(request.id);
		try {
			const key = await write(request);
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

	async function drain(): Promise<DrainOutcome> {
		const waiting = (await readEntries(db)).filter(([, e]) => !e.stuckCode && !inFlight.has(e.id));
		const batch = waiting.slice(0, BATCH);
		const send = signed();
		if (batch.length === 0 || !send) return "empty";
		const outcome = await sendBatch(send, batch);
		onChange();
		return outcome === "more" && waiting.length === batch.length ? "empty" : outcome;
	}

	async function sendBatch(send: SignedFetch, batch: [number, StoredEntry][]): Promise<DrainOutcome> {
		const entries = batch.map(([, { id, sealed }]) => ({ id, sealed }));
		const options = { timeoutMs: DRAIN_TIMEOUT_MS, urgent: false };
		const result = await send.call<DrainReply>(KIOSK_ROUTES.drain, { entries }, options);
		if (result.kind === "answer") return settleAnswered(batch, result.value);
		if (result.kind === "yielded") return "more";
		if (result.kind !== "refused" || [401, 403, 429].includes(result.status)) return "offline";
		if (batch.length > 1) return sendBatch(send, batch.slice(0, 1));
		await markStuck(batch[0]!, result.code);
		return "more";
	}

	async function settleAnswered(batch: [number, StoredEntry][], reply: DrainReply): Promise<DrainOutcome> {
		const replies = new Map(reply.results.map((result) => [result.id, result.reply]));
		let settled = 0;
		for (const [key, entry] of batch) {
			const answer = replies.get(entry.id);
			if (!answer) continue;
			if (answer.outcome === "refused" && answer.retryAfterSec) return { waitSec: answer.retryAfterSec };
			if (answer.outcome === "refused" && answer.code === UNREADABLE)
				await markStuck([key, entry], answer.code);
			else await db?.delete("queue", key);
			settled += 1;
		}
		return settled > 0 ? "more" : "offline";
	}

	async function markStuck([key, entry]: [number, StoredEntry], stuckCode: string): Promise<void> {
		await db?.put("queue", { ...entry, stuckCode }, key);
	}

	return {
		put,
		settle,
		drain,
		release(ticket) {
			inFlight.delete(ticket.id);
			onChange();
		},
		async stats() {
			const entries = (await readEntries(db)).map(([, entry]) => entry);
			return {
				count: entries.length,
				oldestMs: entries[0]?.madeMs,
				stuck: entries.filter((entry) => entry.stuckCode).length,
				storageFailed,
			};
		},
		async useBoxKey(spki) {
			boxKey = await importBoxKey(spki);
		},
	};
}

/** All entries with their keys, oldest first; an unreadable store reads as empty. */
async function readEntries(db: KioskDb | undefined): Promise<[number, StoredEntry][]> {
	if (!db) return [];
	const [keys, values] = await Promise.all([db.getAllKeys("queue"), db.getAll("queue")]);
	return keys.map((key, index) => [key, values[index]!]);
}

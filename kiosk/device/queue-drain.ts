/** Sends waiting queue entries in the order of making and deletes only what the box has definitely answered. */
import { type DrainReply, KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import type { SignedFetch } from "./signed-fetch.ts";
import type { KioskDb, StoredEntry } from "./store.ts";

/** An entry with its key in the store. */
export type WaitingEntry = readonly [key: number, entry: StoredEntry];

export type DrainOutcome = "empty" | "more" | "offline" | { readonly waitSec: number };

/** Entries per request; an evidence photo makes one about 100 kB. */
const BATCH = 5;
/** Five photos over 64 kbit/s take a minute. */
const DRAIN_TIMEOUT_MS = 120_000;
/** The box could not open the entry (its key was replaced): kept, since a punch is in there. */
const UNREADABLE = "kiosk.refused.queue_unreadable";

/** Sends the oldest of `waiting` once. A batch the box refuses as a whole is tried again entry by entry. */
export async function sendWaiting(
	db: KioskDb,
	send: SignedFetch,
	waiting: readonly WaitingEntry[],
	most = BATCH,
): Promise<DrainOutcome> {
	const batch = waiting.slice(0, most);
	const entries = batch.map(([, { id, sealed }]) => ({ id, sealed }));
	const options = { timeoutMs: DRAIN_TIMEOUT_MS, urgent: false };
	const result = await send.call<DrainReply>(KIOSK_ROUTES.drain, { entries }, options);
	if (result.kind === "answer") return settleAnswered(db, batch, result.value);
	if (result.kind === "yielded") return "more";
	if (result.kind !== "refused" || [401, 403, 429].includes(result.status)) return "offline";
	if (batch.length > 1) return sendWaiting(db, send, waiting, 1);
	await markStuck(db, batch[0]!, result.code);
	return "more";
}

async function settleAnswered(
	db: KioskDb,
	batch: readonly WaitingEntry[],
	reply: DrainReply,
): Promise<DrainOutcome> {
	const replies = new Map(reply.results.map((result) => [result.id, result.reply]));
	let settled = 0;
	for (const waiting of batch) {
		const { id } = waiting[1];
		if (reply.stopped?.id === id) return { waitSec: reply.stopped.retryAfterSec };
		const answer = replies.get(id);
		if (!answer) break;
		const refusal = answer.outcome === "refused" ? answer : undefined;
		if (refusal?.code === UNREADABLE) await markStuck(db, waiting, UNREADABLE);
		else await db.delete("queue", waiting[0]);
		settled += 1;
	}
	return settled > 0 ? "more" : "offline";
}

async function markStuck(db: KioskDb, [key, entry]: WaitingEntry, stuckCode: string): Promise<void> {
	await db.put("queue", { ...entry, stuckCode }, key);
}

/**
 * Entries that the box refuses for good: told with each report, sent once more or handed over when an owner orders it.
 * An entry leaves the kiosk only after the box named it as kept.
 */
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import type { SetAsideReply, StuckGroup } from "../../server/protocol/stuck.ts";
import type { WaitingEntry } from "./queue-drain.ts";
import type { SignedFetch } from "./signed-fetch.ts";
import type { KioskDb, StoredEntry } from "./store.ts";

/** One entry of the largest size over 64 kbit/s. */
const HAND_OVER_TIMEOUT_MS = 300_000;
const OPTIONS = { timeoutMs: HAND_OVER_TIMEOUT_MS, urgent: false };
/** Reasons told apart; the wire takes eight. */
const MOST_GROUPS = 8;

/** How many, since when and why, one group per reason; the commonest reasons when there are too many. */
export function stuckGroups(entries: readonly StoredEntry[]): StuckGroup[] {
	const groups = new Map<string, StuckGroup>();
	for (const { stuckCode: code, madeMs } of entries) {
		if (!code) continue;
		const { count = 0, oldestMs = madeMs } = groups.get(code) ?? {};
		groups.set(code, { code, count: count + 1, oldestMs: Math.min(oldestMs, madeMs) });
	}
	return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MOST_GROUPS);
}

/** Makes stuck entries wait again, as if they had never been refused. */
export async function retryStuck(db: Pick<KioskDb, "put">, stuck: readonly WaitingEntry[]): Promise<void> {
	for (const [key, { stuckCode: _, ...entry }] of stuck) await db.put("queue", entry, key);
}

/** Hands over one after the other; true when the box keeps them all. */
export async function handOverStuck(
	db: Pick<KioskDb, "delete">,
	send: SignedFetch,
	stuck: readonly WaitingEntry[],
): Promise<boolean> {
	let isAll = true;
	for (const [key, { id, sealed, madeMs, stuckCode: code = "" }] of stuck) {
		const body = { entries: [{ id, sealed, madeMs, code }] };
		const result = await send.call<SetAsideReply>(KIOSK_ROUTES.setAside, body, OPTIONS);
		if (result.kind === "answer" && result.value.kept.includes(id)) await db.delete("queue", key);
		else isAll = false;
	}
	return isAll;
}

/**
 * Takes in what a kiosk kept while the box was away: one after the other in the order of making, each entry once. An entry
 * that must wait stops the rest, since the direction of a punch follows from the ones before it.
 * A stamp that rests on the kiosk's own clock alone is marked. The kiosk forgets what is answered for good, so a refusal
 * leaves a line in the audit: somebody was told that the punch is kept.
 */
import { Value } from "@sinclair/typebox/value";
import { insertAudit } from "../../db/audit.ts";
import { employeeByNumber } from "../../db/employee.ts";
import type { ClockState } from "../../db/punch.ts";
import type { Store } from "../../db/store.ts";
import { type Clock, HOUR_MS, SECOND_MS } from "../base/units.ts";
import {
	type DrainReply,
	type DrainRequest,
	type PunchReply,
	type PunchRequest,
	QueuedPunch,
} from "../protocol/kiosk.ts";
import type { BoxKey } from "./box-key.ts";
import type { ProvedKiosk } from "./kiosk-auth.ts";
import type { Punching } from "./punching.ts";
import { makeTurns } from "./turns.ts";

export interface QueueDrainDeps {
	readonly store: Store;
	readonly punching: Punching;
	readonly boxKey: BoxKey;
	readonly clock: Clock;
}

export type DrainQueue = (proved: ProvedKiosk, request: DrainRequest) => Promise<DrainReply>;

/** A stamp this little in the future is rounding, not a wrong clock. */
const TOLERANCE_MS = 5 * SECOND_MS;
/** Longer than the longest outage a queue is meant for (72 h): such a stamp is not believed. */
const LONGEST_AWAY_MS = 100 * HOUR_MS;

/** Drains of one kiosk take turns: a repeat after a lost answer must not overtake the first. */
export function makeQueueDrain(deps: QueueDrainDeps): DrainQueue {
	const turns = makeTurns();
	return (proved, { entries }) => turns(proved.kiosk.id, () => takeInOrder(deps, proved, entries));
}

async function takeInOrder(
	deps: QueueDrainDeps,
	proved: ProvedKiosk,
	entries: DrainRequest["entries"],
): Promise<DrainReply> {
	const results: { id: string; reply: PunchReply }[] = [];
	for (const { id, sealed } of entries) {
		const reply = await takeIn(deps, proved, id, sealed);
		results.push({ id, reply });
		const retryAfterSec = reply.outcome === "refused" ? reply.retryAfterSec : undefined;
		if (retryAfterSec) return { results, stopped: { id, retryAfterSec } };
	}
	return { results };
}

async function takeIn(
	deps: QueueDrainDeps,
	proved: ProvedKiosk,
	id: string,
	sealed: string,
): Promise<PunchReply> {
	const opened = deps.boxKey.open(sealed);
	const entry = opened.ok ? parse(opened.value) : undefined;
	if (!entry || entry.request.id !== id)
		return { outcome: "refused", code: "kiosk.refused.queue_unreadable" };
	const when = reckon(entry, deps.clock.nowMs());
	const reply = await deps.punching.punchQueued(proved, entry.request, when);
	if (isLost(reply)) await noteLost(deps, proved.kiosk.id, entry.request, reply, when.atMs);
	return reply;
}

/** Neither stored nor to be asked again; a punch of somebody who has left is stored. */
const isLost = (reply: PunchReply): boolean =>
	reply.outcome !== "accepted" &&
	!(reply.outcome === "refused" && (reply.retryAfterSec || reply.code === "kiosk.refused.inactive"));

async function noteLost(
	{ store, clock }: QueueDrainDeps,
	kioskId: string,
	{ method }: PunchRequest,
	reply: PunchReply,
	punchedMs: number,
): Promise<void> {
	const person = method.kind === "pin" ? employeeByNumber(store, method.number) : null;
	const why = reply.outcome === "refused" ? reply.code : reply.outcome;
	const detail = { why, how: method.kind, at: new Date(punchedMs).toISOString() };
	const what = { action: "punches.queue_refused", objectKind: "kiosk", objectId: kioskId, seq: null };
	const who = { actorKind: "kiosk" as const, actorId: kioskId, address: "" };
	await store.commit((tx) =>
		insertAudit(tx, {
			...what,
			...who,
			atMs: clock.nowMs(),
			detail: person ? { ...detail, emp: person.id } : detail,
		}),
	);
}

function parse(text: string): QueuedPunch | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return Value.Check(QueuedPunch, value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The instant of a queued punch and how far it is trusted; never later than now, never older than `LONGEST_AWAY_MS`.
 * With a contact since the page started, the kiosk counted on from the box's clock by its monotonic one: that is believed.
 */
export function reckon(entry: QueuedPunch, nowMs: number): { atMs: number; clock: ClockState } {
	const { request, sinceContactMs } = entry;
	const isPossible = request.atMs > nowMs - LONGEST_AWAY_MS && request.atMs <= nowMs + TOLERANCE_MS;
	if (!isPossible) return { atMs: nowMs, clock: "unsync" };
	return { atMs: Math.min(request.atMs, nowMs), clock: sinceContactMs === undefined ? "unsync" : "ok" };
}

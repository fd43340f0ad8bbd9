/**
 * Takes in what a kiosk kept while the box was away, in order, each entry once.
 * A stamp that rests on the kiosk's own clock alone is marked.
 */
import { Value } from "@sinclair/typebox/value";
import type { ClockState } from "../../db/punch.ts";
import { type Clock, HOUR_MS, SECOND_MS } from "../base/units.ts";
import { type DrainReply, type DrainRequest, type PunchReply, QueuedPunch } from "../protocol/kiosk.ts";
import type { BoxKey } from "./box-key.ts";
import type { ProvedKiosk } from "./kiosk-auth.ts";
import type { Punching } from "./punching.ts";

export interface QueueDrainDeps {
	readonly punching: Punching;
	readonly boxKey: BoxKey;
	readonly clock: Clock;
}

export type DrainQueue = (proved: ProvedKiosk, request: DrainRequest) => Promise<DrainReply>;

/** A stamp this little in the future is rounding, not a wrong clock. */
const TOLERANCE_MS = 5 * SECOND_MS;
/** Longer than the longest outage a queue is meant for (72 h): such a stamp is not believed. */
const LONGEST_AWAY_MS = 100 * HOUR_MS;

export const makeQueueDrain =
	(deps: QueueDrainDeps): DrainQueue =>
	async (proved, { entries }) => {
		const results: { id: string; reply: PunchReply }[] = [];
		for (const { id, sealed } of entries) results.push({ id, reply: await takeIn(deps, proved, id, sealed) });
		return { results };
	};

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
	return deps.punching.punchQueued(proved, entry.request, reckon(entry, deps.clock.nowMs()));
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

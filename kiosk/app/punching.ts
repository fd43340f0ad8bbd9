/** One punch from the page's side: on disk first, then to the box, and an honest word about what is known. */
import { newId } from "../../server/base/ids.ts";
import {
	KIOSK_ROUTES,
	type KioskDoubt,
	type PunchMethod,
	type PunchReply,
	type PunchRequest,
} from "../../server/protocol/kiosk.ts";
import type { Queue } from "../device/queue.ts";
import type { CallResult, SignedFetch } from "../device/signed-fetch.ts";
import type { PunchEnd } from "./state.ts";

export interface PunchingDeps {
	readonly queue: Queue;
	/** Epoch ms by the box's clock as the kiosk counts it on since the last contact. */
	readonly nowMs: () => number;
	readonly signed: SignedFetch;
	/** False while the box is known to be away: then nobody waits for a time-out. */
	readonly worthTrying: () => boolean;
	readonly onCall: (result: CallResult<unknown>) => void;
}

/** A person waits at most this long for the first answer. */
const PUNCH_TIMEOUT_MS = 6_000;
/** A second try with the same id, only when the first failed this quickly (a dropped connection). */
const QUICK_FAILURE_MS = 2_000;

/** Resolves with the box's reply, or `saved`, or `lost`; never rejects and never claims success by itself. */
export async function punch(
	{ queue, nowMs, signed, worthTrying, onCall }: PunchingDeps,
	method: PunchMethod,
	doubts: readonly KioskDoubt[],
): Promise<PunchEnd> {
	const atMs = nowMs();
	const request: PunchRequest = {
		id: newId(atMs),
		atMs,
		method,
		direction: "auto",
		doubts: [...doubts],
	};
	const ticket = await queue.put(request);
	const result =
		worthTrying() || !ticket.kept ? await sendTwice(signed, request) : ({ kind: "unreachable" } as const);
	if (result.kind === "answer") {
		void queue.settle(ticket);
		onCall(result);
		return result.value;
	}
	if (result.kind === "refused" && isDefinite(result.status)) {
		void queue.settle(ticket);
		onCall(result);
		return { outcome: "refused", code: result.code };
	}
	queue.release(ticket);
	onCall(result);
	return ticket.kept ? { outcome: "saved" } : { outcome: "lost" };
}

/** Proof, permission, pace and size of the moment may heal later; a malformed request never does. */
const isDefinite = (status: number): boolean => ![401, 403, 408, 425, 429].includes(status);

async function sendTwice(signed: SignedFetch, request: PunchRequest): Promise<CallResult<PunchReply>> {
	const options = { timeoutMs: PUNCH_TIMEOUT_MS, urgent: true };
	const startedMs = performance.now();
	const first = await signed.call<PunchReply>(KIOSK_ROUTES.punch, request, options);
	const silent = first.kind === "unknown" || first.kind === "unreachable";
	if (!silent || performance.now() - startedMs > QUICK_FAILURE_MS) return first;
	await new Promise((wake) => setTimeout(wake, 250));
	return signed.call<PunchReply>(KIOSK_ROUTES.punch, request, options);
}

/**
 * Server-sent events for pages that show the present: a bounded number of streams, a heartbeat, and an end as soon as
 * the session or the rights behind a stream are gone. What is sent is the page's business.
 */
import { departmentIdsOf, findAccount } from "../../db/account.ts";
import { findSession } from "../../db/session.ts";
import type { Db } from "../../db/store.ts";
import { unavailable } from "../base/app-error.ts";
import { type Clock, HOUR_MS, MINUTE_MS } from "../base/units.ts";
import { sessionLimits } from "../services/sessions.ts";
import { type SignedInContext, signedIn } from "./context.ts";
import { errorAnswer } from "./status.tsx";

export interface LiveStream {
	/** Sends one named event with JSON; after the end it does nothing. */
	send(event: string, data: unknown): void;
}

/** Starts feeding a stream; the function it returns stops that. */
export type StartFeed = (stream: LiveStream, rc: SignedInContext) => () => void;

export interface EventStreams {
	/** Opens a stream for a guarded request. `server` keeps Bun from closing it as idle. */
	open(call: StreamCall, start: StartFeed): Response;
	/** Streams open now. */
	count(): number;
	/** Ends all streams; for the orderly stop. */
	stop(): void;
}

export interface StreamCall {
	readonly request: Request;
	readonly server?: { timeout(request: Request, seconds: number): void } | null;
}

export interface EventStreamsDeps {
	readonly store: Db;
	readonly clock: Clock;
	/** Milliseconds between signs of life; proxies and browsers give up on silence. */
	readonly heartbeatMs?: number;
	/** Most streams at once; one more is refused with `board.too_many`. */
	readonly most?: number;
}

const HEARTBEAT_MS = 15_000;
const MOST = 200;
/** A reader this far behind is cut off; it comes back and gets a fresh page. */
const BACKLOG_BYTES = 1_048_576;
/** Milliseconds after which a browser tries again. */
const RETRY_MS = 1_500;

const encoder = new TextEncoder();

export function makeEventStreams(deps: EventStreamsDeps): EventStreams {
	const { heartbeatMs = HEARTBEAT_MS, most = MOST } = deps;
	const open = new Set<() => void>();
	return {
		open(call, start) {
			if (open.size >= most) return errorAnswer(call.request, unavailable("board.too_many"));
			const rc = signedIn(call.request);
			call.server?.timeout(call.request, 0);
			let end = (): void => {};
			const body = new ReadableStream<Uint8Array>(
				{
					start(controller) {
						end = feed(deps, rc, controller, heartbeatMs, start, () => open.delete(end));
						open.add(end);
					},
					cancel: () => end(),
				},
				new ByteLengthQueuingStrategy({ highWaterMark: BACKLOG_BYTES }),
			);
			call.request.signal.addEventListener("abort", () => end());
			return new Response(body, {
				headers: {
					"content-type": "text/event-stream; charset=utf-8",
					"cache-control": "no-store",
					"x-accel-buffering": "no",
				},
			});
		},
		count: () => open.size,
		stop() {
			for (const end of [...open]) end();
		},
	};
}

/** Runs one stream; returns the function that ends it. */
function feed(
	deps: EventStreamsDeps,
	rc: SignedInContext,
	controller: ReadableStreamDefaultController<Uint8Array>,
	heartbeatMs: number,
	start: StartFeed,
	onEnd: () => void,
): () => void {
	let ended = false;
	let stopFeed = (): void => {};
	const end = (): void => {
		if (ended) return;
		ended = true;
		clearInterval(heart);
		stopFeed();
		onEnd();
		try {
			controller.close();
		} catch {
			// The reader has gone already.
		}
	};
	const write = (text: string): void => {
		if (ended) return;
		if ((controller.desiredSize ?? 0) <= 0) end();
		else controller.enqueue(encoder.encode(text));
	};
	const heart = setInterval(() => (isStillAllowed(deps, rc) ? write(":\n\n") : end()), heartbeatMs);
	write(`retry: ${RETRY_MS}\n\n`);
	stopFeed = start(
		{ send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`) },
		rc,
	);
	return end;
}

/** The session lives and the account may still see the same. Asking does not count as use, so an idle session ends on time. */
function isStillAllowed({ store, clock }: EventStreamsDeps, { session, viewer }: SignedInContext): boolean {
	const row = findSession(store, session.tokenHash);
	const account = findAccount(store, viewer.id);
	if (!row || !account || account.disabledMs !== null || account.role !== viewer.role) return false;
	const { idleMin, absoluteHours } = sessionLimits(store);
	const nowMs = clock.nowMs();
	const isYoung =
		nowMs - row.usedMs <= idleMin * MINUTE_MS && nowMs - row.createdMs <= absoluteHours * HOUR_MS;
	return (
		isYoung && (viewer.role !== "manager" || sameIds(viewer.departmentIds, departmentIdsOf(store, viewer.id)))
	);
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === b.length && a.every((id) => b.includes(id));

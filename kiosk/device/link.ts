/**
 * Whether the box answers: a signed hello every 20 s, and at once when something changes.
 * `reconnecting` after one silent call, `offline` after two; it never guesses "online" from the network card.
 */
import { type HelloReply, type HelloRequest, KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import type { CallResult, SignedFetch } from "./signed-fetch.ts";

export type LinkState = "online" | "reconnecting" | "offline";

export interface LinkDeps {
	readonly signed: SignedFetch;
	readonly report: () => Promise<HelloRequest>;
	readonly onState: (state: LinkState) => void;
	readonly onHello: (reply: HelloReply) => void;
	/** The box knows this kiosk no more, or not now. */
	readonly onRefused: (code: string) => void;
}

export interface Link {
	/** Says hello now (debounced); call it when camera or queue change. */
	nudge(): void;
	/** What another call just taught about the link. */
	learn(result: CallResult<unknown>): void;
	stop(): void;
}

export const HEARTBEAT_MS = 20_000;
const HELLO_TIMEOUT_MS = 6_000;
/** A paused kiosk asks more often: somebody is probably about to bring it back. */
const REFUSED_MS = 5_000;
const NUDGE_MS = 400;

/** How long to wait for the next hello after `failures` silent ones in a row. */
export const retryDelayMs = (failures: number): number =>
	failures === 0 ? HEARTBEAT_MS : Math.min(1_000 * 2 ** (failures - 1), 10_000);

export const linkStateAfter = (failures: number): LinkState =>
	failures === 0 ? "online" : failures === 1 ? "reconnecting" : "offline";

export function startLink(deps: LinkDeps): Link {
	let failures = 1;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let stopped = false;
	let busy = false;

	function learn(result: CallResult<unknown>): void {
		if (result.kind === "yielded") return;
		const silent = result.kind === "unknown" || result.kind === "unreachable";
		failures = silent ? failures + 1 : 0;
		deps.onState(linkStateAfter(failures));
	}

	function schedule(delayMs: number): void {
		clearTimeout(timer);
		if (!stopped) timer = setTimeout(hello, delayMs);
	}

	async function hello(): Promise<void> {
		if (busy) return;
		busy = true;
		const options = { timeoutMs: HELLO_TIMEOUT_MS, urgent: false };
		const result = await deps.signed.call<HelloReply>(KIOSK_ROUTES.hello, await deps.report(), options);
		busy = false;
		if (stopped) return;
		learn(result);
		if (result.kind === "answer") deps.onHello(result.value);
		if (result.kind === "refused") deps.onRefused(result.code);
		schedule(result.kind === "refused" ? REFUSED_MS : retryDelayMs(failures));
	}

	const nudge = () => schedule(NUDGE_MS);
	addEventListener("online", nudge);
	schedule(0);
	return {
		nudge,
		learn,
		stop() {
			stopped = true;
			clearTimeout(timer);
			removeEventListener("online", nudge);
		},
	};
}

/**
 * Kiosks that punch cards as fast as their pauses allow and never give up on a punch: no answer means asking again with the
 * same id, as the real kiosk does. Remembers what the box acknowledged, to be held against what it stored.
 */
import { newId } from "../../server/base/ids.ts";
import { KIOSK_ROUTES, type PunchReply } from "../../server/protocol/kiosk.ts";
import { ANY_CERTIFICATE } from "./box-process.ts";
import type { SeededBox, SeededKiosk } from "./seeded-box.ts";
import { makeTestKiosk, type SendRequest } from "./test-kiosk.ts";

export interface PunchLoad {
	/** Punch id → ledger sequence number of the reply. */
	readonly acked: ReadonlyMap<string, number>;
	/** Ids whose outcome the kiosks know, in order. */
	readonly ackedIds: readonly string[];
	/** Milliseconds each of them took, retries included. */
	readonly tookMs: readonly number[];
	/** Ids ever sent. */
	readonly tried: number;
	/** Requests that had to be sent again. */
	readonly retries: number;
	/** Answers that make no sense: refusals of good punches, another receipt for the same id. */
	readonly faults: readonly string[];
	/** When the box last acknowledged a punch, by `performance.now()`. */
	readonly lastAckMs: number;
	/** Lets every kiosk finish the punch it is at. */
	stop(): Promise<void>;
}

export interface LoadPlan {
	/** As `https://127.0.0.1:8443`. */
	readonly url: string;
	readonly seeded: SeededBox;
	/** Pause of a kiosk between two punches, random up to this. */
	readonly pauseMs?: number;
	/** Pause before asking again. */
	readonly retryMs?: number;
	/** Highest counter used so far, after an earlier load with the same kiosks. */
	readonly counter?: number;
	readonly timeoutMs?: number;
	/** False while the power is out: what arrives then never left the box in truth. */
	readonly isPowered?: () => boolean;
}

export function startLoad(plan: LoadPlan): PunchLoad {
	const state = {
		...{ acked: new Map<string, number>(), ackedIds: [] as string[], faults: [] as string[] },
		tookMs: [] as number[],
		...{ tried: 0, retries: 0, lastAckMs: 0, running: true },
	};
	const loops = plan.seeded.kiosks.map((kiosk, index) => punchOn(plan, kiosk, index, state));
	return Object.assign(state, {
		async stop() {
			state.running = false;
			await Promise.all(loops);
		},
	});
}

type State = {
	-readonly [K in keyof Omit<PunchLoad, "stop" | "acked" | "ackedIds" | "tookMs" | "faults">]: PunchLoad[K];
} & {
	running: boolean;
	acked: Map<string, number>;
	ackedIds: string[];
	tookMs: number[];
	faults: string[];
};

async function punchOn(plan: LoadPlan, { id, key }: SeededKiosk, index: number, state: State): Promise<void> {
	const kiosk = makeTestKiosk(sender(plan), { id, key, counter: plan.counter }, Date.now);
	const { cards } = plan.seeded;
	for (let turn = index; state.running; turn += plan.seeded.kiosks.length) {
		const punchId = newId();
		state.tried += 1;
		const card = cards[turn % cards.length]!;
		const body = {
			id: punchId,
			atMs: Date.now(),
			direction: "auto",
			doubts: [],
			method: { kind: "card", card },
		};
		const startedMs = performance.now();
		note(state, punchId, await untilAnswered(plan, state, () => kiosk.call(KIOSK_ROUTES.punch, body)));
		state.tookMs.push(performance.now() - startedMs);
		const { pauseMs = 10 } = plan;
		if (pauseMs > 0) await Bun.sleep(Math.random() * pauseMs);
	}
}

const sender =
	({ url, timeoutMs = 5_000, isPowered = () => true }: LoadPlan): SendRequest =>
	async (path, init) => {
		const signal = AbortSignal.timeout(timeoutMs);
		const response = await fetch(`${url}${path}`, { ...init, tls: ANY_CERTIFICATE, signal } as RequestInit);
		const body = await response.text();
		if (!isPowered()) throw new Error("the power is out");
		return new Response(body, response);
	};

async function untilAnswered(
	{ retryMs = 25 }: LoadPlan,
	state: State,
	ask: () => Promise<Response>,
): Promise<PunchReply> {
	for (;;) {
		try {
			const response = await ask();
			if (response.ok) return (await response.json()) as PunchReply;
			const text = await response.text();
			if (response.status < 500) state.faults.push(`${response.status} ${text}`);
		} catch {
			// No answer: the outcome is unknown, and only the box can tell.
		}
		state.retries += 1;
		await Bun.sleep(retryMs);
	}
}

function note(state: State, id: string, reply: PunchReply): void {
	if (reply.outcome !== "accepted") {
		state.faults.push(JSON.stringify(reply));
		return;
	}
	if (reply.punchId !== id) state.faults.push(`asked for ${id}, told of ${reply.punchId}`);
	state.acked.set(id, reply.seq);
	state.ackedIds.push(id);
	state.lastAckMs = performance.now();
}

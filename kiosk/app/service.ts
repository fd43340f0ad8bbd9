/** The kiosk in service: identity loaded, link running, queue draining, effects carried out. Shows nothing itself. */
import type { HelloReply, HelloRequest } from "../../server/protocol/kiosk.ts";
import { type BoxClock, makeBoxClock } from "../device/box-clock.ts";
import { makeCounter } from "../device/counter.ts";
import { fingerprint, forgetIdentity, loadIdentity, pair } from "../device/identity.ts";
import { type Link, startLink } from "../device/link.ts";
import { makeQueue, type Queue, type QueueStats } from "../device/queue.ts";
import { makeSignedFetch, type SignedFetch } from "../device/signed-fetch.ts";
import { type KioskDb, readSettings, type StoredIdentity, writeSettings } from "../device/store.ts";
import { askMakeup, enrol, loadConsent, sendNotMe } from "./calls.ts";
import { makeDrain } from "./drain-loop.ts";
import { punch } from "./punching.ts";
import type { SightTally } from "./sight-tally.ts";
import type { Effect, KioskEvent, KioskState } from "./state.ts";
import { makeStuckOrders, type StuckOrders } from "./stuck-orders.ts";

export interface ServiceDeps {
	readonly db: KioskDb;
	readonly send: (event: KioskEvent) => void;
	readonly state: () => KioskState;
	/** Version of this page, as the box names it. */
	readonly version: string;
	/** What the vision measured of this device. */
	readonly measured: () => { backend?: string; frameMs?: number };
	readonly sight: SightTally;
	readonly onSettings: (settings: HelloReply) => void;
}

export interface Service {
	readonly clock: BoxClock;
	/** Carries out an effect of the machine, `say` excepted. */
	run(effect: Effect): void;
	/** Tells the box at once that something changed. */
	nudge(): void;
	/** After a revocation: forgets the key, so that the page asks for a code. */
	forget(): Promise<void>;
}

const PENDING_POLL_MS = 3_000;

/** Starts from what is stored: an unpaired kiosk asks for a code, a paired one works even with the box away. */
export async function startService(deps: ServiceDeps): Promise<Service> {
	const { db, send } = deps;
	const clock = makeBoxClock();
	const counter = makeCounter(db);
	const identity = await loadIdentity(db);
	let signed: SignedFetch | undefined;
	let link: Link | undefined;

	const queue = makeQueue({ db, clock, signed: () => signed, onChange: () => void tellQueue() });
	const tellQueue = async () => {
		const before = deps.state().queue.count;
		const stats = await queue.stats();
		send({ kind: "queue", queue: stats });
		if (stats.count !== before) link?.nudge();
	};
	const nudge = () => link?.nudge();
	const orders = makeStuckOrders(queue);
	const drain = makeDrain(queue, () => deps.state().link === "online");

	function enter(known: StoredIdentity & { kioskId: string }, firstNonce?: string): void {
		signed = makeSignedFetch({ identity: known, counter, clock, firstNonce });
		link?.stop();
		link = startLink({
			signed,
			report: async () => report(deps, await queue.stats(), orders),
			onState: (state) => send({ kind: "link", link: state }),
			onHello: (settings) => void learnSettings(deps, settings, { clock, queue, drain, nudge, orders }),
			onRefused: (code) => refused(code, send),
		});
	}

	async function run(effect: Effect): Promise<void> {
		if (effect.do === "pair") {
			const paired = await pairNow(deps, identity, effect.code);
			if (paired) enter(paired.identity, paired.nonce);
			return;
		}
		if (!signed) return;
		await carryOut(effect, { queue, clock, signed, link, ...deps });
	}

	await begin(deps, identity, queue, tellQueue);
	if (identity.kioskId) enter({ ...identity, kioskId: identity.kioskId });
	return {
		clock,
		run: (effect) => void run(effect),
		nudge,
		forget: () => forgetIdentity(db),
	};
}

interface SettingsHands {
	readonly clock: BoxClock;
	readonly queue: Queue;
	readonly drain: () => Promise<void>;
	readonly nudge: () => void;
	readonly orders: StuckOrders;
}

/** Takes over what a hello taught: time, key, policy; then sends what waits. */
async function learnSettings(
	{ db, send, onSettings, sight }: ServiceDeps,
	settings: HelloReply,
	{ clock, queue, drain, nudge, orders }: SettingsHands,
): Promise<void> {
	clock.learn(settings.serverNowMs);
	sight.settle();
	await queue.useBoxKey(settings.boxKey).catch(() => undefined);
	send({ kind: "settings", settings });
	onSettings(settings);
	void writeSettings(db, settings).catch(() => undefined);
	if (settings.status === "pending") setTimeout(nudge, PENDING_POLL_MS);
	else
		void orders
			.obey(settings.stuckOrder, nudge)
			.catch(() => undefined)
			.then(drain);
}

async function pairNow({ db, send }: ServiceDeps, identity: StoredIdentity, code: string) {
	const result = await pair(db, identity, code);
	if (result.kind !== "paired") {
		const problem = result.kind === "refused" ? result.code : "kiosk.pair.unreachable";
		send({ kind: "pair_ended", code: problem });
		return undefined;
	}
	send({ kind: "pair_ended" });
	send({ kind: "standing", standing: "pending" });
	return { identity: { ...result.identity, kioskId: result.identity.kioskId! }, nonce: result.nonce };
}

/** What can be shown before the first answer. */
async function begin(
	{ db, send }: ServiceDeps,
	identity: StoredIdentity,
	queue: Queue,
	tellQueue: () => Promise<void>,
): Promise<void> {
	const shown = await fingerprint(identity.publicKey);
	await tellQueue();
	send({ kind: "standing", standing: identity.kioskId ? "pending" : "unpaired", fingerprint: shown });
	const settings = identity.kioskId ? await readSettings(db) : undefined;
	if (!settings) return;
	await queue.useBoxKey(settings.boxKey).catch(() => undefined);
	send({ kind: "settings", settings });
}

function refused(code: string, send: ServiceDeps["send"]): void {
	if (code === "kiosk.auth.suspended" || code === "kiosk.auth.counter_clash")
		send({ kind: "standing", standing: "suspended" });
	if (code === "kiosk.auth.revoked" || code === "kiosk.auth.unknown_kiosk")
		send({ kind: "standing", standing: "revoked" });
}

interface Hands extends ServiceDeps {
	readonly clock: BoxClock;
	readonly queue: Queue;
	readonly signed: SignedFetch;
	readonly link?: Link;
}

async function carryOut(effect: Effect, { queue, clock, signed, link, send, state }: Hands): Promise<void> {
	switch (effect.do) {
		case "punch": {
			const worthTrying = () => state().link !== "offline";
			const onCall = link?.learn ?? (() => undefined);
			const end = await punch(
				{ queue, nowMs: clock.nowMs, signed, worthTrying, onCall },
				effect.method,
				effect.doubts,
			);
			const { track } = effect;
			send(track === undefined ? { kind: "punch_ended", end } : { kind: "pass_ended", track, end });
			return link?.nudge();
		}
		case "not_me":
			return sendNotMe(signed, effect.punchId);
		case "makeup":
			return send({
				kind: "call_ended",
				what: "makeup",
				code: await askMakeup(signed, effect.number, clock.nowMs(), effect.reason),
			});
		case "load_consent": {
			const text = await loadConsent(signed, effect.lang);
			if (text) return send({ kind: "consent_loaded", text });
			return send({ kind: "call_ended", what: "consent", code: "kiosk.problem.unreachable" });
		}
		case "enrol": {
			const code = await enrol(signed, effect.number, effect.consent, effect.shots);
			return send({ kind: "call_ended", what: "enrol", code });
		}
	}
}

async function report(
	{ state, version, measured, sight }: ServiceDeps,
	stats: QueueStats,
	orders: StuckOrders,
): Promise<HelloRequest> {
	const seen = sight.open();
	return {
		camera: state().camera,
		queued: stats.count - stats.stuck,
		oldestQueuedMs: stats.oldestWaitingMs,
		...(stats.stuckGroups?.length && { stuck: [...stats.stuckGroups] }),
		doneOrder: orders.done(),
		atMs: Date.now(),
		version,
		...measured(),
		...(seen && { sight: seen }),
	};
}

/**
 * Makes the box findable as `dianmao.local`: claims the name, announces it, answers questions, says goodbye.
 * A second box that holds the name already makes this one take the next; a later rival is reported and defied, since
 * kiosks hang on the name and TLS keeps an impostor out. Without a network it waits.
 */
import {
	type AddressAnswer,
	ANY,
	addressesOn,
	addressRecords,
	answerTo,
	contradiction,
	legacyAnswer,
	nextName,
} from "./mdns-records.ts";
import { openWire, type Route, type Sender, type Wire } from "./mdns-wire.ts";
import type { LanAddress } from "./tls/lan-addresses.ts";

export type MdnsPhase = "waiting" | "claiming" | "announced" | "contested" | "stopped";

export interface MdnsState {
	readonly phase: MdnsPhase;
	/** The name held or claimed now. */
	readonly name: string;
	/** Address of whoever else answers to our name, while contested. */
	readonly rival?: string;
}

export interface MdnsOptions {
	/** The name to claim first: `dianmao.local`, or the one this box had last time. */
	readonly name: string;
	readonly addresses: () => readonly LanAddress[];
	readonly onState: (state: MdnsState) => void;
	/** Receives warnings of the socket, at most one per minute. */
	readonly onWarning?: (error: Error) => void;
	/** Another port and pace for tests. */
	readonly port?: number;
	readonly paceMs?: number;
}

export interface Mdns {
	state(): MdnsState;
	/** Says the addresses again after they changed. */
	announce(): void;
	/** Takes the name back from all caches and closes the socket. */
	stop(): Promise<void>;
}

const DEFAULT_PORT = 5353;
/** Three probes, 250 ms apart (RFC 6762 §8.1). */
const PROBES = 3;
const PROBE_EVERY_MS = 250;
/** The rest is counted in probe times: announce twice a second apart, look for a network every 15 s, forget a rival after 2 min. */
const ANNOUNCE_AFTER = 4;
const RETRY_AFTER = 60;
const CALM_AFTER = 480;
const DEFEND_AFTER = 4;
/** More boxes than this on one network mean that someone plays tricks. */
const MAX_RENAMES = 8;
const WARN_EVERY_MS = 60_000;

class Responder implements Mdns {
	#wire: Wire | undefined;
	#state: MdnsState;
	#timers = new Set<ReturnType<typeof setTimeout>>();
	#renames = 0;
	#warnedMs = Number.NEGATIVE_INFINITY;
	#defendedMs = Number.NEGATIVE_INFINITY;

	constructor(readonly options: MdnsOptions) {
		this.#state = { phase: "waiting", name: options.name };
		this.#open();
	}

	state = (): MdnsState => this.#state;

	announce(): void {
		const { phase, name } = this.#state;
		if (phase === "announced" || phase === "contested") this.#sayEverywhere(name);
		else if (phase === "waiting" && this.#wire) this.#claim(name);
	}

	async stop(): Promise<void> {
		const { phase, name } = this.#state;
		if (phase === "stopped") return;
		for (const timer of this.#timers) clearTimeout(timer);
		this.#timers.clear();
		const wire = this.#wire;
		const mayBeCached = phase === "announced" || phase === "contested";
		this.#become({ phase: "stopped", name });
		if (mayBeCached) await this.#sayEverywhere(name, 0);
		await wire?.close();
	}

	/** The addresses of each link on that link; a `ttl` of 0 says goodbye. */
	#sayEverywhere(name: string, ttl?: number): Promise<unknown> {
		const all = this.#addresses();
		const routes = this.#wire?.routes() ?? [];
		return Promise.all(
			routes.map((route) => this.#say(route, addressRecords(name, addressesOn(route.link, all), ttl))),
		);
	}

	#addresses = (): readonly LanAddress[] => this.options.addresses();

	#later(paces: number, work: () => void): void {
		const timer = setTimeout(
			() => {
				this.#timers.delete(timer);
				work();
			},
			paces * (this.options.paceMs ?? PROBE_EVERY_MS),
		);
		timer.unref();
		this.#timers.add(timer);
	}

	#become(state: MdnsState): void {
		const before = this.#state;
		this.#state = state;
		if (before.phase === state.phase && before.name === state.name && before.rival === state.rival) return;
		this.options.onState(state);
	}

	#warn(error: Error): void {
		const nowMs = performance.now();
		if (nowMs - this.#warnedMs < WARN_EVERY_MS) return;
		this.#warnedMs = nowMs;
		this.options.onWarning?.(error);
	}

	#open(): void {
		this.#wire = openWire(this.options.port ?? DEFAULT_PORT, {
			onWarning: (error) => this.#warn(error),
			onError: (error) => this.#reopen(error),
			onQuery: (query, from, route) => this.#answer(query, from, route),
			onResponse: (response) => this.#listen(response),
			onNetwork: () => this.announce(),
			onReady: () => this.#claim(this.#state.name),
		});
		this.#follow(this.#wire);
	}

	/** Links come and go, and get IPv6 seconds after IPv4. */
	#follow(wire: Wire): void {
		if (wire !== this.#wire || this.#state.phase === "stopped") return;
		const six = this.#addresses().filter(({ family }) => family === 6);
		wire.follow([...new Set(six.map(({ link }) => link))]);
		this.#later(RETRY_AFTER, () => this.#follow(wire));
	}

	#reopen(error: Error): void {
		this.#warn(error);
		const broken = this.#wire;
		if (this.#state.phase === "stopped" || !broken) return;
		this.#wire = undefined;
		void broken.close();
		this.#become({ phase: "waiting", name: this.#state.name });
		this.#later(RETRY_AFTER, () => this.#open());
	}

	#claim(name: string): void {
		if (this.#state.phase === "stopped") return;
		if (this.#addresses().length === 0) {
			this.#become({ phase: "waiting", name });
			this.#later(RETRY_AFTER, () => this.#state.phase === "waiting" && this.#claim(name));
			return;
		}
		this.#become({ phase: "claiming", name });
		this.#probe(name, PROBES);
	}

	#probe(name: string, left: number): void {
		if (this.#state.phase !== "claiming" || this.#state.name !== name) return;
		if (left === 0) {
			this.#take(name);
			return;
		}
		for (const { socket } of this.#wire?.routes() ?? [])
			socket.query({ questions: [{ name, type: ANY }] }, () => undefined);
		this.#later(1, () => this.#probe(name, left - 1));
	}

	#take(name: string): void {
		this.#become({ phase: "announced", name });
		this.announce();
		this.#later(ANNOUNCE_AFTER, () => this.announce());
	}

	#say({ socket }: Route, answers: AddressAnswer[]): Promise<void> {
		if (answers.length === 0) return Promise.resolve();
		return new Promise((done) => {
			socket.respond({ answers }, (error) => {
				if (error) this.#warn(error);
				done();
			});
		});
	}

	#answer(query: Parameters<typeof answerTo>[0], from: Sender, route: Route): void {
		const { phase, name } = this.#state;
		if (phase !== "announced" && phase !== "contested") return;
		const answers = answerTo(query, name, this.#addresses(), { ...from, link: route.link });
		if (!answers || answers.length === 0) return;
		if (from.port === (this.options.port ?? DEFAULT_PORT)) {
			void this.#say(route, answers);
			return;
		}
		const packet = legacyAnswer(query, name, answers);
		route.socket.respond(packet, from, (error) => error && this.#warn(error));
	}

	#listen(response: Parameters<typeof contradiction>[0]): void {
		const { phase, name } = this.#state;
		const rival = contradiction(response, name, this.#addresses());
		if (rival === undefined) return;
		if (phase === "claiming") this.#yieldTo(name);
		else if (phase === "announced" || phase === "contested") this.#defend(name, rival);
	}

	#yieldTo(name: string): void {
		this.#renames++;
		if (this.#renames <= MAX_RENAMES) {
			this.#claim(nextName(name));
			return;
		}
		this.#renames = 0;
		this.#become({ phase: "waiting", name: this.options.name });
		this.#later(RETRY_AFTER, () => this.#claim(this.options.name));
	}

	#defend(name: string, rival: string): void {
		this.#become({ phase: "contested", name, rival });
		const nowMs = performance.now();
		if (nowMs - this.#defendedMs < DEFEND_AFTER * (this.options.paceMs ?? PROBE_EVERY_MS)) return;
		this.#defendedMs = nowMs;
		this.announce();
		this.#later(CALM_AFTER, () => this.#calm(nowMs));
	}

	#calm(sinceMs: number): void {
		if (this.#state.phase !== "contested" || this.#defendedMs !== sinceMs) return;
		this.#become({ phase: "announced", name: this.#state.name });
	}
}

/** Starts at once and never throws; `onState` tells how it goes. */
export const startMdns = (options: MdnsOptions): Mdns => new Responder(options);

/**
 * Watches the wall clock against the monotonic one. A jump of more than a second is sealed in the ledger, shown, and marks
 * the punches after it until somebody confirms the time or the clock jumps back. Never reorders or alters a punch.
 */
import { insertClockEvent, settleClockEvents, unsettledClockMs } from "../../db/clock.ts";
import { lastLeaf } from "../../db/ledger.ts";
import type { ClockState } from "../../db/punch.ts";
import type { Store } from "../../db/store.ts";
import { type Clock, SECOND_MS } from "../base/units.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { sealEvent, sealLeaf } from "./sealing.ts";

export interface ClockWatch {
	state(): ClockState;
	/** Compares both clocks now; writes a `clock` leaf when the wall clock jumped. Called each tick and before each punch. */
	check(): Promise<void>;
	/** An admin looked at the time and says it is right. */
	confirm(by: By): Promise<void>;
	stop(): void;
}

export interface ClockWatchDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	/** Milliseconds between looks. */
	readonly tickMs?: number;
}

const TICK_MS = 250;
/** Slewing by a time service stays far below this between two looks. */
const JUMP_MS = SECOND_MS;
/** No box runs before this program was written: an earlier wall clock is a dead battery's. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

export function makeClockWatch({ store, clock, bus, tickMs = TICK_MS }: ClockWatchDeps): ClockWatch {
	let offsetMs = clock.nowMs() - clock.monoMs();
	let unsettledMs = unsettledClockMs(store);
	const note = async (deltaMs: number): Promise<void> => {
		const nowMs = clock.nowMs();
		const back = Math.abs(unsettledMs + deltaMs) < JUMP_MS;
		unsettledMs = back ? 0 : unsettledMs + deltaMs;
		await store.commit((tx) => {
			const seq = sealLeaf(tx, "clock", { v: 1, deltaMs, kind: "jump" }, Math.max(0, nowMs));
			insertClockEvent(tx, { seq, atMs: nowMs, deltaMs, settledMs: back ? nowMs : null });
			if (back) settleClockEvents(tx, nowMs);
		});
		bus.emit("clock", { deltaMs });
	};
	const check = async (): Promise<void> => {
		const deltaMs = Math.round(clock.nowMs() - clock.monoMs() - offsetMs);
		if (Math.abs(deltaMs) < JUMP_MS) return;
		offsetMs += deltaMs;
		await note(deltaMs);
	};
	const last = lastLeaf(store);
	const behindMs = last ? clock.nowMs() - Date.parse(last.time) : 0;
	const started = behindMs < -JUMP_MS ? note(behindMs) : Promise.resolve();
	const timer = setInterval(() => void started.then(check), tickMs);
	timer.unref?.();
	return {
		state: () => (clock.nowMs() < EARLIEST_MS ? "unsync" : unsettledMs === 0 ? "ok" : "jumped"),
		check: () => started.then(check),
		async confirm(by) {
			const nowMs = clock.nowMs();
			unsettledMs = 0;
			await store.commit((tx) => {
				settleClockEvents(tx, nowMs);
				const on = { objectKind: "clock", objectId: "wall" };
				sealEvent(tx, { type: "clock", ...by, action: "clock.confirm", ...on, detail: {}, nowMs });
			});
			bus.emit("clock", { deltaMs: 0 });
		},
		stop: () => clearInterval(timer),
	};
}

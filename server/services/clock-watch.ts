/**
 * Watches the wall clock against the monotonic one. A jump of more than a second is sealed in the ledger, shown, and marks
 * the punches after it until somebody confirms the time or the clock jumps back. Never reorders or alters a punch.
 */
import { insertClockEvent, settleClockEvents, unsettledClockMs } from "../../db/clock.ts";
import { lastLeaf } from "../../db/ledger.ts";
import type { ClockState } from "../../db/punch.ts";
import type { Store, Tx } from "../../db/store.ts";
import { type Clock, SECOND_MS } from "../base/units.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { sealEvent, sealLeaf } from "./sealing.ts";

export interface ClockWatch {
	/** A jump marks punches from its very first millisecond, also before it is sealed. */
	state(): ClockState;
	/** Compares both clocks now; writes a `clock` leaf when the wall clock jumped. Called each tick. */
	check(): Promise<void>;
	/** An admin looked at the time and says it is right. */
	confirm(by: By): Promise<void>;
	stop(): void;
}

export interface ClockWatchDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	/** Receives a leaf that could not be written; the next tick tries again. */
	readonly onError: (error: unknown) => void;
	/** Milliseconds between looks. */
	readonly tickMs?: number;
}

const TICK_MS = 250;
/** Slewing by a time service stays far below this between two looks. */
const JUMP_MS = SECOND_MS;
/** No box runs before this program was written: an earlier wall clock is a dead battery's. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

export function makeClockWatch(deps: ClockWatchDeps): ClockWatch {
	const { store, clock, bus, tickMs = TICK_MS } = deps;
	let offsetMs = startOf(deps) - clock.monoMs();
	let unsettledMs = unsettledClockMs(store);
	let checking: Promise<void> | undefined;
	const driftMs = (): number => Math.round(clock.nowMs() - clock.monoMs() - offsetMs);
	const hasJumped = (): boolean => Math.abs(driftMs()) >= JUMP_MS;
	const look = async (): Promise<void> => {
		if (!hasJumped()) return;
		const deltaMs = driftMs();
		await store.commit((tx) => writeJump(tx, deltaMs, clock.nowMs()));
		offsetMs += deltaMs;
		unsettledMs = unsettledClockMs(store);
		bus.emit("clock", { deltaMs });
	};
	const check = (): Promise<void> => {
		checking ??= look().finally(() => {
			checking = undefined;
		});
		return checking;
	};
	const tick = (): void => void check().catch(deps.onError);
	const timer = setInterval(tick, tickMs);
	timer.unref?.();
	tick();
	return {
		state() {
			if (clock.nowMs() < EARLIEST_MS) return "unsync";
			return unsettledMs === 0 && !hasJumped() ? "ok" : "jumped";
		},
		check,
		async confirm(by) {
			const nowMs = clock.nowMs();
			await store.commit((tx) => {
				settleClockEvents(tx, nowMs);
				const on = { objectKind: "clock", objectId: "wall" };
				sealEvent(tx, { type: "clock", ...by, action: "clock.confirm", ...on, detail: {}, nowMs });
			});
			unsettledMs = unsettledClockMs(store);
			bus.emit("clock", { deltaMs: 0 });
		},
		stop: () => clearInterval(timer),
	};
}

/** Where the wall clock should stand at least: a last leaf that lies ahead of it is a jump made while the box was off. */
function startOf({ store, clock }: ClockWatchDeps): number {
	const last = lastLeaf(store);
	const lastMs = last ? Date.parse(last.time) : 0;
	return lastMs - clock.nowMs() > JUMP_MS ? lastMs : clock.nowMs();
}

/** A jump that takes back what was unsettled settles it all. */
function writeJump(tx: Tx, deltaMs: number, nowMs: number): void {
	const isBack = Math.abs(unsettledClockMs(tx) + deltaMs) < JUMP_MS;
	const seq = sealLeaf(tx, "clock", { v: 1, deltaMs, kind: "jump" }, Math.max(0, nowMs));
	insertClockEvent(tx, { seq, atMs: nowMs, deltaMs, settledMs: isBack ? nowMs : null });
	if (isBack) settleClockEvents(tx, nowMs);
}

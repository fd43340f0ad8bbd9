import { afterEach, beforeEach, expect, test } from "bun:test";
import { clockEvents } from "../../db/clock.ts";
import { openStore, type Store } from "../../db/store.ts";
import { heldClock } from "../../test/shop-world.ts";
import { HOUR_MS } from "../base/units.ts";
import { type ClockWatch, makeClockWatch } from "./clock-watch.ts";
import { makeDomainBus } from "./events.ts";

const clock = heldClock();
const by = { actor: { kind: "account" as const, id: "boss" }, address: "local" };
let store: Store;
let watch: ClockWatch;
let errors: unknown[];

beforeEach(() => {
	store = openStore({ path: ":memory:" });
	errors = [];
	watch = makeClockWatch({
		store,
		clock,
		bus: makeDomainBus((error) => errors.push(error)),
		onError: (error) => errors.push(error),
		tickMs: HOUR_MS,
	});
});
afterEach(() => {
	watch.stop();
	store.close();
});

/** As a full disk does it. */
const refuseLeaves = () =>
	store.sqlite.run("CREATE TRIGGER full BEFORE INSERT ON ledger_leaf BEGIN SELECT raise(ABORT, 'full'); END");

test("a jump marks punches before its leaf is written, and one leaf is enough however many look", async () => {
	clock.jump(-3 * HOUR_MS);
	expect(watch.state()).toBe("jumped");
	await Promise.all([watch.check(), watch.check()]);
	expect(watch.state()).toBe("jumped");
	expect(clockEvents(store, 9)).toMatchObject([{ deltaMs: -3 * HOUR_MS, settledMs: null }]);
});

test("a jump that could not be sealed is sealed by the next look", async () => {
	clock.jump(HOUR_MS);
	refuseLeaves();
	expect(watch.check()).rejects.toThrow("full");
	await store.settled();
	expect(watch.state()).toBe("jumped");
	store.sqlite.run("DROP TRIGGER full");
	await watch.check();
	expect(clockEvents(store, 9)).toHaveLength(1);
});

test("a confirmation that could not be stored changes nothing", async () => {
	clock.jump(HOUR_MS);
	await watch.check();
	refuseLeaves();
	expect(watch.confirm(by)).rejects.toThrow("full");
	await store.settled();
	expect(watch.state()).toBe("jumped");
	store.sqlite.run("DROP TRIGGER full");
	await watch.confirm(by);
	expect(watch.state()).toBe("ok");
});

test("a failing look at the start or in a tick is told, not thrown", async () => {
	clock.jump(HOUR_MS);
	await watch.check();
	clock.jump(-2 * HOUR_MS);
	refuseLeaves();
	const later = makeClockWatch({
		store,
		clock,
		bus: makeDomainBus(() => {}),
		onError: (error) => errors.push(error),
		tickMs: HOUR_MS,
	});
	await store.settled();
	await Bun.sleep(0);
	later.stop();
	expect(errors).toHaveLength(1);
	expect(later.state()).toBe("jumped");
});

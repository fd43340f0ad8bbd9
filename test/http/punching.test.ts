/** Punches by card and PIN through the signed API, end to end below the ports: rows, leaves, days, replies. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { dayOf } from "../../db/day.ts";
import { employeeById } from "../../db/employee.ts";
import { latestCheckpoint, ledgerSize } from "../../db/ledger.ts";
import { notesOf, punchById, punchesOfDay } from "../../db/punch.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import type { StaffedShop } from "../../server/demo/staff-shop.ts";
import { KIOSK_ROUTES, type PunchReply } from "../../server/protocol/kiosk.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

const lin = person("lin-wanqing");
let box: TestBox;
let shop: StaffedShop;
let kiosk: TestKiosk;

beforeEach(async () => {
	box = await makeTestBox();
	shop = await box.staff();
	kiosk = await box.kiosk();
});
afterEach(() => box.close());

const MINUTE = 60_000;
const card = (text: string) => ({ kind: "card" as const, card: text });
function accepted(reply: PunchReply) {
	if (reply.outcome !== "accepted") throw new Error(`not accepted: ${JSON.stringify(reply)}`);
	return reply;
}

test("a card punch is stored, sealed and shown: row, leaf, checkpoint and day in one step", async () => {
	const before = ledgerSize(box.services.store);
	const reply = accepted(await kiosk.punch(card(lin.card!)));
	expect(reply).toMatchObject({ name: lin.name, direction: "in", doubtful: false, seq: before });
	const { store } = box.services;
	const row = punchById(store, reply.punchId)!;
	expect(row).toMatchObject({
		method: "card",
		source: "live",
		clock: "ok",
		workDate: "2026-11-02",
		deviceId: kiosk.id,
	});
	expect(latestCheckpoint(store)?.size).toBe(before + 1);
	expect(dayOf(store, row.employeeId, "2026-11-02")).toMatchObject({ firstInMs: row.atMs, punches: 1 });
});

test("the same id any number of times is one punch with one answer", async () => {
	const id = newId(box.clock.nowMs());
	const first = accepted(await kiosk.punch(card(lin.card!), { id }));
	box.clock.pass(90_000);
	for (let i = 0; i < 5; i++) {
		const again = accepted(await kiosk.punch(card(lin.card!), { id }));
		expect([again.seq, again.atMs, again.direction]).toEqual([first.seq, first.atMs, first.direction]);
	}
	expect(punchesOfDay(box.services.store, shop.people.get(lin.key)!, "2026-11-02")).toHaveLength(1);
});

test("in, repeat, out: the day follows", async () => {
	accepted(await kiosk.punch(card(lin.card!)));
	box.clock.pass(20_000);
	expect(accepted(await kiosk.punch(card(lin.card!)))).toMatchObject({ direction: "in", hint: "repeat" });
	box.clock.pass(10 * 60 * MINUTE);
	expect(accepted(await kiosk.punch(card(lin.card!)))).toMatchObject({ direction: "out" });
	const day = dayOf(box.services.store, shop.people.get(lin.key)!, "2026-11-02");
	expect(day).toMatchObject({ punches: 3, lastDirection: "out" });
});

test("a repeat says the same again at any time of the day, not only after the first and the last punch", async () => {
	for (const way of ["in", "out", "in"]) {
		expect(accepted(await kiosk.punch(card(lin.card!)))).toMatchObject({ direction: way });
		box.clock.pass(60 * MINUTE);
	}
	box.clock.pass(-60 * MINUTE + 20_000);
	expect(accepted(await kiosk.punch(card(lin.card!)))).toMatchObject({ direction: "in", hint: "repeat" });
});

test("after a disputed punch the next one within the minute is a punch of its own", async () => {
	const wrong = accepted(await kiosk.punch(card(lin.card!)));
	await kiosk.call(KIOSK_ROUTES.notMe, { id: newId(box.clock.nowMs()), punchId: wrong.punchId });
	box.clock.pass(20_000);
	const own = accepted(await kiosk.punch(card(lin.card!)));
	expect(own.hint).not.toBe("repeat");
	const day = dayOf(box.services.store, shop.people.get(lin.key)!, "2026-11-02");
	expect(day).toMatchObject({ firstInMs: own.atMs, punches: 2 });
});

test("an unknown card is refused and stores nothing", async () => {
	expect(await kiosk.punch(card("00000000"))).toEqual({
		outcome: "refused",
		code: "kiosk.refused.unknown_card",
	});
	expect(box.services.store.sqlite.query("SELECT count(*) AS n FROM punch").get()).toEqual({ n: 0 });
});

test("a person who left: the punch is kept and flagged, no day is made", async () => {
	const { store, employees } = box.services;
	const who = shop.people.get(lin.key)!;
	store.sqlite.query("UPDATE employee SET left_on = '2026-10-30' WHERE id = ?").run(who);
	expect(employees).toBeDefined();
	const id = newId(box.clock.nowMs());
	expect(await kiosk.punch(card(lin.card!), { id })).toMatchObject({ code: "kiosk.refused.inactive" });
	expect(punchById(store, id)?.doubts).toEqual(["inactive_person"]);
	expect(dayOf(store, who, "2026-11-02")).toBeUndefined();
});

test("a PIN punch, and what guessing costs", async () => {
	const who = shop.people.get(lin.key)!;
	must(await box.services.pins.set(who, "739184", BOX));
	const pin = (digits: string) => ({ kind: "pin" as const, number: lin.number, pin: digits });
	expect(accepted(await kiosk.punch(pin("739184"))).name).toBe(lin.name);
	for (let i = 0; i < 5; i++)
		expect(await kiosk.punch(pin("111222"))).toMatchObject({ code: "kiosk.refused.wrong_pin" });
	const waiting = await kiosk.punch(pin("739184"));
	expect(waiting).toMatchObject({ outcome: "refused", code: "kiosk.refused.too_many_tries" });
	box.clock.pass(31_000);
	expect((await kiosk.punch(pin("739184"))).outcome).toBe("accepted");
});

test("a number nobody has answers like a wrong PIN", async () => {
	const reply = await kiosk.punch({ kind: "pin", number: "nobody", pin: "739184" });
	expect(reply).toEqual({ outcome: "refused", code: "kiosk.refused.wrong_pin" });
});

test("not me: a note and a leaf beside the punch, which stops counting until confirmed", async () => {
	const reply = accepted(await kiosk.punch(card(lin.card!)));
	const { store, notes } = box.services;
	const who = shop.people.get(lin.key)!;
	const id = newId(box.clock.nowMs());
	for (let i = 0; i < 2; i++) {
		const answer = await kiosk.call(KIOSK_ROUTES.notMe, { id, punchId: reply.punchId });
		expect(await answer.json()).toEqual({ outcome: "noted" });
	}
	expect(notesOf(store, reply.punchId).map((note) => note.kind)).toEqual(["not_me"]);
	expect(dayOf(store, who, "2026-11-02")).toBeUndefined();
	must(await notes.confirm(reply.punchId, "seen on camera", BOX));
	expect(dayOf(store, who, "2026-11-02")).toMatchObject({ punches: 1, doubtful: 0 });
});

test("another kiosk may not dispute or repeat a punch", async () => {
	const id = newId(box.clock.nowMs());
	accepted(await kiosk.punch(card(lin.card!), { id }));
	const other = await box.kiosk("Back door");
	const answer = await other.call(KIOSK_ROUTES.notMe, { id: newId(box.clock.nowMs()), punchId: id });
	expect(await answer.json()).toEqual({ outcome: "refused", code: "punches.not_yours" });
	expect(await other.punch(card(lin.card!), { id })).toMatchObject({ code: "kiosk.refused.other" });
});

test("a make-up request is noted once and counts only when approved by somebody else", async () => {
	const { store, makeups } = box.services;
	const who = shop.people.get(lin.key)!;
	const id = newId(box.clock.nowMs());
	const body = { id, number: lin.number, atMs: box.clock.nowMs(), reason: "card_lost" };
	for (let i = 0; i < 2; i++)
		expect(await (await kiosk.call(KIOSK_ROUTES.makeup, body)).json()).toEqual({ outcome: "noted" });
	expect(punchesOfDay(store, who, "2026-11-02")).toHaveLength(0);
	must(await makeups.approve(id, BOX));
	expect(punchesOfDay(store, who, "2026-11-02").map((row) => row.method)).toEqual(["makeup"]);
	expect(await makeups.approve(id, BOX)).toMatchObject({ ok: false, error: { code: "makeups.decided" } });
});

test("a make-up request that is sent again before its answer came is one request", async () => {
	const { makeups } = box.services;
	const now = box.clock.nowMs();
	const body = { id: newId(now), number: lin.number, atMs: now, reason: "card_lost" as const };
	const both = await Promise.all([0, 1].map(() => makeups.request(body, kiosk.id, "local")));
	expect(both).toEqual([{ outcome: "noted" }, { outcome: "noted" }]);
});

test("a wall clock that jumped marks the punches after it and is sealed", async () => {
	box.clock.jump(-3 * 60 * MINUTE);
	await box.services.clockWatch.check();
	const reply = accepted(await kiosk.punch(card(lin.card!)));
	const { store } = box.services;
	expect(punchById(store, reply.punchId)?.clock).toBe("jumped");
	const leaf = store.sqlite.query("SELECT count(*) AS n FROM ledger_leaf WHERE type = 'clock'").get();
	expect(leaf).toEqual({ n: 1 });
	await box.services.clockWatch.confirm(BOX);
	box.clock.pass(5 * MINUTE);
	expect(punchById(store, accepted(await kiosk.punch(card(lin.card!))).punchId)?.clock).toBe("ok");
});

test("names that look like script or formula go through as text", async () => {
	const reply = await kiosk.punch(card("' OR 1=1--"));
	expect(reply).toEqual({ outcome: "refused", code: "kiosk.refused.unknown_card" });
});

test("a new shift is felt the same day", async () => {
	accepted(await kiosk.punch(card(lin.card!)));
	const { store, employees } = box.services;
	const who = shop.people.get(lin.key)!;
	const before = dayOf(store, who, "2026-11-02")!;
	const person = employeeById(store, who)!;
	const shiftId = shop.shifts.get("early")!;
	expect(before.shiftId).not.toBe(shiftId);
	must(await employees.change(who, { ...person, shiftId }, BOX));
	await store.settled();
	expect(dayOf(store, who, "2026-11-02")).toMatchObject({ shiftId, lateMin: 120 });
});

test("a door without a camera does not make a card doubtful", async () => {
	const reply = accepted(await kiosk.punch(card(lin.card!), { doubts: ["camera_off"] }));
	expect(reply.doubtful).toBe(false);
	expect(punchById(box.services.store, reply.punchId)).toMatchObject({
		doubts: [],
		match: { camera: "off" },
	});
	box.clock.pass(10 * MINUTE);
	expect(accepted(await kiosk.punch(card(lin.card!), { doubts: ["several_faces"] })).doubtful).toBe(true);
});

/** A kiosk comes back with what it kept: accepted once and in order, and nothing refused without a trace. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { punchById, punchesOfDay } from "../../db/punch.ts";
import { importBoxKey, seal } from "../../kiosk/device/seal.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { HOUR_MS } from "../../server/base/units.ts";
import { person } from "../../server/demo/shop.ts";
import type { StaffedShop } from "../../server/demo/staff-shop.ts";
import { type DrainReply, KIOSK_ROUTES, type PunchRequest } from "../../server/protocol/kiosk.ts";
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

async function kept(method: PunchRequest["method"], atMs: number) {
	const request = { id: newId(atMs), atMs, method, direction: "auto", doubts: [] };
	const key = await importBoxKey(box.services.describeKiosk().boxKey);
	return { id: request.id, sealed: await seal(key, { request, offsetMs: 0, sinceContactMs: 60_000 }) };
}

async function drainReply(...entries: { id: string; sealed: string }[]): Promise<DrainReply> {
	const answer = await kiosk.call(KIOSK_ROUTES.drain, { entries });
	return (await answer.json()) as DrainReply;
}
const drain = async (...entries: { id: string; sealed: string }[]) =>
	(await drainReply(...entries)).results.map(({ reply }) => reply);

const byCard = (card: string) => ({ kind: "card" as const, card });
const lost = () => listAudit(box.services.store, { action: "punches.queue_refused", limit: 9 });

test("kept punches count with their own time, once, however often they are sent", async () => {
	const morning = box.clock.nowMs();
	box.clock.pass(3 * HOUR_MS);
	const entries = [
		await kept(byCard(lin.card!), morning),
		await kept(byCard(lin.card!), morning + 2 * HOUR_MS),
	];
	for (let i = 0; i < 2; i++)
		expect(await drain(...entries)).toMatchObject([
			{ outcome: "accepted", direction: "in", atMs: morning },
			{ outcome: "accepted", direction: "out", atMs: morning + 2 * HOUR_MS },
		]);
	const who = shop.people.get(lin.key)!;
	expect(punchesOfDay(box.services.store, who, "2026-11-02")).toHaveLength(2);
	expect(lost()).toEqual([]);
});

test("a kept punch that is refused leaves a line: when, how, and whose number it was", async () => {
	const then = box.clock.nowMs();
	box.clock.pass(HOUR_MS);
	const pin = { kind: "pin" as const, number: lin.number, pin: "111222" };
	await drain(await kept(byCard("00000000"), then), await kept(pin, then));
	const at = new Date(then).toISOString();
	expect(lost().map(({ objectId, detail }) => [objectId, detail])).toEqual([
		[kiosk.id, { why: "kiosk.refused.wrong_pin", how: "pin", at, emp: shop.people.get(lin.key) }],
		[kiosk.id, { why: "kiosk.refused.unknown_card", how: "card", at }],
	]);
});

test("a kept punch is never trusted more than the clock of the box", async () => {
	const then = box.clock.nowMs();
	box.clock.jump(HOUR_MS);
	await box.services.clockWatch.check();
	const entry = await kept(byCard(lin.card!), then);
	await drain(entry);
	expect(punchById(box.services.store, entry.id)?.clock).toBe("jumped");
});

test("an entry that must wait stops those behind it; later all go in, in the order of making", async () => {
	const morning = box.clock.nowMs();
	must(await box.services.pins.set(shop.people.get(lin.key)!, "739184", BOX));
	for (let i = 0; i < 5; i++) await kiosk.punch({ kind: "pin", number: lin.number, pin: "111222" });
	const entries = [
		await kept({ kind: "pin", number: lin.number, pin: "739184" }, morning),
		await kept(byCard(lin.card!), morning + 2 * HOUR_MS),
	];
	box.clock.pass(10_000);
	const first = await drainReply(...entries);
	expect(first.results).toHaveLength(1);
	expect(first.stopped).toEqual({ id: entries[0]!.id, retryAfterSec: expect.any(Number) });
	expect(punchById(box.services.store, entries[1]!.id)).toBeUndefined();
	box.clock.pass(3 * HOUR_MS);
	const then = await drainReply(...entries);
	expect(then.stopped).toBeUndefined();
	expect(then.results.map(({ reply }) => reply)).toMatchObject([
		{ outcome: "accepted", direction: "in" },
		{ outcome: "accepted", direction: "out" },
	]);
});

test("a batch sent again while the first is still being taken in waits for it", async () => {
	const morning = box.clock.nowMs();
	box.clock.pass(3 * HOUR_MS);
	must(await box.services.pins.set(shop.people.get(lin.key)!, "739184", BOX));
	const one = await kept({ kind: "pin", number: lin.number, pin: "739184" }, morning);
	const two = await kept(byCard(lin.card!), morning + 2 * HOUR_MS);
	const calls = [
		await kiosk.prepare(KIOSK_ROUTES.drain, { entries: [one, two] }),
		await kiosk.prepare(KIOSK_ROUTES.drain, { entries: [two] }),
	];
	const sent = calls.map(
		async ({ path, init }) => (await box.send(path, init)).json() as Promise<DrainReply>,
	);
	const [first, again] = await Promise.all(sent);
	expect(first!.results[1]!.reply).toMatchObject({ outcome: "accepted", direction: "out" });
	expect(again!.results[0]!.reply).toEqual(first!.results[1]!.reply);
});

test("a kept tap of an unknown card is never learned for somebody", async () => {
	const then = box.clock.nowMs();
	box.clock.pass(HOUR_MS);
	const request = { kioskId: kiosk.id, employeeId: shop.people.get(lin.key)!, maySee: () => true };
	must(box.services.cardLearning.open(request, BOX));
	expect(await drain(await kept(byCard("77777777"), then))).toMatchObject([
		{ outcome: "refused", code: "kiosk.refused.unknown_card" },
	]);
	expect(await kiosk.punch(byCard("77777777"))).toMatchObject({ code: "kiosk.refused.card_learnt" });
});

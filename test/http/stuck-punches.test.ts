/** Punches the box cannot take in: shown in the office, sent again or set aside on the owner's word, and never lost on the way. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import type { SetAsideReply, StuckOrder } from "../../server/protocol/stuck.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let kiosk: TestKiosk;
let owner: SignedIn;
beforeEach(async () => {
	box = await makeTestBox();
	kiosk = await box.kiosk();
	owner = await signInAs(box, "owner");
});
afterEach(() => box.close());

const UNREADABLE = "kiosk.refused.queue_unreadable";
const stuck = (count = 1) => [{ code: UNREADABLE, count, oldestMs: box.clock.nowMs() }];
async function hello(more: object = {}): Promise<StuckOrder | undefined> {
	const facts = { camera: "ok", queued: 0, atMs: box.clock.nowMs(), version: "1", ...more };
	const answer = await kiosk.call(KIOSK_ROUTES.hello, facts);
	expect(answer.status).toBe(200);
	return ((await answer.json()) as { stuckOrder?: StuckOrder }).stuckOrder;
}
const entry = (id: string, sealed = "c2VhbGVk") => ({
	id,
	sealed,
	madeMs: box.clock.nowMs(),
	code: UNREADABLE,
});
async function handOver(one: object): Promise<readonly string[]> {
	const answer = await kiosk.call(KIOSK_ROUTES.setAside, { entries: [one] });
	return ((await answer.json()) as SetAsideReply).kept;
}
const post = (path: string, who = owner) =>
	who.send(`/kiosks/${kiosk.id}/stuck/${path}`, { method: "POST", body: new URLSearchParams() });
const page = async (who = owner) => (await who.send(`/kiosks/${kiosk.id}`)).text();
const acts = (action: string) => listAudit(box.services.store, { action, limit: 9 });

test("the office sees how many, since when and why, and only the owner may decide", async () => {
	expect(await page()).not.toContain("cannot take in");
	await hello({ stuck: stuck(3) });
	const html = await page();
	expect(html).toContain("3 punches");
	expect(html).toContain("Sealed to a key this box does not have");
	expect(await (await owner.send("/kiosks")).text()).toContain("Keeps punches the box cannot take");
	const hr = await signInAs(box, "hr");
	expect(await page(hr)).toContain("Only the owner");
	expect((await post("hand-over", hr)).status).toBe(403);
});

test("sent again: the kiosk is told until it reports it done", async () => {
	await hello({ stuck: stuck() });
	expect((await post("retry")).status).toBe(303);
	const order = await hello({ stuck: stuck() });
	expect(order).toMatchObject({ what: "retry" });
	expect(await page()).toContain("sends them again with its next report");
	expect(await hello({ stuck: stuck(), doneOrder: order!.id })).toBeUndefined();
	expect(await hello({ stuck: stuck() })).toBeUndefined();
});

test("set aside: kept once, sealed in the ledger, listed, handed out as it came; the order ends with the last", async () => {
	await hello({ stuck: stuck(2) });
	await post("hand-over");
	expect(await hello({ stuck: stuck(2) })).toMatchObject({ what: "hand_over" });
	const one = entry("0190a000-0000-7000-8000-000000000001");
	for (let i = 0; i < 2; i++) expect(await handOver(one)).toEqual([one.id]);
	expect(await handOver({ ...one, sealed: "another" })).toEqual([]);
	expect(acts("kiosks.set_aside")).toMatchObject([
		{ objectId: kiosk.id, seq: expect.any(Number), detail: { entry: one.id, why: UNREADABLE } },
	]);
	expect(await page()).toContain(`/kiosks/${kiosk.id}/stuck/${one.id}`);
	const file = await owner.send(`/kiosks/${kiosk.id}/stuck/${one.id}`);
	expect(await file.json()).toMatchObject({
		id: one.id,
		kiosk: kiosk.id,
		sealed: one.sealed,
		code: UNREADABLE,
	});
	expect(acts("kiosks.set_aside_file")).toHaveLength(1);
	expect(await hello()).toBeUndefined();
	expect(await handOver(entry("0190a000-0000-7000-8000-000000000002"))).toEqual([]);
});

test("without the owner's word nothing is taken, so the kiosk keeps it", async () => {
	expect((await post("hand-over")).status).toBe(409);
	expect(await handOver(entry("0190a000-0000-7000-8000-000000000003"))).toEqual([]);
	await hello({ stuck: stuck() });
	await post("retry");
	expect(await handOver(entry("0190a000-0000-7000-8000-000000000003"))).toEqual([]);
});

test("what was set aside cannot be changed or deleted in the database", async () => {
	await hello({ stuck: stuck() });
	await post("hand-over");
	await handOver(entry("0190a000-0000-7000-8000-000000000004"));
	const run = (sql: string) => () => box.services.store.sqlite.run(sql);
	expect(run("DELETE FROM set_aside")).toThrow("append-only");
	expect(run("UPDATE set_aside SET sealed = ''")).toThrow("append-only");
});

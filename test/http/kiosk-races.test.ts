/** Decisions about one kiosk that meet: the stricter one must win, whatever the order. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { kioskById } from "../../db/kiosk.ts";
import { makeKioskAlarms } from "../../server/services/kiosk-alarms.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";

let box: TestBox;
let id: string;
beforeEach(async () => {
	box = await makeTestBox();
	({ id } = await box.kiosk());
});
afterEach(() => box.close());

const status = () => kioskById(box.services.store, id)?.status;

test("a kiosk revoked and resumed at once stays revoked", async () => {
	const { kiosks } = box.services;
	await kiosks.suspend(id, BOX);
	const [revoked, resumed] = await Promise.all([kiosks.revoke(id, BOX), kiosks.approve(id, BOX)]);
	expect([revoked.ok, resumed.ok]).toEqual([true, false]);
	expect(status()).toBe("revoked");
});

test("a clash of counters does not turn a revocation into a pause", async () => {
	const { kiosks, store } = box.services;
	const revoking = kiosks.revoke(id, BOX);
	makeKioskAlarms(box.services).onClash(id);
	await revoking;
	await store.settled();
	expect(status()).toBe("revoked");
});

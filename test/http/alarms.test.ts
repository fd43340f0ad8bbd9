/** Refused tries at the doors as somebody in the office meets them: counted per kind and door, live, kept, and put away once seen. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { listAlarms } from "../../db/alarm.ts";
import { listAudit } from "../../db/audit.ts";
import { employeeByNumber } from "../../db/employee.ts";
import { must } from "../../server/base/result.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../server/base/units.ts";
import { person } from "../../server/demo/shop.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { SIGNED_HEADERS } from "../../server/protocol/signing.ts";
import { ALARM_TRIES, makeAlarms, openAlarms } from "../../server/services/alarms.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let front: TestKiosk;
let owner: SignedIn;
beforeEach(async () => {
	box = await makeTestBox();
	await box.staff();
	front = await box.kiosk("Front door");
	owner = await signInAs(box, "owner");
});
afterEach(async () => {
	box.services.streams.stop();
	await box.close();
});

const board = async (who = owner) => {
	await box.services.alarms.settle();
	return (await who.send("/board")).text();
};
const open = async () => {
	await box.services.alarms.settle();
	return openAlarms(box.services.store, box.clock.nowMs());
};
const strangeCard = (kiosk: TestKiosk) => kiosk.punch({ kind: "card", card: "FFFF0000" });
const times = async (n: number, work: () => Promise<unknown>) => {
	for (let i = 0; i < n; i++) await work();
};
const seen = (fields: Record<string, string>, who = owner, headers = {}) =>
	who.send("/board/alarms/seen", {
		method: "POST",
		headers: { "sec-fetch-site": "same-origin", ...headers },
		body: new URLSearchParams(fields),
	});

describe("what alarms", () => {
	test("unknown cards, per door, from the third within an hour", async () => {
		const back = await box.kiosk("Back door");
		await times(2, () => strangeCard(front));
		await strangeCard(back);
		expect(await open()).toEqual([]);
		await strangeCard(front);
		const html = await board();
		expect(html).toContain("3 unknown cards at Front door in the last hour");
		expect(html).toContain("Ask who holds the card");
		expect(html).not.toContain("Back door");
	});

	test("a locked PIN names the person, the door and their page", async () => {
		const { number, name } = person("lin-wanqing");
		const id = employeeByNumber(box.services.store, number)!.id;
		must(await box.services.pins.set(id, "739152", BOX));
		await times(5, () => front.punch({ kind: "pin", number, pin: "111111" }));
		const html = await board();
		expect(html).toContain(`PIN locked for ${name} at Front door in the last hour`);
		expect(html).toContain(`href="/people/${id}"`);
	}, 20_000);

	test("wrong PINs of many numbers, and no lock for a number nobody has", async () => {
		await times(5, () => front.punch({ kind: "pin", number: "98765", pin: "111111" }));
		expect(await open()).toEqual([]);
		await times(5, () => front.punch({ kind: "pin", number: "98766", pin: "111111" }));
		expect(await open()).toMatchObject([{ kind: "wrong_pin", tries: 10 }]);
	}, 20_000);

	test("a forged request tells where it came from", async () => {
		const { path, init } = await front.prepare(KIOSK_ROUTES.hello, {});
		const headers = { ...(init.headers as Record<string, string>), [SIGNED_HEADERS.signature]: "AAAA" };
		expect((await box.send(path, { ...init, headers })).status).toBe(401);
		expect(await board()).toContain(
			"1 forged request in the name of Front door in the last hour, last from local",
		);
	});

	test("unsigned requests of a device nobody paired", async () => {
		const unsigned = () => box.send(KIOSK_ROUTES.punch, { method: "POST", body: "{}" });
		await times(ALARM_TRIES.stranger, unsigned);
		expect(await board()).toContain("3 requests from a device that is not paired");
		expect(listAudit(box.services.store, { action: "kiosks.refused", limit: 9 })).toMatchObject([
			{ address: "local", detail: { code: "kiosk.auth.unsigned" } },
		]);
	});

	test("not a card that is being learnt, nor a paused kiosk that keeps asking", async () => {
		const id = employeeByNumber(box.services.store, person("lin-wanqing").number)!.id;
		must(
			await box.services.cardLearning.open({ employeeId: id, kioskId: front.id, maySee: () => true }, BOX),
		);
		expect(await strangeCard(front)).toMatchObject({ code: "kiosk.refused.card_learnt" });
		must(await box.services.kiosks.suspend(front.id, BOX));
		await times(12, () => front.call(KIOSK_ROUTES.hello, {}));
		await box.services.alarms.settle();
		expect(listAlarms(box.services.store, 0)).toEqual([]);
	});
});

describe("how long", () => {
	test("slips spread over a day never add up, tries after an alarm do", async () => {
		for (let i = 0; i < 6; i++) {
			await strangeCard(front);
			box.clock.pass(40 * MINUTE_MS);
			await box.services.alarms.settle();
		}
		expect(await open()).toEqual([]);
		await times(3, () => strangeCard(front));
		box.clock.pass(2 * HOUR_MS);
		await strangeCard(front);
		const fresh = await signInAs(box, "owner");
		expect(await board(fresh)).toContain("unknown cards at Front door from 12:00 to 14:00");
		box.clock.pass(DAY_MS + 1);
		expect(await open()).toEqual([]);
	});

	test("a restart forgets nothing", async () => {
		await times(3, () => strangeCard(front));
		await box.services.alarms.stop();
		makeAlarms({ ...box.services, onError: box.services.onError });
		expect(openAlarms(box.services.store, box.clock.nowMs())).toMatchObject([{ tries: 3 }]);
	});

	test("a flood stays small in memory and in rows", async () => {
		for (let i = 0; i < 2_000; i++)
			box.services.bus.emit("alarm", { kind: "pin_locked", kioskId: `k${i}`, employeeId: "e" });
		await box.services.alarms.settle();
		expect(listAlarms(box.services.store, 0).length).toBeLessThanOrEqual(300);
		const html = await board();
		expect(html.split('class="alarm"').length - 1).toBeLessThanOrEqual(12);
	});
});

describe("seen", () => {
	const fields = () => ({ kind: "unknown_card", kioskId: front.id, employeeId: "" });

	test("puts it away, sealed with its count, and the next tries begin anew", async () => {
		await times(4, () => strangeCard(front));
		expect((await seen(fields())).headers.get("location")).toBe("/board");
		expect(await board()).not.toContain("unknown card");
		const [row] = listAudit(box.services.store, { action: "alarms.seen", limit: 9 });
		expect(row).toMatchObject({ actorId: owner.accountId, objectId: front.id, detail: { tries: 4 } });
		expect(row!.seq).not.toBeNull();
		await strangeCard(front);
		expect(await open()).toEqual([]);
		await seen({ ...fields(), kind: "forged" });
		expect(listAudit(box.services.store, { action: "alarms.seen", limit: 9 })).toHaveLength(1);
	});

	test("answers a live board with the list as it stands", async () => {
		await times(3, () => strangeCard(front));
		const answer = await seen(fields(), owner, { "hx-request": "true" });
		expect(await answer.text()).toStartWith('<aside id="board-needs"');
	});

	test("is not for auditors, who see it, nor for managers, who do not", async () => {
		await times(3, () => strangeCard(front));
		const auditor = await signInAs(box, "auditor");
		const manager = await signInAs(box, "manager");
		expect(await board(auditor)).toContain("unknown cards at Front door");
		expect(await board(auditor)).not.toContain("/board/alarms/seen");
		expect((await seen(fields(), auditor)).status).toBe(403);
		expect(await board(manager)).not.toContain("unknown card");
	});
});

test("an open board is told without asking", async () => {
	const stream = await owner.send("/board/stream");
	const reader = stream.body!.getReader();
	await times(3, () => strangeCard(front));
	await box.services.alarms.settle();
	let text = "";
	while (!text.includes("3 unknown cards at Front door"))
		text += new TextDecoder().decode((await reader.read()).value);
	expect(text).toContain('"id":"board-needs"');
});

/** The demo shop is full of life on any day at any hour, at its first start and at a later one, and its door opens at once. */
import { afterEach, describe, expect, test } from "bun:test";
import { boardCounts } from "../../db/board.ts";
import { listKiosks } from "../../db/kiosk.ts";
import { countNeeds } from "../../db/needs.ts";
import { HOUR_MS, localDate, localMinute, SECOND_MS } from "../../server/base/units.ts";
import { demoEntry } from "../../server/demo/demo-entry.ts";
import { makeDice } from "../../server/demo/history.ts";
import { punchNext } from "../../server/demo/trickle.ts";
import { bringUpToDate } from "../../server/demo/up-to-date.ts";
import { signInAs } from "../support/sign-in.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";
import { pairKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
afterEach(async () => {
	box.services.streams.stop();
	await box.close();
});

async function demoAt(startsAt: string): Promise<void> {
	box = await makeTestBox({ startsAt, demo: true });
	await box.staff();
	await bringUpToDate(box.services);
}

const ZONE = "Asia/Shanghai";
function counts() {
	const nowMs = box.clock.nowMs();
	const { store } = box.services;
	const board = boardCounts(store, { today: localDate(nowMs, ZONE), minute: localMinute(nowMs, ZONE) });
	const { openMakeups, openDoubts } = countNeeds(store, 0);
	return { ...board, openMakeups, openDoubts };
}

function expectLife(): void {
	const now = counts();
	expect(now.in).toBeGreaterThanOrEqual(3);
	for (const kind of ["late", "missing", "doubtful", "openMakeups", "openDoubts"] as const)
		expect([kind, now[kind] > 0]).toEqual([kind, true]);
}

const punches = (): number =>
	(box.services.store.sqlite.query("SELECT count(*) AS n FROM punch").get() as { n: number }).n;

/** Every weekday once, the hours where shops sleep among them. */
const MOMENTS = [
	"2026-11-02T06:02:10",
	"2026-11-03T09:05:30",
	"2026-11-04T14:00:40",
	"2026-11-05T17:59:00",
	"2026-11-06T22:04:00",
	"2026-11-07T00:30:00",
	"2026-11-08T03:00:00",
	"2026-11-08T11:00:00",
];

test.each(MOMENTS)("at %s people are in, late, missing and doubtful, and a make-up waits", async (moment) => {
	await demoAt(`${moment}+08:00`);
	expectLife();
});

test("started again on another weekday after a week, it has lived on meanwhile", async () => {
	await demoAt("2026-11-04T11:00:00+08:00");
	const before = punches();
	await bringUpToDate(box.services);
	expect(punches()).toBe(before);
	box.clock.pass(11 * 24 * HOUR_MS - 8 * HOUR_MS);
	await bringUpToDate(box.services);
	expect(punches()).toBeGreaterThan(before + 100);
	expectLife();
});

describe("the trickle", () => {
	test("moves the board all day and never ends the story", async () => {
		await demoAt("2026-11-08T03:00:00+08:00");
		const dice = makeDice(7);
		for (let hour = 0; hour < 24; hour++) {
			const before = punches();
			for (let turn = 0; turn < 20; turn++) {
				box.clock.pass(180 * SECOND_MS);
				await punchNext(box.services, dice);
			}
			expect(punches()).toBeGreaterThan(before);
			const { in: inside, missing, late } = counts();
			expect(inside).toBeGreaterThanOrEqual(1);
			expect([missing > 0, late > 0]).toEqual([true, true]);
		}
	}, 30_000);
});

describe("a door", () => {
	const key = encodeURIComponent(demoEntry.token);

	test("opens from the link at any time, once for each visit", async () => {
		await demoAt("2026-11-08T11:00:00+08:00");
		for (let visit = 0; visit < 2; visit++) {
			box.clock.pass(HOUR_MS);
			const answer = await box.send(`/demo/door?key=${key}`);
			const code = /^\/kiosk#pair=(\w+)$/.exec(answer.headers.get("location") ?? "")?.[1];
			await pairKiosk(box.send, code!, box.clock.nowMs);
		}
		expect(listKiosks(box.services.store)).toHaveLength(2);
		expect((await box.send("/demo/door?key=guess")).status).toBe(404);
	});

	test("is offered on the board while there is none", async () => {
		await demoAt("2026-11-08T11:00:00+08:00");
		const owner = await signInAs(box, "owner");
		expect(await (await owner.send("/board")).text()).toContain(`/demo/door?key=${demoEntry.token}`);
	});

	test("does not exist in a real box", async () => {
		box = await makeTestBox();
		expect((await box.send(`/demo/door?key=${key}`)).status).toBe(404);
	});
});

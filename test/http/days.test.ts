/** Day list, one day, evidence, decisions and files through the routes. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { updateAccount } from "../../db/account.ts";
import { listAudit } from "../../db/audit.ts";
import { dayOf } from "../../db/day.ts";
import { listDay } from "../../db/day-list.ts";
import { countNeeds } from "../../db/needs.ts";
import { deletePhotosOf } from "../../db/punch.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { photoContext } from "../../server/services/photo-context.ts";
import { photoHash, recordPunch } from "../../server/services/record-punch.ts";
import { readSheet } from "../../server/sheets/read-sheet.ts";
import { portrait } from "../support/portraits.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";

let box: TestBox;
let shop: Awaited<ReturnType<TestBox["staff"]>>;
let hr: SignedIn;
beforeEach(async () => {
	box = await makeTestBox({ startsAt: "2026-11-02T10:00:00+08:00" });
	shop = await box.staff();
	hr = await signInAs(box, "hr");
});
afterEach(() => box.close());

const DATE = "2026-11-02";
const idOf = (key: string) => shop.people.get(key)!;
const page = async (path: string, who = hr) => (await who.send(path)).text();
const post = (path: string, values: Record<string, string> = {}, who = hr) =>
	who.send(path, { method: "POST", body: new URLSearchParams(values) });

async function punch(key: string, time: string, photo?: Uint8Array, doubts: string[] = []): Promise<string> {
	const { store, vault } = box.services;
	const atMs = Date.parse(`${DATE}T${time}+08:00`);
	const id = newId(atMs);
	const employeeId = idOf(key);
	const sealed = photo && vault.sealBio(employeeId, photoContext(id), photo);
	await store.commit((tx) =>
		recordPunch(tx, {
			...{ id, employeeId, atMs, receivedMs: atMs, zone: "Asia/Shanghai", method: "card", source: "live" },
			...{ deviceId: null, deviceCounter: null, direction: "auto", clock: "ok", doubts, match: {} },
			...(photo && sealed && { photo: { sealed, sha256: photoHash(photo) } }),
			makesDay: true,
		}),
	);
	return id;
}

describe("the day list", () => {
	test("holds everybody employed, with and without punches", async () => {
		await punch("lin-wanqing", "09:12:30");
		const html = await page(`/days?date=${DATE}`);
		expect(html).toContain("09:12");
		expect(html).toContain("12 min");
		expect(html).toContain(person("su-xiaoman").name);
		expect(html).toContain("29 rows");
	});

	test("filters by text, status, method and doubts", async () => {
		await punch("lin-wanqing", "08:50:00", undefined, ["other_face"]);
		const rows = async (query: string) =>
			(await page(`/days?date=${DATE}&${query}`)).match(/class="person"/g)?.length ?? 0;
		expect(await rows("text=1001")).toBe(1);
		expect(await rows("status=open")).toBe(1);
		expect(await rows("method=card")).toBe(1);
		expect(await rows("method=face")).toBe(0);
		expect(await rows("doubtful=yes")).toBe(1);
	});

	test("a manager gets the own departments, in the list, the files and the day", async () => {
		const manager = await signInAs(box, "manager", [shop.departments.get("kitchen")!]);
		for (const path of [`/days?date=${DATE}`, `/days.csv?date=${DATE}`]) {
			const text = await page(path, manager);
			expect(text).toContain(person("zhao-tieshan").name);
			expect(text).not.toContain(person("su-xiaoman").name);
		}
		expect((await manager.send(`/days/${DATE}/${idOf("su-xiaoman")}`)).status).toBe(404);
		expect((await manager.send(`/people/${idOf("su-xiaoman")}/days`)).status).toBe(404);
		const id = await punch("su-xiaoman", "09:00:00", await portrait("ada"));
		expect((await manager.send(`/punches/${id}/photo`)).status).toBe(404);
		expect((await post(`/punches/${id}/void`, { reason: "not mine" }, manager)).status).toBe(404);
	});

	test("past days tell absence and missing punches out", async () => {
		await punch("lin-wanqing", "08:50:00");
		box.clock.set("2026-11-03T12:00:00+08:00");
		const html = await page(`/days?date=${DATE}`, await signInAs(box, "hr"));
		expect(html).toContain("No punch out");
		expect(html).toContain("Absent");
	});
});

describe("the files", () => {
	test("carry numbers, disarm formulas, leave a leaf", async () => {
		const { services } = box;
		const evil = {
			number: "=9",
			name: "=HYPERLINK(1)",
			departmentId: null,
			shiftId: null,
			joinedOn: "2026-01-01",
		};
		await services.employees.create(evil, { actor: { kind: "box", id: "test" }, address: "" });
		await punch("lin-wanqing", "09:12:30");
		await punch("lin-wanqing", "18:00:00");
		const csv = await page(`/days.csv?date=${DATE}`);
		expect(csv).toContain("'=HYPERLINK(1)");
		const response = await hr.send(`/days.xlsx?date=${DATE}&text=1001`);
		expect(response.headers.get("cache-control")).toBe("no-store");
		const sheet = await readSheet(new Uint8Array(await response.arrayBuffer()));
		if (!sheet.ok) throw new Error(sheet.error.code);
		expect(JSON.stringify(sheet.value)).toContain("2026-11-02");
		const exports = listAudit(services.store, { action: "export.made", limit: 5 });
		expect(exports).toHaveLength(2);
		expect(exports[0]!.seq).not.toBeNull();
	});
});

describe("evidence", () => {
	test("is re-encoded, never cached, and each look is listed", async () => {
		const id = await punch("lin-wanqing", "09:00:00", await portrait("ada"));
		const response = await hr.send(`/punches/${id}/photo`);
		expect(response.status).toBe(200);
		expect(response.headers.get("content-type")).toBe("image/jpeg");
		expect(response.headers.get("cache-control")).toBe("no-store");
		expect(response.headers.get("x-content-type-options")).toBe("nosniff");
		const looks = listAudit(box.services.store, { action: "punches.photo", limit: 5 });
		expect(looks.map((look) => look.objectId)).toEqual([id]);
	});

	test("is not for auditors", async () => {
		const id = await punch("lin-wanqing", "09:00:00", await portrait("ada"));
		const auditor = await signInAs(box, "auditor");
		expect((await auditor.send(`/punches/${id}/photo`)).status).toBe(403);
		expect(await page(`/days/${DATE}/${idOf("lin-wanqing")}`, auditor)).not.toContain(`/punches/${id}/photo`);
	});

	test("once erased says so", async () => {
		const id = await punch("lin-wanqing", "09:00:00", await portrait("ada"));
		await box.services.store.commit((tx) => deletePhotosOf(tx, idOf("lin-wanqing")));
		expect((await hr.send(`/punches/${id}/photo`)).status).toBe(404);
		expect(await page(`/days/${DATE}/${idOf("lin-wanqing")}`)).toContain("Photo erased");
	});

	test("goes after its time, with a purge leaf, and only while the clock is trusted", async () => {
		await punch("lin-wanqing", "09:00:00", await portrait("ada"));
		expect(await box.services.retention.sweep()).toEqual({ photos: 0 });
		box.clock.pass(31 * 86_400_000);
		expect(await box.services.retention.sweep()).toEqual({ photos: 1 });
		expect(listAudit(box.services.store, { action: "photos.purge", limit: 5 })).toHaveLength(1);
		await punch("lin-wanqing", "09:30:00", await portrait("ada"));
		box.clock.set("2027-11-02T10:00:00+08:00");
		await box.services.clockWatch.check();
		expect(await box.services.retention.sweep()).toEqual({ photos: 0 });
	});
});

describe("decisions", () => {
	test("voiding needs a reason, takes the punch out of the day, and can be turned round", async () => {
		const id = await punch("lin-wanqing", "09:00:00", undefined, ["other_face"]);
		expect((await post(`/punches/${id}/void`)).status).toBe(422);
		expect((await post(`/punches/${id}/void`, { reason: "wrong person", back: "/doubts" })).status).toBe(303);
		expect(dayOf(box.services.store, idOf("lin-wanqing"), DATE)).toBeUndefined();
		expect(await page("/doubts")).not.toContain(id);
		expect(await page("/doubts?state=decided")).toContain(id);
		expect((await post(`/punches/${id}/confirm`)).status).toBe(303);
		expect(dayOf(box.services.store, idOf("lin-wanqing"), DATE)?.punches).toBe(1);
	});

	test("the record of the day counts the same open doubts as the list, the board and the inbox", async () => {
		const { store, notes } = box.services;
		const kiosk = await box.kiosk();
		const reply = await kiosk.punch({ kind: "card", card: person("lin-wanqing").card! });
		if (reply.outcome !== "accepted") throw new Error(reply.outcome);
		const id = reply.punchId;
		box.clock.pass(10 * 60_000);
		await kiosk.punch({ kind: "card", card: person("lin-wanqing").card! });
		const open = () => {
			const day = { date: DATE, minute: 600, text: person("lin-wanqing").number, page: 0, pageSize: 5 };
			const listed = listDay(store, day).rows[0]?.doubtful;
			const needs = countNeeds(store, 0).openDoubts;
			return [dayOf(store, idOf("lin-wanqing"), DATE)?.doubtful, listed, needs];
		};
		expect(open()).toEqual([0, 0, 0]);
		must(await notes.notMe(id, newId(), kiosk.id, ""));
		expect(open()).toEqual([1, 1, 1]);
		must(await notes.void(id, "a mistake", BOX));
		expect(open()).toEqual([0, 0, 0]);
		must(await notes.confirm(id, "", BOX));
		must(await notes.notMe(id, newId(), kiosk.id, ""));
		expect(open()).toEqual([1, 1, 1]);
		expect(await page(`/days/${DATE}/${idOf("lin-wanqing")}`)).toContain(`/punches/${id}/confirm`);
	});

	test("nobody decides on the own record, auditors on none", async () => {
		const id = await punch("lin-wanqing", "09:00:00");
		await box.services.store.commit((tx) =>
			updateAccount(tx, hr.accountId, { employeeId: idOf("lin-wanqing") }),
		);
		expect((await post(`/punches/${id}/confirm`)).status).toBe(403);
		expect((await post(`/punches/${id}/confirm`, {}, await signInAs(box, "auditor"))).status).toBe(403);
	});

	test("the way back stays on this site", async () => {
		const id = await punch("lin-wanqing", "09:00:00");
		const response = await post(`/punches/${id}/confirm`, { back: "//evil.example" });
		expect(response.headers.get("location")).toBe("/doubts");
	});

	test("a make-up becomes a punch when approved, once", async () => {
		const kiosk = await box.kiosk();
		const request = { id: newId(), number: "1001", atMs: box.clock.nowMs(), reason: "card_lost" };
		await kiosk.call("/api/kiosk/makeup", request);
		expect(await page("/makeups")).toContain(person("lin-wanqing").name);
		expect((await post(`/makeups/${request.id}/approve`)).status).toBe(303);
		expect((await post(`/makeups/${request.id}/refuse`)).status).toBe(409);
		expect(dayOf(box.services.store, idOf("lin-wanqing"), DATE)?.punches).toBe(1);
		expect(await page("/makeups?state=decided")).toContain("Approved");
	});
});

describe("one day", () => {
	test("explains its figures in words", async () => {
		await punch("lin-wanqing", "09:12:30");
		await punch("lin-wanqing", "18:05:00");
		const html = await page(`/days/${DATE}/${idOf("lin-wanqing")}`);
		expect(html).toContain("That is 12 min after the start and beyond the 5 min of grace: late.");
		expect(html).toContain("less 1 h break");
		expect(html).toContain("09:12:30");
	});

	test("a date that is none is not found", async () => {
		expect((await hr.send(`/days/2026-02-31/${idOf("lin-wanqing")}`)).status).toBe(404);
		expect((await hr.send(`/days/${DATE}/nobody`)).status).toBe(404);
	});
});

/** Every page that shows personal data leaves a line in the audit: who looked at what. The table below names every page there is. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { consentInForce } from "../../db/consent.ts";
import { allEmployees } from "../../db/employee.ts";
import { insertEnrolment, insertEnrolmentPhoto } from "../../db/enrolment.ts";
import { insertFileJob } from "../../db/file-job.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { MINUTE_MS } from "../../server/base/units.ts";
import { person } from "../../server/demo/shop.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { photoContext } from "../../server/services/photo-context.ts";
import { photoHash, recordPunch } from "../../server/services/record-punch.ts";
import { ACCESS } from "../../server/web/access.ts";
import { portrait } from "../support/portraits.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

const DATE = "2026-11-02";
let box: TestBox;
let owner: SignedIn;
/** What the addresses below stand for. */
const at: Record<string, string> = { date: DATE };

beforeAll(async () => {
	box = await makeTestBox({ startsAt: `${DATE}T10:00:00+08:00` });
	const shop = await box.staff();
	owner = await signInAs(box, "owner");
	at.person = shop.people.get("lin-wanqing")!;
	at.department = shop.departments.get("kitchen")!;
	at.shift = [...shop.shifts.values()][0]!;
	at.account = owner.accountId;
	const kiosk = await box.kiosk();
	at.kiosk = kiosk.id;
	await kiosk.call("/api/kiosk/makeup", {
		...{ id: newId(), number: person("lin-wanqing").number },
		...{ atMs: box.clock.nowMs(), reason: "card_lost" },
	});
	await addStuck(kiosk);
	await addFace(await portrait("ada"));
	await addPunch(await portrait("ada"));
	await addImport();
	await addBatch();
});
afterAll(async () => {
	box.services.streams.stop();
	await box.close();
});

/** A face that waits for approval, its photo readable. */
async function addFace(jpeg: Uint8Array): Promise<void> {
	const { store, vault, consents } = box.services;
	const employeeId = at.person!;
	must(
		await consents.give(
			employeeId,
			{ version: consents.text("en").version, lang: "en", channel: "admin" },
			BOX,
		),
	);
	const [id, photo, createdMs] = [newId(), newId(), box.clock.nowMs()];
	at.photo = photo;
	await store.commit((tx) => {
		const consentId = consentInForce(tx, employeeId)!.id;
		const made = { channel: "webcam" as const, madeBy: "test", createdMs };
		insertEnrolment(tx, { id, employeeId, consentId, status: "pending", ...made });
		const sealed = vault.sealBio(employeeId, `enrolment_photo|${photo}`, jpeg);
		const kept = { sealed, sha256: photoHash(jpeg), quality: {}, createdMs };
		insertEnrolmentPhoto(tx, { id: photo, enrolmentId: id, employeeId, pose: "front", ...kept });
	});
}

async function addPunch(jpeg: Uint8Array): Promise<void> {
	const { store, vault } = box.services;
	const [id, atMs, employeeId] = [newId(), box.clock.nowMs(), at.person!];
	at.punch = id;
	const sealed = vault.sealBio(employeeId, photoContext(id), jpeg);
	await store.commit((tx) =>
		recordPunch(tx, {
			...{ id, employeeId, atMs, receivedMs: atMs, zone: "Asia/Shanghai", method: "card", source: "live" },
			...{ deviceId: at.kiosk!, deviceCounter: null, direction: "auto", clock: "ok" },
			...{ doubts: ["other_face"], match: {}, makesDay: true },
			photo: { sealed, sha256: photoHash(jpeg) },
		}),
	);
}

async function addImport(): Promise<void> {
	const file = new File([`Number,Name\n1001,${person("lin-wanqing").name}\n7001,Some One\n`], "staff.csv");
	const body = new FormData();
	body.append("file", file);
	const sent = await owner.send("/people/import", { method: "POST", body });
	at.job = sent.headers.get("location")!.split("/").at(-1)!;
	for (;;) {
		const { peopleImport } = box.services;
		const by = { actor: { kind: "account" as const, id: owner.accountId }, address: "" };
		if (peopleImport.find(at.job, by)?.state.kind === "planned") return;
		await new Promise((resume) => setImmediate(resume));
	}
}

/** A punch that the box could not take in, set aside on the owner's word. */
async function addStuck(kiosk: TestKiosk): Promise<void> {
	at.entry = newId();
	const why = { code: "kiosk.refused.queue_unreadable" };
	const atMs = box.clock.nowMs();
	const stuck = [{ ...why, count: 1, oldestMs: atMs }];
	await kiosk.call(KIOSK_ROUTES.hello, { camera: "ok", queued: 0, atMs, version: "1", stuck });
	await owner.send(`/kiosks/${kiosk.id}/stuck/hand-over`, { method: "POST", body: new URLSearchParams() });
	const entry = { id: at.entry, sealed: "c2VhbGVk", madeMs: atMs, ...why };
	await kiosk.call(KIOSK_ROUTES.setAside, { entries: [entry] });
}

/** A batch that is over, with a row that names somebody. */
async function addBatch(): Promise<void> {
	at.batch = newId();
	const report = [
		{ label: person("lin-wanqing").number, ok: true, code: "enrol.batch_done", vars: { good: 1, alike: 0 } },
	];
	const done = { done: 1, total: 1, createdMs: box.clock.nowMs(), endedMs: box.clock.nowMs() };
	const job = { id: at.batch, kind: "enrolment", madeBy: "test", state: "done" as const };
	await box.services.store.commit((tx) => insertFileJob(tx, { ...job, report, ...done }));
}

/** Routes that show personal data: address with `{names}` from above → the audited act and what it was done to. */
const SHOWN: Readonly<Record<string, readonly [path: string, action: string, object: string]>> = {
	"/people": ["/people", "reports.look", "staff"],
	"/people/export": ["/people/export?format=csv", "export.made", "staff"],
	"/people/:id": ["/people/{person}", "people.look", "{person}"],
	"/people/:id/edit": ["/people/{person}/edit", "people.look", "{person}"],
	"/people/:id/cards/learn": ["/people/{person}/cards/learn", "people.look", "{person}"],
	"/people/:id/face": ["/people/{person}/face", "people.look", "{person}"],
	"/people/:id/face/enrol": ["/people/{person}/face/enrol", "people.look", "{person}"],
	"/people/:id/face/upload": ["/people/{person}/face/upload", "people.look", "{person}"],
	"/people/:id/face/photos/:photoId": ["/people/{person}/face/photos/{photo}", "enrolment.look", "{person}"],
	"/people/:id/days": ["/people/{person}/days", "people.look", "{person}"],
	"/people/import/:job": ["/people/import/{job}", "reports.look", "import"],
	"/enrolments": ["/enrolments", "reports.look", "enrolments"],
	"/enrolments/batch": ["/enrolments/batch", "reports.look", "enrolment-batch"],
	"/enrolments/batch/:id": ["/enrolments/batch/{batch}", "reports.look", "enrolment-batch"],
	"/board": ["/board", "reports.look", "board"],
	"/board/stream": ["/board/stream", "reports.look", "board"],
	"/board/roll-call": ["/board/roll-call", "reports.look", "roll-call"],
	"/days": ["/days?date={date}", "reports.look", "days"],
	"/days.xlsx": ["/days.xlsx?date={date}", "export.made", "day-list-xlsx"],
	"/days.csv": ["/days.csv?date={date}", "export.made", "day-list-csv"],
	"/days/:date/:id": ["/days/{date}/{person}", "people.look", "{person}"],
	"/punches/:id/photo": ["/punches/{punch}/photo", "punches.photo", "{punch}"],
	"/doubts": ["/doubts", "reports.look", "doubts"],
	"/faces": ["/faces", "reports.look", "faces"],
	"/makeups": ["/makeups", "reports.look", "makeups"],
	"/audit": ["/audit", "reports.look", "audit"],
	"/kiosks/:id/stuck/:entry": ["/kiosks/{kiosk}/stuck/{entry}", "kiosks.set_aside_file", "{kiosk}"],
};

/** Routes that show nobody on the staff: the address that is asked, to prove it. */
const BARE: Readonly<Record<string, string>> = {
	"/": "/",
	"/prove": "/prove",
	"/setup/recovery": "/setup/recovery",
	"/setup/face": "/setup/face",
	"/setup/shift": "/setup/shift",
	"/setup/ready": "/setup/ready",
	"/accounts": "/accounts",
	"/accounts/new": "/accounts/new",
	"/accounts/:id": "/accounts/{account}",
	"/profile": "/profile",
	"/profile/totp": "/profile/totp",
	"/people/new": "/people/new",
	"/people/departments": "/people/departments",
	"/people/departments/new": "/people/departments/new",
	"/people/departments/:id": "/people/departments/{department}",
	"/people/shifts": "/people/shifts",
	"/people/shifts/new": "/people/shifts/new",
	"/people/shifts/:id": "/people/shifts/{shift}",
	"/people/import": "/people/import",
	"/people/import/template": "/people/import/template?format=csv",
	"/enrolments/consent": "/enrolments/consent",
	"/kiosks": "/kiosks",
	"/kiosks/stream": "/kiosks/stream",
	"/kiosks/new": "/kiosks/new",
	"/kiosks/:id": "/kiosks/{kiosk}",
	"/settings": "/settings",
	"/faces/progress": "/faces/progress",
	"/settings/net": "/settings/net",
	"/settings/net/job": "/settings/net/job",
	"/settings/net/download": "/settings/net/download",
};

const filled = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => at[name]!);
const newestId = (): number => listAudit(box.services.store, { limit: 1 })[0]?.id ?? 0;
const linesSince = (id: number, who: SignedIn) =>
	listAudit(box.services.store, { actorId: who.accountId, limit: 50 }).filter((row) => row.id > id);

test("the table names every page that people with an account may open", () => {
	const pages = Object.entries(ACCESS)
		.filter(([key, { to }]) => key.startsWith("GET ") && Array.isArray(to))
		.map(([key]) => key.slice("GET ".length));
	expect([...Object.keys(SHOWN), ...Object.keys(BARE)].sort()).toEqual(pages.sort());
});

describe("a look is listed at", () => {
	test.each(Object.entries(SHOWN))("%s", async (_, [path, action, object]) => {
		// An import is shown to the account that began it.
		const viewer = path.includes("{job}") ? owner : await signInAs(box, "owner");
		const before = newestId();
		// The learning panel and the batch's progress answer htmx alone.
		const isPart = path.includes("/learn") || path.includes("/batch/");
		const answer = await viewer.send(filled(path), { headers: isPart ? { "hx-request": "true" } : {} });
		expect(answer.status).toBe(200);
		expect(linesSince(before, viewer)).toMatchObject([{ action, objectId: filled(object) }]);
	});
});

describe("nobody is shown at", () => {
	test.each(Object.entries(BARE))("%s", async (_, path) => {
		const answer = await owner.send(filled(path));
		const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream");
		const text = isStream ? "" : await answer.text();
		const shown = allEmployees(box.services.store).filter(({ name }) => text.includes(name));
		expect(shown.map(({ name }) => name)).toEqual([]);
		expect(answer.status).toBeLessThan(400);
	});
});

test("a page that renews itself is one look in ten minutes, and another person's another", async () => {
	const viewer = await signInAs(box, "hr");
	const before = newestId();
	const part = { headers: { "hx-request": "true" } };
	const poll = async (who = at.person!) => viewer.send(`/people/${who}/cards/learn`, part);
	await viewer.send(`/people/${at.person}`);
	for (let i = 0; i < 5; i++) await poll();
	expect(linesSince(before, viewer)).toHaveLength(1);
	await poll(allEmployees(box.services.store).find(({ id }) => id !== at.person)!.id);
	expect(linesSince(before, viewer)).toHaveLength(2);
	box.clock.pass(10 * MINUTE_MS);
	await poll();
	expect(linesSince(before, viewer)).toHaveLength(3);
	await viewer.send(`/people/${at.person}`);
	await viewer.send(`/people/${at.person}`);
	expect(linesSince(before, viewer)).toHaveLength(5);
});

/** Many portraits in one zip: who they belong to, what is refused, stopping and going on; hostile archives. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { type Zippable, zipSync } from "fflate";
import { consentInForce } from "../../db/consent.ts";
import { employeeById } from "../../db/employee.ts";
import { enrolmentOf, photosOf } from "../../db/enrolment.ts";
import type { FileJob } from "../../db/file-job.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import type { BatchRow } from "../../server/services/enrolment-batch-person.ts";
import { planPhotos } from "../../server/services/photo-names.ts";
import { sample } from "../recognition/pictures.ts";
import { portrait } from "../support/portraits.ts";
import { type SharedEngine, sharedEngine } from "../support/shared-engine.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";

setDefaultTimeout(60_000);
let engine: SharedEngine;
let box: TestBox;
let hr: SignedIn;
let ids: string[];

beforeAll(() => {
	engine = sharedEngine();
});
afterAll(() => engine.end());
beforeEach(async () => {
	box = await makeTestBox({ engine });
	ids = [...(await box.staff()).people.values()];
	hr = await signInAs(box, "hr");
});
afterEach(() => box.close());

const numberOf = (index: number) => employeeById(box.services.store, ids[index]!)!.number;
const ZIP_LEVEL = { level: 0 } as const;
const zipOf = (files: Record<string, Uint8Array>) => zipSync(files as Zippable, ZIP_LEVEL);
const send = (zip: Uint8Array, signed = "yes") =>
	hr.send(`/enrolments/batch?version=${CONSENT_VERSION}&lang=en&signed=${signed}`, {
		method: "POST",
		headers: { "content-type": "application/zip" },
		body: zip as BodyInit,
	});
async function finished(response: Response): Promise<FileJob<BatchRow>> {
	const { jobId } = (await response.json()) as { jobId: string };
	await box.services.enrolmentBatches.idle();
	return box.services.enrolmentBatches.job(jobId)!;
}
const codeOf = async (response: Response) =>
	((await response.json()) as { error?: { code: string } }).error?.code;

test("files are matched by number, suffix or folder; the report names every one", async () => {
	const [a, b, c] = [numberOf(0), numberOf(1), numberOf(2)];
	const job = await finished(
		await send(
			zipOf({
				[`${a}.jpg`]: await portrait("ada"),
				[`photos/${b}_1.jpg`]: await portrait("ben"),
				[`photos/${b}_2.jpg`]: await portrait("ben", 1),
				[`${c}/whatever.jpg`]: await sample(5),
				"999999.jpg": await portrait("cleo"),
				"__MACOSX/._x.jpg": new Uint8Array(10),
				"readme.txt": new Uint8Array(10),
			}),
		),
	);
	expect(job).toMatchObject({ state: "done", done: 3, total: 3 });
	const rows = Object.fromEntries(job.report.map((row) => [row.label, row.code]));
	expect(rows).toEqual({
		"999999.jpg": "enrol.batch_unknown",
		[a]: "enrol.batch_done",
		[b]: "enrol.batch_done",
		[c]: "enrol.photo_several",
	});
	const { store } = box.services;
	expect(photosOf(store, enrolmentOf(store, ids[1]!, "approved")!.id)).toHaveLength(2);
	expect(consentInForce(store, ids[0]!)).toMatchObject({ channel: "paper", recordedBy: hr.accountId });
	expect(consentInForce(store, ids[2]!)).toBeUndefined();
	expect(await (await hr.send("/enrolments/batch")).text()).toContain("2 enrolled, 2 to look at");
});

test("the same zip again skips who is done", async () => {
	const zip = zipOf({ [`${numberOf(0)}.jpg`]: await portrait("ada") });
	await finished(await send(zip));
	const again = await finished(await send(zip));
	expect(again.report.map((row) => row.code)).toEqual(["enrol.batch_already"]);
});

test("only one at a time; a cancelled one ends after the person being worked on", async () => {
	const files: Record<string, Uint8Array> = {};
	for (let i = 0; i < 6; i++) files[`${numberOf(i)}.jpg`] = await portrait("cleo", i);
	const first = await send(zipOf(files));
	expect(await codeOf(await send(zipOf(files)))).toBe("enrol.batch_running");
	const { jobId } = (await first.clone().json()) as { jobId: string };
	expect((await hr.send(`/enrolments/batch/${jobId}/cancel`, { method: "POST" })).status).toBe(303);
	const job = await finished(first);
	expect(job.state).toBe("cancelled");
	expect(job.done).toBeLessThan(6);
});

test("without the statement that the consents are signed nothing starts", async () => {
	const zip = zipOf({ [`${numberOf(0)}.jpg`]: await portrait("ada") });
	expect(await codeOf(await send(zip, ""))).toBe("enrol.batch_statement");
	expect(box.services.enrolmentBatches.latest()).toBeUndefined();
});

test("hostile archives are refused by their directory, in words", async () => {
	const many: Record<string, Uint8Array> = {};
	for (let i = 0; i < 10_000; i++) many[`${i}.jpg`] = new Uint8Array(1);
	const flood = await send(zipOf(many));
	expect(flood.status).toBe(422);
	expect(await flood.json()).toMatchObject({
		error: { code: "enrol.zip_entries", message: expect.stringContaining("2,000") },
	});
	const bomb = zipSync({ "1.jpg": new Uint8Array(11_000_000) });
	expect(bomb.length).toBeLessThan(20_000);
	expect(await codeOf(await send(bomb))).toBe("enrol.batch_photo_too_big");
	const heap: Record<string, Uint8Array> = {};
	for (let i = 0; i < 40; i++) heap[`${i}.jpg`] = new Uint8Array(9_000_000);
	expect(await codeOf(await send(zipSync(heap)))).toBe("enrol.zip_too_big");
	expect(await codeOf(await send(new TextEncoder().encode("no zip at all, only words")))).toBe(
		"enrol.zip_damaged",
	);
	expect(await codeOf(await send(zipOf({ "notes.txt": new Uint8Array(5) })))).toBe("enrol.batch_no_photos");
});

test("names that climb out of folders are only names", async () => {
	const number = numberOf(0);
	const job = await finished(
		await send(
			zipOf({
				[`../../../../etc/${number}.jpg`]: await portrait("ada"),
				"/etc/cron.d/evil.jpg": await portrait("ben"),
				"C:\\windows\\<script>.jpg": await portrait("ben"),
			}),
		),
	);
	expect(job.report.map((row) => row.label).sort()).toEqual(["<script>.jpg", number, "evil.jpg"].sort());
	const html = await (await hr.send("/enrolments/batch")).text();
	expect(html).toContain("&lt;script>.jpg");
	expect(html).not.toContain("<script>.jpg");
});

test("a number that itself ends in a suffix wins over its beginning", () => {
	const known = new Set(["12", "12_1"]);
	const plan = planPhotos([{ name: "12_1.jpg" }, { name: "12 (3).JPG" }, { name: "../12.png" }], (t) =>
		known.has(t),
	);
	expect([...plan.people].map(([number, photos]) => [number, photos.length])).toEqual([
		["12", 2],
		["12_1", 1],
	]);
});

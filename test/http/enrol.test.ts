/** Consent, enrolment and withdrawal through the routes, with the real face net on real faces. */
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	setDefaultTimeout,
	test,
} from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { consentInForce, consentsOf } from "../../db/consent.ts";
import { enrolmentOf, photosOf } from "../../db/enrolment.ts";
import { templatesInForce } from "../../db/template.ts";
import { toBase64 } from "../../server/base/bytes.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { type EnrolReply, KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { recogniserTag } from "../../server/recognition/model.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { emptyRoom, sample } from "../recognition/pictures.ts";
import { portrait, portraits, type Sitter } from "../support/portraits.ts";
import { type SharedEngine, sharedEngine } from "../support/shared-engine.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";

setDefaultTimeout(60_000);
let engine: SharedEngine;
let box: TestBox;
let shop: Awaited<ReturnType<TestBox["staff"]>>;
let hr: SignedIn;
let lin: string;
let other: string;

beforeAll(() => {
	engine = sharedEngine();
});
afterAll(() => engine.end());
beforeEach(async () => {
	box = await makeTestBox({ engine });
	shop = await box.staff();
	await signInAs(box, "owner");
	hr = await signInAs(box, "hr");
	[lin, other] = [...shop.people.values()] as [string, string];
});
afterEach(() => box.close());

const form = (values: Record<string, string>): RequestInit => ({
	method: "POST",
	body: new URLSearchParams(values),
});
const agree = (to: string) =>
	hr.send(
		`/people/${to}/face/consent`,
		form({ version: CONSENT_VERSION, lang: "en", next: "enrol", agree: "yes" }),
	);
const POSES = ["front", "front", "front"];
async function frames(sitter: Sitter, count = 3) {
	const shots = await portraits(sitter, count);
	return shots.map((jpeg, i) => ({ pose: POSES[i] ?? "front", jpeg: toBase64(jpeg) }));
}
const submit = (to: string, photos: unknown, more = {}) =>
	hr.send(`/people/${to}/face/photos`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ photos, ...more }),
	});
function upload(to: string, photos: readonly Uint8Array[]) {
	const body = new FormData();
	for (const photo of photos) body.append("photos", new Blob([photo as BlobPart]), "x.jpg");
	return hr.send(`/people/${to}/face/upload`, { method: "POST", body });
}
const tag = () => recogniserTag(box.services.faces.recogniser);
const templates = (of: string) => templatesInForce(box.services.store, tag(), of).length;
async function enrol(who: string, sitter: Sitter) {
	await agree(who);
	expect((await submit(who, await frames(sitter))).status).toBe(200);
}
const probeOf = async (sitter: Sitter) =>
	must(await engine.describePhoto(await portrait(sitter, 4))).faces[0]!.descriptor;

describe("consent comes first", () => {
	test("no photo is taken without one, by camera or by upload", async () => {
		const shots = await frames("ada");
		expect((await submit(lin, shots)).status).toBe(409);
		const page = await upload(lin, [await portrait("ada")]);
		expect(page.status).toBe(409);
		expect(await page.text()).toContain("There is no consent on record");
		expect(templates(lin)).toBe(0);
	});

	test("the box is unticked, and an unticked box is told so", async () => {
		const page = await hr.send(`/people/${lin}/face/enrol`);
		const html = await page.text();
		expect(html).toContain("Consent to face recognition");
		expect(html).not.toMatch(/name="agree"[^>]*checked/);
		const untold = await hr.send(
			`/people/${lin}/face/consent`,
			form({ version: CONSENT_VERSION, lang: "en", next: "enrol" }),
		);
		expect(untold.status).toBe(422);
		expect(consentInForce(box.services.store, lin)).toBeUndefined();
	});

	test("the record holds version, hash, language, channel and who", async () => {
		await agree(lin);
		expect(consentInForce(box.services.store, lin)).toMatchObject({
			textVersion: CONSENT_VERSION,
			lang: "en",
			channel: "admin",
			recordedBy: hr.accountId,
			textHash: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
	});

	test("an old version of the text is not accepted", async () => {
		const old = form({ version: "2000-1", lang: "en", next: "enrol", agree: "yes" });
		expect((await hr.send(`/people/${lin}/face/consent`, old)).status).toBe(409);
	});

	test("while faces are off nothing can be agreed to or enrolled", async () => {
		await agree(lin);
		await box.services.site.saveFace({ on: false, preset: "EU" }, BOX);
		expect((await agree(other)).status).toBe(503);
		expect((await submit(lin, await frames("ada"))).status).toBe(503);
		expect(await (await hr.send(`/people/${lin}/face`)).text()).toContain("is switched off");
	});
});

describe("enrolling", () => {
	test("three frames make three sealed templates in force, and the door knows the face", async () => {
		await enrol(lin, "ada");
		expect(templates(lin)).toBe(3);
		const found = box.services.faces.identify(await probeOf("ada"));
		expect(found).toMatchObject({ kind: "match", personId: lin });
		expect(box.services.faces.identify(await probeOf("ben")).kind).toBe("unknown");
	});

	test("five people in a photo, nobody, a copy, a stranger among the own: each is told", async () => {
		await agree(lin);
		const own = await portraits("ada", 2);
		const photos = [await sample(5), await emptyRoom(), own[0]!, own[0]!, own[1]!];
		const page = await upload(lin, photos);
		expect(page.status).toBe(303);
		expect(templates(lin)).toBe(2);
		const alone = await upload(lin, [await sample(5)]);
		expect(alone.status).toBe(422);
		expect(await alone.text()).toContain("There are 5 faces in this photo");
		const empty = await upload(lin, [await emptyRoom()]);
		expect(await empty.text()).toContain("No face can be found");
		const mixed = await submit(lin, [
			...(await frames("ada", 2)),
			{ pose: "front", jpeg: toBase64(await portrait("ben")) },
		]);
		expect(mixed.status).toBe(422);
		expect(await mixed.json()).toMatchObject({
			verdicts: [null, null, expect.stringContaining("same person")],
		});
	});

	test("rubbish instead of pictures is refused in words", async () => {
		await agree(lin);
		const bytes = new TextEncoder().encode(`<svg onload=alert(1)>${" ".repeat(200)}`);
		const page = await upload(lin, [bytes]);
		expect(page.status).toBe(422);
		expect(await page.text()).toContain("not a JPEG, PNG or WebP");
		const cut = (await portrait("ada")).subarray(0, 9_000);
		expect(await (await upload(lin, [cut])).text()).toContain("incomplete");
		expect((await submit(lin, [{ pose: "front", jpeg: "x".repeat(200) }])).status).toBe(422);
		expect((await submit(lin, [{ pose: "up", jpeg: "x".repeat(200) }])).status).toBe(400);
	});

	test("one face under two numbers: refused, named, and possible with a reason; then both need a card", async () => {
		await enrol(lin, "ada");
		await agree(other);
		const shots = await frames("ada");
		const refused = await submit(other, shots);
		expect(refused.status).toBe(422);
		expect(await refused.json()).toMatchObject({ outcome: "refused", override: expect.any(String) });
		expect((await submit(other, shots, { reason: "They are twins" })).status).toBe(200);
		const found = box.services.faces.identify(await probeOf("ada"));
		expect(found).toMatchObject({ kind: "ambiguous" });
	});

	test("a new enrolment replaces the older one", async () => {
		await enrol(lin, "ada");
		const first = enrolmentOf(box.services.store, lin, "approved")!.id;
		await enrol(lin, "ada");
		const second = enrolmentOf(box.services.store, lin, "approved")!;
		expect(second.id).not.toBe(first);
		expect(templates(lin)).toBe(3);
		expect(photosOf(box.services.store, first)).toEqual([]);
	});
});

describe("who sees what", () => {
	test("photos: HR and the own manager; each look is audited; no auditor, no other manager", async () => {
		await enrol(lin, "ada");
		const { store } = box.services;
		const photo = photosOf(store, enrolmentOf(store, lin, "approved")!.id)[0]!;
		const url = `/people/${lin}/face/photos/${photo.id}`;
		const seen = await hr.send(url);
		expect(seen.headers.get("content-type")).toBe("image/jpeg");
		expect(seen.headers.get("cache-control")).toBe("no-store");
		expect(new Uint8Array(await seen.arrayBuffer()).subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xd8));
		expect(listAudit(store, { action: "enrolment.look", objectId: lin, limit: 9 })).toHaveLength(1);
		const departments = [...shop.departments.values()];
		const manager = await signInAs(box, "manager", departments);
		expect((await manager.send(url)).status).toBe(200);
		expect((await manager.send(`/people/${lin}/face/enrol`)).status).toBe(403);
		const stranger = await signInAs(box, "manager", []);
		expect((await stranger.send(url)).status).toBe(404);
		const auditor = await signInAs(box, "auditor");
		expect((await auditor.send(url)).status).toBe(403);
		expect(await (await auditor.send(`/people/${lin}/face`)).text()).toContain("does not see photos");
		expect((await hr.send(`/people/${other}/face/photos/${photo.id}`)).status).toBe(404);
		expect((await hr.send(`/people/${lin}/face/photos/..%2f..%2fetc`)).status).toBe(404);
	});
});

describe("withdrawal", () => {
	test("the face is refused at once, rows and key are gone, the acts are sealed", async () => {
		await enrol(lin, "ada");
		const { store, vault, faces } = box.services;
		const copy = templatesInForce(store, tag(), lin)[0]!;
		expect(vault.openBio(lin, `template|${copy.id}`, copy.sealed)).toBeDefined();
		const probe = await probeOf("ada");
		const beganMs = performance.now();
		expect((await hr.send(`/people/${lin}/face/withdraw`, form({}))).status).toBe(303);
		expect(faces.identify(probe).kind).toBe("unknown");
		expect(performance.now() - beganMs).toBeLessThan(1_000);
		expect(vault.openBio(lin, `template|${copy.id}`, copy.sealed)).toBeUndefined();
		expect(templates(lin)).toBe(0);
		expect(consentsOf(store, lin)[0]!.withdrawnMs).not.toBeNull();
		const types = store.sqlite.query("SELECT type FROM ledger_leaf ORDER BY seq DESC LIMIT 2").all();
		expect(types).toEqual([{ type: "erase" }, { type: "withdraw" }]);
		const again = await submit(lin, await frames("ada"));
		expect(again.status).toBe(409);
	});

	test("whoever has left is erased the day after", async () => {
		await enrol(lin, "ada");
		must(await box.services.employees.leave(lin, "2026-11-02", BOX));
		expect(await box.services.withdrawal.eraseLeavers()).toBe(0);
		box.clock.pass(24 * 3_600_000);
		expect(await box.services.withdrawal.eraseLeavers()).toBe(1);
		expect(templates(lin)).toBe(0);
	});

	test("an erasure that a power cut interrupted is finished at the start", async () => {
		await enrol(lin, "ada");
		const { vault, withdrawal } = box.services;
		await hr.send(`/people/${lin}/face/withdraw`, form({}));
		vault.sealBio(lin, "as if the key had survived", new Uint8Array(1));
		expect(withdrawal.checkAtStart()).toEqual({ finished: 1, keyless: [] });
		expect(vault.hasBio(lin)).toBe(false);
	});
});

describe("at the door", () => {
	const request = async (number: string, sitter: Sitter) => ({
		id: newId(box.clock.nowMs()),
		number,
		consent: { version: CONSENT_VERSION, lang: "en" },
		photos: await frames(sitter),
	});
	const numberOf = (id: string) =>
		(
			box.services.store.sqlite.query("SELECT number FROM employee WHERE id = ?").get(id) as {
				number: string;
			}
		).number;

	test("waits for approval, once for any number of tries; approval makes it count", async () => {
		const kiosk = await box.kiosk();
		const body = await request(numberOf(lin), "ada");
		for (let i = 0; i < 2; i++)
			expect((await (await kiosk.call(KIOSK_ROUTES.enrol, body)).json()) as EnrolReply).toEqual({
				outcome: "pending",
			});
		expect(templates(lin)).toBe(0);
		expect(box.services.faces.identify(await probeOf("ada")).kind).toBe("unknown");
		const pending = enrolmentOf(box.services.store, lin, "pending")!;
		expect(await (await hr.send("/enrolments")).text()).toContain(pending.id);
		expect((await hr.send(`/enrolments/${pending.id}/approve`, form({}))).status).toBe(303);
		expect(box.services.faces.identify(await probeOf("ada"))).toMatchObject({ personId: lin });
		const second = await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(lin), "ada"));
		expect(await second.json()).toMatchObject({ code: "kiosk.refused.enrolled" });
	});

	test("a rejected one leaves neither photos nor the consent of whoever stood there", async () => {
		const kiosk = await box.kiosk();
		await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(lin), "ada"));
		const { id } = enrolmentOf(box.services.store, lin, "pending")!;
		expect((await hr.send(`/enrolments/${id}/reject`, form({}))).status).toBe(303);
		expect(photosOf(box.services.store, id)).toEqual([]);
		expect(consentInForce(box.services.store, lin)).toBeUndefined();
		expect((await hr.send(`/enrolments/${id}/approve`, form({}))).status).toBe(409);
	});

	test("a friend's face under my number is refused without a name; guessing is slowed down", async () => {
		await enrol(other, "ada");
		const kiosk = await box.kiosk();
		const body = await request(numberOf(lin), "ada");
		const reply = await (await kiosk.call(KIOSK_ROUTES.enrol, body)).json();
		expect(reply).toEqual({ outcome: "refused", code: "kiosk.refused.enrolled_other" });
		expect(consentInForce(box.services.store, lin)).toBeUndefined();
		for (let i = 0; i < 4; i++)
			await kiosk.call(KIOSK_ROUTES.enrol, { ...body, id: newId(), number: `none-${i}` });
		const slowed = await (await kiosk.call(KIOSK_ROUTES.enrol, { ...body, id: newId() })).json();
		expect(slowed).toMatchObject({ code: "kiosk.refused.too_many_tries" });
	});

	test("two pending ones with one face: the second cannot be approved without a reason", async () => {
		const kiosk = await box.kiosk();
		await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(lin), "ada"));
		await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(other), "ada"));
		const [first, second] = [lin, other].map((id) => enrolmentOf(box.services.store, id, "pending")!.id);
		const both = new URLSearchParams([
			["id", first!],
			["id", second!],
		]);
		const page = await hr.send("/enrolments/approve", { method: "POST", body: both });
		expect(page.status).toBe(409);
		expect(await page.text()).toContain("already enrolled as");
		expect(templates(lin)).toBe(3);
		expect(templates(other)).toBe(0);
	});
});

/** Consent, enrolment and withdrawal through the routes, with the real face net on real faces. */
import { describe, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { consentInForce, consentsOf } from "../../db/consent.ts";
import { enrolmentOf, photosOf } from "../../db/enrolment.ts";
import { toBase64 } from "../../server/base/bytes.ts";
import { must } from "../../server/base/result.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { emptyRoom, sample } from "../recognition/pictures.ts";
import { enrolBench, form, framesOf } from "../support/enrol-bench.ts";
import { portrait, portraits } from "../support/portraits.ts";
import { signInAs } from "../support/sign-in.ts";
import { BOX } from "../support/test-box.ts";

const { at, agree, submit, upload, enrol, templates, probeOf, looks } = enrolBench();

describe("consent comes first", () => {
	test("no photo is even looked at without one, by camera or by upload", async () => {
		const before = looks();
		const shots = await framesOf("ada");
		expect((await submit(at.lin, shots)).status).toBe(409);
		const page = await upload(at.lin, [await portrait("ada")]);
		expect(page.status).toBe(409);
		expect(await page.text()).toContain("There is no consent on record");
		expect(looks()).toBe(before);
		expect(templates(at.lin)).toHaveLength(0);
	});

	test("the box is unticked, and an unticked box is told so", async () => {
		const page = await at.hr.send(`/people/${at.lin}/face/enrol`);
		const html = await page.text();
		expect(html).toContain("Consent to face recognition");
		expect(html).not.toMatch(/name="agree"[^>]*checked/);
		const untold = await at.hr.send(
			`/people/${at.lin}/face/consent`,
			form({ version: CONSENT_VERSION, lang: "en", next: "enrol" }),
		);
		expect(untold.status).toBe(422);
		expect(consentInForce(at.box.services.store, at.lin)).toBeUndefined();
	});

	test("the record holds version, hash, language, channel and who", async () => {
		await agree(at.lin);
		expect(consentInForce(at.box.services.store, at.lin)).toMatchObject({
			textVersion: CONSENT_VERSION,
			lang: "en",
			channel: "admin",
			recordedBy: at.hr.accountId,
			textHash: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
	});

	test("an old version of the text is not accepted", async () => {
		const old = form({ version: "2000-1", lang: "en", next: "enrol", agree: "yes" });
		expect((await at.hr.send(`/people/${at.lin}/face/consent`, old)).status).toBe(409);
	});

	test("while faces are off nothing can be agreed to or enrolled", async () => {
		await agree(at.lin);
		await at.box.services.site.saveFace({ on: false, preset: "EU" }, BOX);
		expect((await agree(at.other)).status).toBe(503);
		expect((await submit(at.lin, await framesOf("ada"))).status).toBe(503);
		expect(await (await at.hr.send(`/people/${at.lin}/face`)).text()).toContain("is switched off");
	});
});

describe("enrolling", () => {
	test("three frames make three sealed templates in force, and the door knows the face", async () => {
		await enrol(at.lin, "ada");
		expect(templates(at.lin)).toHaveLength(3);
		const found = at.box.services.faces.identify(await probeOf("ada"));
		expect(found).toMatchObject({ kind: "match", personId: at.lin });
		expect(at.box.services.faces.identify(await probeOf("ben")).kind).toBe("unknown");
	});

	test("five people in a photo, nobody, a copy, a stranger among the own: each is told", async () => {
		await agree(at.lin);
		const own = await portraits("ada", 2);
		const photos = [await sample(5), await emptyRoom(), own[0]!, own[0]!, own[1]!];
		const page = await upload(at.lin, photos);
		expect(page.status).toBe(303);
		expect(templates(at.lin)).toHaveLength(2);
		const alone = await upload(at.lin, [await sample(5)]);
		expect(alone.status).toBe(422);
		expect(await alone.text()).toContain("There are 5 faces in this photo");
		const empty = await upload(at.lin, [await emptyRoom()]);
		expect(await empty.text()).toContain("No face can be found");
		const mixed = await submit(at.lin, [
			...(await framesOf("ada", 2)),
			{ pose: "front", jpeg: toBase64(await portrait("ben")) },
		]);
		expect(mixed.status).toBe(422);
		expect(await mixed.json()).toMatchObject({
			verdicts: [null, null, expect.stringContaining("same person")],
		});
	});

	test("rubbish instead of pictures is refused in words", async () => {
		await agree(at.lin);
		const bytes = new TextEncoder().encode(`<svg onload=alert(1)>${" ".repeat(200)}`);
		const page = await upload(at.lin, [bytes]);
		expect(page.status).toBe(422);
		expect(await page.text()).toContain("not a JPEG, PNG or WebP");
		const cut = (await portrait("ada")).subarray(0, 9_000);
		expect(await (await upload(at.lin, [cut])).text()).toContain("incomplete");
		expect((await submit(at.lin, [{ pose: "front", jpeg: "x".repeat(200) }])).status).toBe(422);
		expect((await submit(at.lin, [{ pose: "up", jpeg: "x".repeat(200) }])).status).toBe(400);
	});

	test("one face under two numbers at the same moment: the second meets the first", async () => {
		const { enrolments, store } = at.box.services;
		const photos = (await portraits("ada", 3)).map((bytes) => ({ pose: "front" as const, bytes }));
		for (const who of [at.lin, at.other]) {
			await agree(who);
			must(
				await enrolments.submitPhotos({ employeeId: who, photos, channel: "upload", approve: false }, BOX),
			);
		}
		const ids = [at.lin, at.other].map((who) => enrolmentOf(store, who, "pending")!.id);
		const both = await Promise.all(ids.map((id) => enrolments.approve(id, BOX)));
		expect(both).toMatchObject([{ ok: true }, { ok: false, error: { code: "enrol.same_as_named" } }]);
	});

	test("one face under two numbers: refused and named; with a reason it waits for a second account; then both need a card", async () => {
		await enrol(at.lin, "ada");
		await agree(at.other);
		const shots = await framesOf("ada");
		const refused = await submit(at.other, shots);
		expect(refused.status).toBe(422);
		expect(await refused.json()).toMatchObject({ outcome: "refused", override: expect.any(String) });
		const first = await submit(at.other, shots, { reason: "They are twins" });
		expect(await first.json()).toMatchObject({ message: expect.stringContaining("second person") });
		expect(templates(at.other)).toHaveLength(0);
		const approve = `/enrolments/${enrolmentOf(at.box.services.store, at.other, "pending")!.id}/approve`;
		expect(await (await at.hr.send("/enrolments")).text()).toContain("You have agreed");
		const again = await at.hr.send(approve, form({ reason: "Twins, really" }));
		expect(again.status).toBe(403);
		expect(templates(at.other)).toHaveLength(0);
		const second = await signInAs(at.box, "owner");
		const id = approve.split("/")[2]!;
		expect((await second.send("/enrolments/approve", form({ id }))).status).toBe(409);
		const shown = await (await second.send("/enrolments")).text();
		expect(shown).toContain("They are twins");
		expect((await second.send(approve, form({}))).status).toBe(303);
		expect(templates(at.other)).toHaveLength(3);
		const acts = listAudit(at.box.services.store, { limit: 20 }).filter(
			({ objectId }) => objectId === at.other,
		);
		const { detail, seq } = acts.find(({ action }) => action === "enrolment.approve")!;
		expect(seq).not.toBeNull();
		const words = { override: "They are twins", excusedBy: at.hr.accountId };
		expect(detail).toMatchObject({ sameAs: at.lin, ...words });
		const found = at.box.services.faces.identify(await probeOf("ada"));
		expect(found).toMatchObject({ kind: "ambiguous" });
	});

	test("a new enrolment replaces the older one", async () => {
		await enrol(at.lin, "ada");
		const first = enrolmentOf(at.box.services.store, at.lin, "approved")!.id;
		await enrol(at.lin, "ada");
		const second = enrolmentOf(at.box.services.store, at.lin, "approved")!;
		expect(second.id).not.toBe(first);
		expect(templates(at.lin)).toHaveLength(3);
		expect(photosOf(at.box.services.store, first)).toEqual([]);
	});
});

describe("who sees what", () => {
	test("photos: HR and the own manager; each look is audited; no auditor, no other manager", async () => {
		await enrol(at.lin, "ada");
		const { store } = at.box.services;
		const photo = photosOf(store, enrolmentOf(store, at.lin, "approved")!.id)[0]!;
		const url = `/people/${at.lin}/face/photos/${photo.id}`;
		const seen = await at.hr.send(url);
		expect(seen.headers.get("content-type")).toBe("image/jpeg");
		expect(seen.headers.get("cache-control")).toBe("no-store");
		expect(new Uint8Array(await seen.arrayBuffer()).subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xd8));
		expect(listAudit(store, { action: "enrolment.look", objectId: at.lin, limit: 9 })).toHaveLength(1);
		const departments = [...at.shop.departments.values()];
		const manager = await signInAs(at.box, "manager", departments);
		expect((await manager.send(url)).status).toBe(200);
		expect((await manager.send(`/people/${at.lin}/face/enrol`)).status).toBe(403);
		const stranger = await signInAs(at.box, "manager", []);
		expect((await stranger.send(url)).status).toBe(404);
		const auditor = await signInAs(at.box, "auditor");
		expect((await auditor.send(url)).status).toBe(403);
		expect(await (await auditor.send(`/people/${at.lin}/face`)).text()).toContain("does not see photos");
		expect((await at.hr.send(`/people/${at.other}/face/photos/${photo.id}`)).status).toBe(404);
		expect((await at.hr.send(`/people/${at.lin}/face/photos/..%2f..%2fetc`)).status).toBe(404);
	});
});

describe("withdrawal", () => {
	test("the face is refused at once, rows and key are gone, the acts are sealed", async () => {
		await enrol(at.lin, "ada");
		const { store, vault, faces } = at.box.services;
		const copy = templates(at.lin)[0]!;
		expect(vault.openBio(at.lin, `template|${copy.id}`, copy.sealed)).toBeDefined();
		const probe = await probeOf("ada");
		const beganMs = performance.now();
		expect((await at.hr.send(`/people/${at.lin}/face/withdraw`, form({}))).status).toBe(303);
		expect(faces.identify(probe).kind).toBe("unknown");
		expect(performance.now() - beganMs).toBeLessThan(1_000);
		expect(vault.openBio(at.lin, `template|${copy.id}`, copy.sealed)).toBeUndefined();
		expect(templates(at.lin)).toHaveLength(0);
		expect(consentsOf(store, at.lin)[0]!.withdrawnMs).not.toBeNull();
		const types = store.sqlite.query("SELECT type FROM ledger_leaf ORDER BY seq DESC LIMIT 2").all();
		expect(types).toEqual([{ type: "erase" }, { type: "withdraw" }]);
		const again = await submit(at.lin, await framesOf("ada"));
		expect(again.status).toBe(409);
	});

	test("whoever has left is erased the day after", async () => {
		await enrol(at.lin, "ada");
		must(await at.box.services.employees.leave(at.lin, "2026-11-02", BOX));
		expect(await at.box.services.withdrawal.eraseLeavers()).toBe(0);
		at.box.clock.pass(24 * 3_600_000);
		const { withdrawal, store } = at.box.services;
		const both = await Promise.all([withdrawal.eraseLeavers(), withdrawal.eraseLeavers()]);
		expect(both.toSorted()).toEqual([0, 1]);
		expect(templates(at.lin)).toHaveLength(0);
		must(await withdrawal.withdrawFace(at.lin, BOX));
		const erased = listAudit(store, { action: "enrolment.erase", objectId: at.lin, limit: 9 });
		expect(erased).toMatchObject([{ detail: { templates: 3 } }]);
	});

	test("whoever comes back before their turn keeps their face", async () => {
		await enrol(at.lin, "ada");
		const { employees, withdrawal } = at.box.services;
		must(await employees.leave(at.lin, "2026-11-01", BOX));
		const [, erased] = await Promise.all([
			employees.rejoin(at.lin, "2026-01-01", BOX),
			withdrawal.eraseLeavers(),
		]);
		expect(erased).toBe(0);
		expect(templates(at.lin)).toHaveLength(3);
	});

	test("an erasure that a power cut interrupted is finished at the start", async () => {
		await enrol(at.lin, "ada");
		const { vault, withdrawal } = at.box.services;
		await at.hr.send(`/people/${at.lin}/face/withdraw`, form({}));
		vault.sealBio(at.lin, "as if the key had survived", new Uint8Array(1));
		expect(withdrawal.checkAtStart()).toEqual({ finished: 1, keyless: [] });
		expect(vault.hasBio(at.lin)).toBe(false);
		expect(withdrawal.checkAtStart().finished).toBe(0);
	});
});

/** Enrolling oneself at the kiosk, and the inbox where it is decided. */
import { describe, expect, test } from "bun:test";
import { consentInForce } from "../../db/consent.ts";
import { employeeById } from "../../db/employee.ts";
import { enrolmentOf, photosOf } from "../../db/enrolment.ts";
import { newId } from "../../server/base/ids.ts";
import { type EnrolReply, KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { enrolBench, form, framesOf } from "../support/enrol-bench.ts";
import type { Sitter } from "../support/portraits.ts";

const { at, enrol, templates, probeOf } = enrolBench();

describe("at the door", () => {
	const request = async (number: string, sitter: Sitter) => ({
		id: newId(at.box.clock.nowMs()),
		number,
		consent: { version: CONSENT_VERSION, lang: "en" },
		photos: await framesOf(sitter),
	});
	const numberOf = (id: string) => employeeById(at.box.services.store, id)!.number;

	test("waits for approval, once for any number of tries; approval makes it count", async () => {
		const kiosk = await at.box.kiosk();
		const body = await request(numberOf(at.lin), "ada");
		for (let i = 0; i < 2; i++)
			expect((await (await kiosk.call(KIOSK_ROUTES.enrol, body)).json()) as EnrolReply).toEqual({
				outcome: "pending",
			});
		expect(templates(at.lin)).toHaveLength(0);
		expect(at.box.services.faces.identify(await probeOf("ada")).kind).toBe("unknown");
		const pending = enrolmentOf(at.box.services.store, at.lin, "pending")!;
		expect(await (await at.hr.send("/enrolments")).text()).toContain(pending.id);
		expect((await at.hr.send(`/enrolments/${pending.id}/approve`, form({}))).status).toBe(303);
		expect(at.box.services.faces.identify(await probeOf("ada"))).toMatchObject({ personId: at.lin });
		const second = await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(at.lin), "ada"));
		expect(await second.json()).toMatchObject({ code: "kiosk.refused.enrolled" });
	});

	test("a rejected one leaves neither photos nor the consent of whoever stood there", async () => {
		const kiosk = await at.box.kiosk();
		await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(at.lin), "ada"));
		const { id } = enrolmentOf(at.box.services.store, at.lin, "pending")!;
		expect((await at.hr.send(`/enrolments/${id}/reject`, form({}))).status).toBe(303);
		expect(photosOf(at.box.services.store, id)).toEqual([]);
		expect(consentInForce(at.box.services.store, at.lin)).toBeUndefined();
		expect((await at.hr.send(`/enrolments/${id}/approve`, form({}))).status).toBe(409);
	});

	test("a friend's face under my number is refused without a name; guessing is slowed down", async () => {
		await enrol(at.other, "ada");
		const kiosk = await at.box.kiosk();
		const body = await request(numberOf(at.lin), "ada");
		const reply = await (await kiosk.call(KIOSK_ROUTES.enrol, body)).json();
		expect(reply).toEqual({ outcome: "refused", code: "kiosk.refused.enrolled_other" });
		expect(consentInForce(at.box.services.store, at.lin)).toBeUndefined();
		for (let i = 0; i < 4; i++)
			await kiosk.call(KIOSK_ROUTES.enrol, { ...body, id: newId(), number: `none-${i}` });
		const slowed = await (await kiosk.call(KIOSK_ROUTES.enrol, { ...body, id: newId() })).json();
		expect(slowed).toMatchObject({ code: "kiosk.refused.too_many_tries" });
	});

	test("two pending ones with one face: the second cannot be approved without a reason", async () => {
		const kiosk = await at.box.kiosk();
		await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(at.lin), "ada"));
		await kiosk.call(KIOSK_ROUTES.enrol, await request(numberOf(at.other), "ada"));
		const [first, second] = [at.lin, at.other].map(
			(id) => enrolmentOf(at.box.services.store, id, "pending")!.id,
		);
		const both = new URLSearchParams([
			["id", first!],
			["id", second!],
		]);
		const page = await at.hr.send("/enrolments/approve", { method: "POST", body: both });
		expect(page.status).toBe(409);
		expect(await page.text()).toContain("already enrolled as");
		expect(templates(at.lin)).toHaveLength(3);
		expect(templates(at.other)).toHaveLength(0);
	});
});

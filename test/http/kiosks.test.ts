/** Kiosks and settings through the routes: pairing from the office, health, pausing and removing, who may change what. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Role } from "../../db/account.ts";
import { listAudit } from "../../db/audit.ts";
import { kioskById } from "../../db/kiosk.ts";
import { ledgerSize } from "../../db/ledger.ts";
import { makeApp } from "../../server/app.ts";
import { must } from "../../server/base/result.ts";
import { extraHosts } from "../../server/services/choices.ts";
import { keyFingerprint } from "../../server/services/kiosks.ts";
import { minPinDigits } from "../../server/services/pins.ts";
import { readPolicy } from "../../server/services/policy.ts";
import { readSite } from "../../server/services/site.ts";
import type { NetworkFacts } from "../../server/web/network.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import { pairKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let owner: SignedIn;
beforeEach(async () => {
	box = await makeTestBox();
	owner = await signInAs(box, "owner");
});
afterEach(async () => {
	box.services.streams.stop();
	await box.close();
});

const page = async (path: string, who = owner) => (await who.send(path)).text();
const post = (path: string, values: Record<string, string> = {}, who = owner) =>
	who.send(path, { method: "POST", body: new URLSearchParams(values) });

describe("a kiosk", () => {
	test("is paired with the code on the page and approved by its fingerprint", async () => {
		const html = await (
			await post("/kiosks/new", { name: "Front", place: "Hall", direction: "auto" })
		).text();
		const code = [...html.matchAll(/<span>([0-9A-Z]{4})<\/span>/g)].map((match) => match[1]).join("");
		expect(code).toHaveLength(8);
		const kiosk = await pairKiosk(box.send, code, box.clock.nowMs);
		const list = await page("/kiosks");
		expect(list.replaceAll(" ", "")).toContain(keyFingerprint(kiosk.key.publicKey));
		expect((await post(`/kiosks/${kiosk.id}/approve`)).status).toBe(303);
		expect(kioskById(box.services.store, kiosk.id)?.status).toBe("active");
	});

	test("shows its health in words", async () => {
		const kiosk = await box.kiosk("Back door");
		const hello = {
			camera: "black",
			queued: 2,
			atMs: box.clock.nowMs(),
			version: "1",
			oldestQueuedMs: box.clock.nowMs(),
		};
		await kiosk.call("/api/kiosk/hello", hello);
		expect(await page("/kiosks")).toContain("Camera does not see");
		box.clock.pass(3 * 60_000);
		expect(await page("/kiosks", await signInAs(box, "owner"))).toContain("Out of contact");
	});

	test("pauses, resumes, changes its name, and goes for good", async () => {
		const kiosk = await box.kiosk();
		const status = () => kioskById(box.services.store, kiosk.id)?.status;
		await post(`/kiosks/${kiosk.id}/suspend`);
		expect(status()).toBe("suspended");
		await post(`/kiosks/${kiosk.id}/resume`);
		expect(status()).toBe("active");
		expect((await post(`/kiosks/${kiosk.id}`, { name: "", place: "", direction: "auto" })).status).toBe(422);
		await post(`/kiosks/${kiosk.id}`, { name: "New <b>name</b>", place: "", direction: "in" });
		expect(await page("/kiosks")).toContain("New &lt;b>name&lt;/b>");
		await post(`/kiosks/${kiosk.id}/revoke`);
		expect(status()).toBe("revoked");
		expect((await post(`/kiosks/${kiosk.id}/resume`)).status).toBe(409);
		expect((await post("/kiosks/none/approve")).status).toBe(404);
	});

	test("reports reach an open page", async () => {
		const kiosk = await box.kiosk("Side door");
		const stream = await owner.send("/kiosks/stream");
		const reader = stream.body!.getReader();
		await kiosk.call("/api/kiosk/hello", { camera: "ok", queued: 0, atMs: box.clock.nowMs(), version: "1" });
		let text = "";
		while (!text.includes("kiosks-list")) text += new TextDecoder().decode((await reader.read()).value);
		expect(text).toContain("Side door");
	});
});

describe("who may what", () => {
	const rows: [Role, string, string, number][] = [
		["manager", "GET", "/kiosks", 403],
		["auditor", "GET", "/kiosks", 200],
		["auditor", "POST", "/kiosks/new", 403],
		["hr", "POST", "/kiosks/new", 200],
		["hr", "GET", "/settings", 403],
		["auditor", "GET", "/settings", 200],
		["auditor", "POST", "/settings/site", 403],
		["hr", "POST", "/settings/clock", 403],
	];
	test.each(rows)("%s %s %s: %d", async (role, method, path, status) => {
		const who = await signInAs(box, role);
		const body = new URLSearchParams({ name: "Door", place: "", direction: "auto" });
		const init = method === "POST" ? { method, body } : {};
		expect((await who.send(path, init)).status).toBe(status);
	});
});

describe("settings", () => {
	test("are kept, sealed with old and new, and checked", async () => {
		const { store } = box.services;
		await post("/settings/site", { name: "River shop", zone: "Asia/Tokyo", lang: "en" });
		expect(readSite(store)).toEqual({ name: "River shop", zone: "Asia/Tokyo", lang: "en" });
		const safety = { photoDays: "14", pinDigits: "8", idleMin: "60", absoluteHours: "12" };
		expect((await post("/settings/safety", safety)).status).toBe(303);
		expect(readPolicy(store).photoDays).toBe(14);
		const sealed = listAudit(store, { action: "settings.change", objectId: "policy", limit: 1 })[0]!;
		expect(sealed.detail).toMatchObject({ old: { photoDays: 30 }, new: { photoDays: 14 } });
		expect(sealed.seq).not.toBeNull();
		const wrong = await post("/settings/safety", { ...safety, photoDays: "9999", idleMin: "45" });
		expect(wrong.status).toBe(422);
		const again = await wrong.text();
		expect(again).toMatch(/name="photoDays"[^>]*value="9999"/);
		expect(again).toMatch(/name="idleMin"[^>]*value="45"/);
		expect((await post("/settings/site", { name: "x", zone: "Mars/Base", lang: "en" })).status).toBe(422);
	});

	/** Bounds that the pages' own checks let through are the service's to refuse. */
	test("of one form are one outcome: all of them, or none and no leaf", async () => {
		const { store, choices } = box.services;
		const size = ledgerSize(store);
		const by = { actor: { kind: "account", id: "boss" }, address: "" } as const;
		const sessions = { idleMin: 30, absoluteHours: 99 };
		const refused = await choices.change({ policy: { photoDays: 7 }, pinDigits: 9, sessions }, by);
		expect(refused).toMatchObject({ ok: false, error: { code: "settings.session_range" } });
		expect([readPolicy(store).photoDays, minPinDigits(store), ledgerSize(store)]).toEqual([30, 6, size]);
		store.beforeCommit((tx) => {
			if (minPinDigits(tx) === 9) throw new Error("the disk is gone");
		});
		const wanted = { policy: { photoDays: 7 }, pinDigits: 9, sessions: { idleMin: 30, absoluteHours: 9 } };
		expect(choices.change(wanted, by)).rejects.toThrow("the disk is gone");
		await store.settled();
		expect([readPolicy(store).photoDays, ledgerSize(store)]).toEqual([30, size]);
		must(await choices.change({ ...wanted, pinDigits: 8 }, by));
		expect(ledgerSize(store)).toBe(size + 3);
	});

	test("site and faces are sealed with what they were before", async () => {
		const { store } = box.services;
		const sealed = (objectId: string) =>
			listAudit(store, { action: "settings.change", objectId, limit: 9 }).map(({ detail }) => detail);
		await post("/settings/site", { name: "River shop", zone: "Asia/Tokyo", lang: "en" });
		await post("/settings/site", { name: " River shop ", zone: "Asia/Tokyo", lang: "en" });
		expect(sealed("site")).toEqual([
			{
				old: { name: "Test shop", zone: "Asia/Shanghai", lang: "en" },
				new: { name: "River shop", zone: "Asia/Tokyo", lang: "en" },
			},
		]);
		must(await box.services.choices.change({ faceOn: false }, BOX));
		expect(sealed("face")).toEqual([{ old: { on: true, preset: "CN" }, new: { on: false, preset: "CN" } }]);
		const first = listAudit(store, { action: "setup.face", limit: 1 })[0]!;
		expect(first.detail).toEqual({ old: null, new: { on: true, preset: "CN" } });
	});

	test("host names are cleaned or refused", async () => {
		expect((await post("/settings/hosts", { hosts: "Clock.Example.com\nclock.example.com" })).status).toBe(
			303,
		);
		expect(extraHosts(box.services.store)).toEqual(["clock.example.com"]);
		for (const hosts of ["https://x.example", "a b/c", "x:443", "-bad.example"])
			expect((await post("/settings/hosts", { hosts })).status).toBe(422);
	});

	test("the network stands in words, and tablets are sent to the name of the box", async () => {
		const facts: NetworkFacts = {
			links: [{ link: "eth0", isUp: true, addresses: ["192.168.1.20"] }],
			name: { name: "dianmao.local", phase: "announced" },
			certificate: {
				...{ source: "own-authority", publiclyTrusted: false, names: [], leftOut: [] },
				...{ endsMs: box.clock.nowMs() + 3 * 86_400_000, authorityEndsMs: box.clock.nowMs() * 2 },
			},
			...{ httpsPort: 8443, httpPort: 8080 },
		};
		const app = makeApp(box.services, undefined, () => facts);
		const ask = async (path: string, init: RequestInit = {}) => {
			const headers = { cookie: owner.cookie, "sec-fetch-site": "same-origin" };
			const request = new Request(`https://192.168.1.20:8443${path}`, { ...init, headers });
			return (await app.handle(request)).text();
		};
		const html = await ask("/settings");
		expect(html).toContain("eth0 is connected: 192.168.1.20");
		expect(html).toContain("Devices find the box as dianmao.local.");
		expect(html).toContain("(3 days) and was not renewed");
		expect(html).toContain("http://dianmao.local:8080/trust");
		const plan = new URLSearchParams({ name: "Door", place: "", direction: "auto" });
		const code = await ask("/kiosks/new", { method: "POST", body: plan });
		expect(code).toContain("https://dianmao.local:8443/kiosk");
		expect(code).toContain("https://192.168.1.20:8443/kiosk");
		expect(await page("/settings")).not.toContain("eth0");
	});

	test("a jump of the clock waits to be confirmed", async () => {
		box.clock.set("2026-11-02T11:00:00+08:00");
		await box.services.clockWatch.check();
		const boss = await signInAs(box, "owner");
		expect(await page("/settings", boss)).toContain("3 hours ahead");
		expect((await post("/settings/clock", {}, boss)).status).toBe(303);
		expect(box.services.clockWatch.state()).toBe("ok");
	});
});

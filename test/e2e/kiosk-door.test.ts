/** The door page in real Chromium against a real box: pairing, card and PIN, box away and back, answer lost after the commit. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type AccountRow, insertAccount } from "../../db/account.ts";
import { translatorOf } from "../../kiosk/app/texts.ts";
import { must } from "../../server/base/result.ts";
import { type Config, readConfig } from "../../server/config.ts";
import { makeLog } from "../../server/log.ts";
import type { By } from "../../server/services/author.ts";
import { type RunningBox, runBox } from "../../server/start/run-box.ts";

const BY: By = { actor: { kind: "box", id: "test" }, address: "local" };
/** With an owner the first run is over and the kiosk API opens. */
const OWNER: AccountRow = {
	id: "01900000-0000-7000-8000-000000000001",
	login: "owner",
	name: "Owner",
	role: "owner",
	passwordHash: null,
	totpSealed: null,
	totpStep: 0,
	lang: "en",
	employeeId: null,
	createdMs: 0,
	disabledMs: null,
};
const CARD = "0012345678";
const PIN = "482913";

let folder: string;
let config: Config;
let box: RunningBox;
let browser: Browser;
let context: BrowserContext;
let page: Page;

async function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
}

const start = async () => must(await runBox(config, makeLog("fatal")));

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "dianmao-door-"));
	const ports = [`--https-port=${await freePort()}`, `--http-port=${await freePort()}`];
	config = readConfig([`--data=${folder}`, "--bind=127.0.0.1", "--no-mdns", ...ports], {});
	box = await start();
	const { employees, cards, pins, site, store } = box.services;
	must(await site.save({ name: "Bakery", zone: "Asia/Shanghai", lang: "en" }, BY));
	await store.commit((tx) => insertAccount(tx, OWNER));
	const plan = { number: "1024", name: "Ada Okafor", joinedOn: "2020-01-01" };
	const { id } = must(await employees.create({ ...plan, departmentId: null, shiftId: null } as never, BY));
	must(await cards.add({ employeeId: id, text: CARD, maySee: () => true }, BY));
	must(await pins.set(id, PIN, BY));
	browser = await chromium.launch({
		executablePath: "/usr/bin/chromium",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--use-fake-device-for-media-stream",
			"--ignore-certificate-errors",
		],
	});
	context = await browser.newContext({
		ignoreHTTPSErrors: true,
		viewport: { width: 800, height: 1280 },
		locale: "en-GB",
		permissions: ["camera"],
	});
	page = await context.newPage();
}, 60_000);

afterAll(async () => {
	await browser?.close();
	await box?.stop();
	rmSync(folder, { recursive: true, force: true });
});

const screen = (name: string) => page.waitForSelector(`.kiosk[data-screen="${name}"]`, { timeout: 15_000 });
const punchCount = () =>
	(box.services.store.sqlite.query("SELECT count(*) AS n FROM punch").get() as { n: number }).n;
/** What a reader that types like a keyboard does; sent from inside, since a debugger types too slowly on a busy machine. */
const tapCard = () =>
	page.evaluate((card) => {
		for (const code of [...[...card].map((digit) => `Digit${digit}`), "Enter"])
			document.body.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true }));
	}, CARD);
const open = () => page.goto(`https://localhost:${box.doors.listeners.httpsPort}/kiosk`);

test("a new tablet is paired by code and approved by its fingerprint", async () => {
	await open();
	await screen("unpaired");
	const plan = { name: "Door", place: "Hall", direction: "auto" as const };
	const { code } = must(await box.services.kiosks.makeCode(plan, BY));
	await page.keyboard.type(code, { delay: 120 });
	await page.keyboard.press("Enter");
	await screen("pending");
	expect(await page.textContent(".fingerprint b")).toMatch(/^([0-9A-F]{4} ?){4}$/);
	const row = box.services.store.sqlite.query("SELECT id FROM kiosk").get() as { id: string };
	must(await box.services.kiosks.approve(row.id, BY));
	await screen("waiting");
}, 40_000);

test("a card read anywhere on the page shows the name in green", async () => {
	await tapCard();
	await screen("result");
	expect(await page.textContent(".result h1")).toBe("Ada Okafor");
	expect(await page.getAttribute(".kiosk", "class")).toMatch(/tone-(good|amber)/);
	expect(punchCount()).toBe(1);
	await page.keyboard.press("Escape");
}, 30_000);

test("number and PIN by the keyboard; a wrong PIN is refused in words", async () => {
	await screen("waiting");
	await page.keyboard.type("1024", { delay: 110 });
	await page.keyboard.press("Enter");
	await screen("pin");
	await page.keyboard.type("111111", { delay: 110 });
	await page.keyboard.press("Enter");
	await screen("problem");
	expect(await page.textContent(".message")).not.toContain("kiosk.");
	expect(punchCount()).toBe(1);
}, 30_000);

test("an answer lost after the commit is asked for again with the same id: one punch", async () => {
	await screen("waiting");
	let cut = 0;
	await page.route("**/api/kiosk/punch", async (route) => {
		if (cut++ > 0) return route.continue();
		await route.fetch();
		await route.abort("connectionreset");
	});
	await tapCard();
	await screen("result");
	await page.unroute("**/api/kiosk/punch");
	expect(cut).toBe(2);
	expect(punchCount()).toBe(2);
}, 30_000);

test("with the box off a punch is saved in amber, survives a reload, and becomes one row when the box is back", async () => {
	await screen("waiting");
	await page.waitForFunction(
		async () => (await navigator.serviceWorker.getRegistration("/kiosk"))?.active,
		null,
		{
			timeout: 30_000,
		},
	);
	const before = punchCount();
	await box.stop();
	await tapCard();
	await screen("saved");
	expect(await page.getAttribute(".kiosk", "class")).toContain("tone-amber");
	await page.reload();
	await screen("waiting");
	await page.waitForSelector(".chip.warn:has-text('1')");
	const stored = await page.evaluate(dumpStorage);
	expect(stored).not.toContain(CARD);
	expect(stored).not.toContain("Ada");
	box = await start();
	await page.waitForFunction(() => document.querySelectorAll(".chip.warn").length === 0, null, {
		timeout: 40_000,
	});
	expect(punchCount()).toBe(before + 1);
}, 120_000);

test("a camera that is refused is told in both languages within three seconds, and a card still works", async () => {
	const before = punchCount();
	const own = await context.newCDPSession(page);
	const { browserContextId } = (await own.send("Target.getTargetInfo")).targetInfo;
	const wire = await browser.newBrowserCDPSession();
	const { origin } = new URL(page.url());
	const camera = (setting: "denied" | "granted") =>
		wire.send("Browser.setPermission", { permission: { name: "camera" }, setting, origin, browserContextId });
	await box.services.site.saveFace({ on: true, preset: "CN" }, BY);
	await camera("denied");
	await page.reload();
	await screen("waiting");
	for (const lang of ["en", "zh-CN"] as const) {
		const words = translatorOf(lang)("kiosk.camera.denied");
		const said = (text: string) => document.querySelector(".kiosk")?.textContent?.includes(text);
		await page.waitForFunction(said, words, { timeout: 3_000 });
		await page.click(".tools button[lang]");
	}
	await tapCard();
	await screen("result");
	expect(punchCount()).toBe(before + 1);
	await camera("granted");
	await box.services.site.saveFace({ on: false, preset: "CN" }, BY);
	await page.reload();
	await screen("waiting");
}, 60_000);

test("a second window says so instead of fighting over the counter", async () => {
	const second = await context.newPage();
	await second.goto(page.url());
	await second.waitForSelector('.kiosk[data-screen="second_tab"]');
	await second.close();
}, 30_000);

test("a second window waits for its turn, and goes on by itself when the first is closed", async () => {
	const first = page;
	page = await context.newPage();
	await open();
	await screen("second_tab");
	await first.close();
	await screen("waiting");
}, 40_000);

test("a suspended kiosk says so at once, a revoked one offers pairing", async () => {
	const row = box.services.store.sqlite.query("SELECT id FROM kiosk").get() as { id: string };
	must(await box.services.kiosks.suspend(row.id, BY));
	await tapCard();
	await screen("suspended");
	must(await box.services.kiosks.revoke(row.id, BY));
	await screen("revoked");
}, 60_000);

/** Everything the page keeps, as text; keys that cannot be exported show as empty objects. */
async function dumpStorage(): Promise<string> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open("dianmao-kiosk");
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	const all = await Promise.all(
		[...db.objectStoreNames].map(
			(name) =>
				new Promise<unknown>((resolve) => {
					const request = db.transaction(name).objectStore(name).getAll();
					request.onsuccess = () => resolve(request.result);
				}),
		),
	);
	db.close();
	return JSON.stringify([all, { ...localStorage }, { ...sessionStorage }]);
}

/** A tablet with punches that the box cannot read, in real Chromium: it tells, keeps, and lets go only of what the box took. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { insertAccount } from "../../db/account.ts";
import { listKiosks } from "../../db/kiosk.ts";
import { listSetAside } from "../../db/stuck.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { readConfig } from "../../server/config.ts";
import { makeLog } from "../../server/log.ts";
import { type RunningBox, runBox } from "../../server/start/run-box.ts";
import { BOX, OWNER } from "../support/test-box.ts";

const folder = mkdtempSync(join(tmpdir(), "dianmao-stuck-"));
let box: RunningBox;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	const options = [`--data=${folder}`, "--bind=127.0.0.1", "--no-mdns", "--https-port=0", "--http-port=0"];
	box = must(await runBox(readConfig(options, {}), makeLog("fatal")));
	const { site, store } = box.services;
	must(await site.save({ name: "Bakery", zone: "Asia/Shanghai", lang: "en" }, BOX));
	await store.commit((tx) => insertAccount(tx, OWNER));
	const args = ["--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"];
	browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
	page = await browser.newPage({ ignoreHTTPSErrors: true, locale: "en-GB" });
}, 60_000);
afterAll(async () => {
	await browser?.close();
	await box?.stop();
	rmSync(folder, { recursive: true, force: true });
});

const screen = (name: string) => page.waitForSelector(`.kiosk[data-screen="${name}"]`, { timeout: 15_000 });
const theKiosk = () => listKiosks(box.services.store)[0]!;

async function until(fits: () => boolean | Promise<boolean>): Promise<void> {
	const endMs = performance.now() + 30_000;
	while (!(await fits())) {
		if (performance.now() > endMs) throw new Error("it did not come about");
		await Bun.sleep(100);
	}
}

/** Works on the queue in the tablet's store: puts an entry in, and counts. */
const queue = (entry?: object): Promise<number> =>
	page.evaluate(
		(value) =>
			new Promise<number>((done) => {
				const opening = indexedDB.open("dianmao-kiosk");
				opening.onsuccess = () => {
					const store = opening.result.transaction("queue", "readwrite").objectStore("queue");
					if (value) store.add(value);
					const counting = store.count();
					counting.onsuccess = () => {
						opening.result.close();
						done(counting.result);
					};
				};
			}),
		entry,
	);

test("unreadable punches are told, sent again, and handed over on the owner's word", async () => {
	const { kiosks, stuck, store } = box.services;
	await page.goto(`https://localhost:${box.doors.listeners.httpsPort}/kiosk`);
	await screen("unpaired");
	const { code } = must(await kiosks.makeCode({ name: "Door", place: "", direction: "auto" }, BOX));
	await page.keyboard.type(code, { delay: 60 });
	await page.keyboard.press("Enter");
	await screen("pending");
	must(await kiosks.approve(theKiosk().id, BOX));
	await screen("waiting");

	const madeMs = Date.now() - 60_000;
	const entry = { id: newId(madeMs), sealed: btoa("x".repeat(200)), madeMs };
	await queue(entry);
	await page.reload();
	await until(() => theKiosk().health.stuck?.[0]?.code === "kiosk.refused.queue_unreadable");
	expect(theKiosk().health).toMatchObject({ queued: 0, stuck: [{ count: 1, oldestMs: madeMs }] });
	expect(await page.textContent(".kiosk")).toContain("1 punch could not be read");

	must(await stuck.order(theKiosk().id, "retry", BOX));
	await page.reload();
	await until(() => store.sqlite.query("SELECT 1 FROM stuck_order").get() === null);
	expect(await queue()).toBe(1);
	await until(() => theKiosk().health.stuck?.length === 1);

	must(await stuck.order(theKiosk().id, "hand_over", BOX));
	await page.reload();
	await until(() => listSetAside(store, theKiosk().id).length === 1);
	expect(listSetAside(store, theKiosk().id)).toMatchObject([{ id: entry.id, madeMs }]);
	await until(async () => (await queue()) === 0);
	await until(() => theKiosk().health.stuck === undefined);
}, 120_000);

/**
 * What a door page costs on the wire, in a real Chromium against the real program: everything on the first load (service worker's
 * cache included), nothing on the next one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../../scripts/testing/browser.ts";
import { openBrowser } from "../e2e/support/chromium.ts";
import { startBox } from "../support/box-process.ts";
import { seedBox } from "../support/seeded-box.ts";
import { startCountingProxy } from "./counting-proxy.ts";

/** Bytes on the wire, TLS included. The next load comes from the service worker alone. */
const BAR = { firstBytes: 10_000_000, repeatBytes: 0 };
const CACHE_PATIENCE_MS = 60_000;

if (!(await findChromium())) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), "dianmao-bytes-"));
const dataDir = join(folder, "data");
await seedBox(dataDir, { kiosks: 0 });
const box = await startBox({ dataDir });
const proxy = startCountingProxy(box.httpsPort);
const url = `https://127.0.0.1:${proxy.port}/kiosk`;

/** Bytes the box sent while `work` ran. */
async function bytesOf(work: () => Promise<void>): Promise<number> {
	const before = proxy.bytes;
	await work();
	return proxy.bytes - before;
}

// A browser that ignores certificate faults keeps nothing in its cache, so this one trusts the box's authority, as a real kiosk does.
const context = await openBrowser({ profile: join(folder, "profile"), dataDir, width: 800, height: 1280 });
try {
	const page = await context.newPage();
	const first = await bytesOf(async () => {
		await page.goto(url);
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		await page.waitForFunction(
			async () => {
				const names = await caches.keys();
				const kept = await Promise.all(
					names.map(async (name) => (await (await caches.open(name)).keys()).length),
				);
				return kept.reduce((sum, n) => sum + n, 0) > 10;
			},
			undefined,
			{ timeout: CACHE_PATIENCE_MS },
		);
		await page.waitForLoadState("networkidle");
	});
	const again = await bytesOf(async () => {
		await page.reload();
		await page.waitForLoadState("networkidle");
	});
	console.log(`first load: ${(first / 1e6).toFixed(2)} MB (bar ${BAR.firstBytes / 1e6} MB)`);
	console.log(`next load: ${again} bytes (bar ${BAR.repeatBytes})`);
	process.exitCode = first > 0 && first <= BAR.firstBytes && again <= BAR.repeatBytes ? 0 : 1;
} finally {
	await context.close();
	proxy.stop();
	await box.kill("SIGTERM");
	rmSync(folder, { recursive: true });
}

/**
 * What a door page costs on the wire, in a real Chromium against the real program: everything on the first load (service worker's
 * cache included), nothing on the next one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { findChromium } from "../../scripts/testing/browser.ts";
import { startBox } from "../support/box-process.ts";
import { seedBox } from "../support/seeded-box.ts";

/** The second load may ask whether the page itself has changed (304), and speaks to the API; files cost nothing. */
const BAR = { firstBytes: 10_000_000, repeatFileBytes: 0 };
const CACHE_PATIENCE_MS = 60_000;

const executablePath = await findChromium();
if (!executablePath) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), "dianmao-bytes-"));
const dataDir = join(folder, "data");
await seedBox(dataDir, { kiosks: 0 });
const box = await startBox({ dataDir });
const url = `https://127.0.0.1:${box.httpsPort}/kiosk`;

/** Bytes received over the network while `work` runs, page and service worker alike; `files` are those below /assets/. */
async function bytesOf(context: BrowserContext, work: () => Promise<void>) {
	const count = { all: 0, files: 0, requests: 0 };
	const sizes: Promise<void>[] = [];
	const note = async (request: import("playwright-core").Request): Promise<void> => {
		const response = await request.response();
		if (!response || response.fromServiceWorker()) return;
		const timing = await request.sizes().catch(() => undefined);
		const bytes = timing ? timing.responseBodySize + timing.responseHeadersSize : 0;
		// From Chromium's own cache nothing travels: it reports no body then.
		count.all += bytes;
		count.requests += 1;
		if (request.url().includes("/assets/")) count.files += timing?.responseBodySize ?? 0;
	};
	const listen = (request: import("playwright-core").Request) =>
		void sizes.push(note(request).catch(() => undefined));
	context.on("requestfinished", listen);
	await work();
	await Promise.all(sizes);
	context.off("requestfinished", listen);
	return count;
}

const context = await chromium.launchPersistentContext(join(folder, "profile"), {
	executablePath,
	ignoreHTTPSErrors: true,
	args: [
		"--ignore-certificate-errors",
		"--use-fake-device-for-media-stream",
		"--use-fake-ui-for-media-stream",
		"--no-sandbox",
	],
});
try {
	const page = await context.newPage();
	const first = await bytesOf(context, async () => {
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
	const again = await bytesOf(context, async () => {
		await page.reload();
		await page.waitForLoadState("networkidle");
	});
	console.log(
		`first load: ${(first.all / 1e6).toFixed(2)} MB in ${first.requests} requests (bar ${BAR.firstBytes / 1e6} MB)`,
	);
	console.log(
		`next load: ${again.files} bytes of files (bar ${BAR.repeatFileBytes}), ${again.all} bytes in all in ${again.requests} requests`,
	);
	process.exitCode =
		first.all > 0 && first.all <= BAR.firstBytes && again.files <= BAR.repeatFileBytes ? 0 : 1;
} finally {
	await context.close();
	await box.kill("SIGTERM");
	rmSync(folder, { recursive: true });
}

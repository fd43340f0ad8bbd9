/** Pictures of a new box: the wizard, the empty office, signing in, and the trust page of a device that does not trust yet. */
import { join } from "node:path";
import { chromium } from "playwright-core";
import { CHROMIUM, onlyPage, openBrowser } from "../../test/e2e/support/chromium.ts";
import { oneTimeCode } from "../../test/e2e/support/first-run.ts";
import { walkFirstRun } from "../../test/e2e/support/first-run-screens.ts";
import { startBox } from "../../test/support/box-process.ts";
import type { Shoot } from "./shoot.ts";

export async function shootFirstRun(folder: string, shoot: Shoot): Promise<void> {
	const dataDir = join(folder, "data");
	const box = await startBox({ dataDir, patienceMs: 60_000 });
	const origin = `https://localhost:${box.httpsPort}`;
	try {
		await shootTrust(`http://localhost:${box.httpPort}`, shoot);
		const profile = join(folder, "profile");
		const browser = await openBrowser({ profile, dataDir, width: 1440, height: 900 });
		const page = await onlyPage(browser);
		await walkFirstRun(page, origin, oneTimeCode(box.output()), (screen) =>
			shoot.screen(page, origin, screen),
		);
		await browser.close();
	} finally {
		await box.kill();
	}
}

/** A browser that has never heard of the box's authority. */
async function shootTrust(origin: string, shoot: Shoot): Promise<void> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
	const page = await (await browser.newContext()).newPage();
	for (const lang of ["zh-CN", "en"] as const) {
		const act = () => page.waitForSelector('#check[data-state="untrusted"]');
		await page.goto(`${origin}/trust`);
		await shoot.plain(page, lang, { name: "trust-not-yet", path: `/trust?lang=${lang}`, act });
	}
	await browser.close();
}

/**
 * Takes a picture of every screen of a demo shop: `npm run screenshots [-- --out FOLDER] [--only NAME]`.
 * The office in both languages, three widths, light and dark; the door page in all its states. Proves nothing: people look at them.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { onlyPage, openBrowser } from "../test/e2e/support/chromium.ts";
import { type DemoShop, openDemoShop } from "../test/e2e/support/demo-shop.ts";
import { doorShows } from "../test/e2e/support/door.ts";
import { officeScreens, type Screen, switchLanguage } from "../test/e2e/support/office-screens.ts";

const ROOT = join(import.meta.dir, "..");
const HEIGHTS = { 1440: 900, 820: 1180, 390: 844 } as const;
/** Some controls fade into the other colours. */
const COLOURS_CHANGE_MS = 300;
const WIDTHS = [1440, 820, 390] as const;

const { values } = parseArgs({
	options: { out: { type: "string", default: join(ROOT, "build/screens") }, only: { type: "string" } },
});

async function shootOffice(page: Page, shop: DemoShop, screens: readonly Screen[]): Promise<void> {
	for (const lang of ["zh-CN", "en"] as const) {
		await switchLanguage(page, shop.origin, lang);
		for (const { name, path } of screens) {
			await page.goto(`${shop.origin}${path}`);
			await shootSizes(page, join(values.out, lang), name);
		}
	}
}

async function shootSizes(page: Page, folder: string, name: string): Promise<void> {
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		await page.waitForTimeout(COLOURS_CHANGE_MS);
		for (const width of WIDTHS) {
			await page.setViewportSize({ width, height: HEIGHTS[width] });
			const path = join(folder, `${width}-${colorScheme}`, `${name}.png`);
			await page.screenshot({ path, fullPage: true, animations: "disabled" });
		}
	}
}

async function shootDoor(): Promise<void> {
	const states = values.only ? [values.only] : [];
	const run = [process.execPath, "test/e2e/kiosk-states.ts", join(values.out, "kiosk"), ...states];
	await Bun.spawn(run, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] }).exited;
}

const folder = mkdtempSync(join(tmpdir(), "dianmao-screens-"));
mkdirSync(values.out, { recursive: true });
const shop = await openDemoShop(join(folder, "data"));
try {
	const profile = join(folder, "profile");
	const browser = await openBrowser({ profile, dataDir: shop.dataDir, width: 1440, height: 900 });
	const page = await onlyPage(browser);
	await page.goto(shop.officeLink);
	const door = await browser.newPage();
	await door.goto(shop.doorLink);
	await doorShows(door, "waiting", 60_000);
	const screens = await officeScreens(page);
	await shootOffice(
		page,
		shop,
		screens.filter(({ name }) => !values.only || name === values.only),
	);
	await browser.close();
} finally {
	await shop.stop();
	rmSync(folder, { recursive: true, force: true });
}
await shootDoor();
console.log(`screens: ${values.out}`);

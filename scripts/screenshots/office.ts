/** Pictures of the office of a demo shop full of life. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { onlyPage, openBrowser } from "../../test/e2e/support/chromium.ts";
import { openDemoShop } from "../../test/e2e/support/demo-shop.ts";
import { doorShows } from "../../test/e2e/support/door.ts";
import { officeScreens } from "../../test/e2e/support/office-screens.ts";
import type { Shoot } from "./shoot.ts";

export async function shootOffice(folder: string, shoot: Shoot): Promise<void> {
	const shop = await openDemoShop(join(folder, "data"));
	try {
		const profile = join(folder, "profile");
		const browser = await openBrowser({ profile, dataDir: shop.dataDir, width: 1440, height: 900 });
		const page = await onlyPage(browser);
		await page.goto(shop.officeLink);
		const door = await browser.newPage();
		await door.goto(shop.doorLink);
		await doorShows(door, "waiting", 60_000);
		await slowDown(door);
		await shoot.screens(page, shop.origin, await officeScreens(page));
		await browser.close();
	} finally {
		await shop.stop();
	}
}

/** A camera watched at full speed would take the machine from the office; the kiosk stays in touch all the same. */
async function slowDown(door: Page): Promise<void> {
	const wire = await door.context().newCDPSession(door);
	await wire.send("Emulation.setCPUThrottlingRate", { rate: 20 });
}

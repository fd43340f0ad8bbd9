/** Pictures of the pages that need faces on record or trouble: accuracy, one person's face, the guide, faces to decide on, alarms, stuck punches. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { onlyPage, openBrowser } from "../../test/e2e/support/chromium.ts";
import { openDemoShop } from "../../test/e2e/support/demo-shop.ts";
import { openDialog, type Screen } from "../../test/e2e/support/screen.ts";
import { fillWithFaces } from "../../test/support/faces-in-demo.ts";
import type { Shoot } from "./shoot.ts";

/** The alarms of the board lead to the kiosk that has all the trouble. */
async function stuckKiosk(page: Page, origin: string): Promise<string | null> {
	await page.goto(`${origin}/board`);
	return page.locator("main a[href^='/kiosks/']").first().getAttribute("href");
}

export async function shootFaces(folder: string, shoot: Shoot): Promise<void> {
	const dataDir = join(folder, "data");
	await (await openDemoShop(dataDir)).stop();
	await fillWithFaces(dataDir);
	const shop = await openDemoShop(dataDir);
	try {
		const profile = join(folder, "profile");
		const browser = await openBrowser({ profile, dataDir, width: 1440, height: 900 });
		const page = await onlyPage(browser);
		await page.goto(shop.officeLink);
		await page.goto(`${shop.origin}/people`);
		const person = await page.locator("main a[href^='/people/0']").first().getAttribute("href");
		const kiosk = (await stuckKiosk(page, shop.origin)) ?? "";
		const screens: Screen[] = [
			{ name: "faces-measured", path: "/faces" },
			{
				name: "faces-tables",
				path: "/faces",
				act: (at) =>
					at.evaluate(() => {
						for (const one of document.querySelectorAll(".faces-chart details")) one.setAttribute("open", "");
					}),
			},
			{ name: "face-enrolled", path: `${person}/face` },
			{ name: "face-guide", path: `${person}/face/enrol` },
			{ name: "enrolments-pending", path: "/enrolments" },
			{ name: "settings-net-imported", path: "/settings/net" },
			{ name: "settings-net-question", path: "/settings/net", act: openDialog("^=switch-"), inWindow: true },
			{ name: "board-alarms", path: "/board" },
			{ name: "kiosk-stuck", path: kiosk },
			{ name: "kiosk-stuck-question", path: kiosk, act: openDialog("=hand-over"), inWindow: true },
		];
		await shoot.screens(page, shop.origin, screens);
		await browser.close();
	} finally {
		await shop.stop();
	}
}

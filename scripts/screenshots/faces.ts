/** Pictures of the pages that need faces on record: how well they are told apart, one person's face, the enrolment guide. */
import { join } from "node:path";
import { onlyPage, openBrowser } from "../../test/e2e/support/chromium.ts";
import { openDemoShop } from "../../test/e2e/support/demo-shop.ts";
import type { Screen } from "../../test/e2e/support/screen.ts";
import { fillWithFaces } from "../../test/support/faces-in-demo.ts";
import type { Shoot } from "./shoot.ts";

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
		];
		await shoot.screens(page, shop.origin, screens);
		await browser.close();
	} finally {
		await shop.stop();
	}
}

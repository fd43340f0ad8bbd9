/** Every page of the office and of the door, in a full shop: no serious accessibility finding, nothing wider than the window, no raw message key. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContext, Page } from "playwright-core";
import { CHROMIUM, onlyPage, openBrowser } from "./support/chromium.ts";
import { type DemoShop, openDemoShop } from "./support/demo-shop.ts";
import { doorShows, punchByPin } from "./support/door.ts";
import { officeScreens, switchLanguage } from "./support/office-screens.ts";

const folder = mkdtempSync(join(tmpdir(), "dianmao-screens-"));
let shop: DemoShop;
let browser: BrowserContext;
let office: Page;
let door: Page;

beforeAll(async () => {
	if (!CHROMIUM) return;
	shop = await openDemoShop(join(folder, "data"));
	const profile = join(folder, "profile");
	browser = await openBrowser({ profile, dataDir: shop.dataDir, width: 1440, height: 900 });
	office = await onlyPage(browser);
	await office.goto(shop.officeLink);
	door = await browser.newPage();
	await door.goto(shop.doorLink);
	await doorShows(door, "waiting", 60_000);
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await shop?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** What is wrong with a page, in words; empty when nothing is. */
const faultsOf = async (page: Page): Promise<string[]> => [
	...(await findingsOf(page)),
	...(await slipsOf(page)),
];

async function findingsOf(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations
		.filter(({ impact }) => impact === "serious" || impact === "critical")
		.map(
			({ id, nodes }) =>
				`${id}: ${nodes
					.map((node) => node.target.join(" "))
					.slice(0, 3)
					.join(" | ")}`,
		);
}

/** Text that runs out of the window, message keys without words. */
async function slipsOf(page: Page): Promise<string[]> {
	const { isTooWide, text } = await page.evaluate(() => ({
		isTooWide: document.documentElement.scrollWidth > innerWidth + 1,
		text: document.body.textContent ?? "",
	}));
	const keys = text.match(/\b[a-z]+(?:\.[a-z_]+){2,}\b/g) ?? [];
	return [
		...(isTooWide ? ["wider than the window"] : []),
		...keys.filter((word) => !word.startsWith("www.")),
	];
}

const LOOKS = [
	{ lang: "en", width: 1440, height: 900, colorScheme: "light", faults: faultsOf },
	{ lang: "zh-CN", width: 390, height: 844, colorScheme: "dark", faults: faultsOf },
	{ lang: "en", width: 820, height: 1180, colorScheme: "light", faults: slipsOf },
] as const;

describe.skipIf(!CHROMIUM)("the office", () => {
	for (const { lang, width, height, colorScheme, faults: look } of LOOKS)
		test(`every page, ${lang}, ${width} px, ${colorScheme}`, async () => {
			await office.setViewportSize({ width, height });
			await office.emulateMedia({ colorScheme, reducedMotion: "reduce" });
			await switchLanguage(office, shop.origin, lang);
			const faults: Record<string, string[]> = {};
			for (const { name, path } of await officeScreens(office)) {
				await office.goto(`${shop.origin}${path}`);
				const found = await look(office);
				if (found.length > 0) faults[name] = found;
			}
			expect(faults).toEqual({});
		}, 180_000);
});

describe.skipIf(!CHROMIUM)("the door", () => {
	for (const [width, height] of [
		[800, 1280],
		[1280, 800],
	] as const)
		test(`waiting, card, PIN and result, ${width} × ${height}`, async () => {
			await door.setViewportSize({ width, height });
			const faults: Record<string, string[]> = {};
			const look = async (name: string) => {
				const found = await faultsOf(door);
				if (found.length > 0) faults[name] = found;
			};
			await door.bringToFront();
			await door.goto(`${shop.origin}/kiosk`);
			await doorShows(door, "waiting");
			await look("waiting");
			await door.locator(".ways button").nth(1).click();
			await doorShows(door, "card");
			await look("card");
			await door.click(".cancel");
			await punchByPin(door, shop.pin.number, shop.pin.pin);
			await doorShows(door, "result");
			await look("result");
			await door.click(".result-foot button");
			await doorShows(door, "choices");
			await look("choices");
			expect(faults).toEqual({});
		}, 90_000);
});

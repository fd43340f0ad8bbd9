/** The owner brings a pack in, tries it, switches and goes back, on the page itself; the same against the checkout and the binary. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { packZip, toyPack } from "../support/toy-pack.ts";
import { CHROMIUM, complaintsOf, onlyPage, openBrowser } from "./support/chromium.ts";
import { type DemoShop, openDemoShop } from "./support/demo-shop.ts";
import { switchLanguage } from "./support/screen.ts";
import { faultsOf } from "./support/screen-faults.ts";

const it = test.skipIf(!CHROMIUM);
const folder = mkdtempSync(join(tmpdir(), "net-page-"));
const pack = toyPack();
let shop: DemoShop;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
	if (!CHROMIUM) return;
	shop = await openDemoShop(join(folder, "data"));
	browser = await openBrowser({
		profile: join(folder, "profile"),
		dataDir: shop.dataDir,
		width: 1440,
		height: 900,
	});
	page = await onlyPage(browser);
	await page.goto(shop.officeLink);
	await switchLanguage(page, shop.origin, "en");
	await page.goto(`${shop.origin}/settings/net`);
}, 120_000);
afterAll(async () => {
	await browser?.close();
	await shop?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** The card of the toy net. */
const card = () => page.locator(`#net-${pack.id}`);

it("a pack is uploaded, its licence and doubt can be read", async () => {
	const complaints = complaintsOf(page);
	const zip = join(folder, "pack.zip");
	writeFileSync(zip, packZip(pack));
	await page.setInputFiles("#zip", zip);
	await page.locator("form[action='/settings/net/upload'] button").click();
	await card().waitFor();
	expect(await card().textContent()).toContain("Random numbers.");
	await card().locator("details summary").click();
	expect(await card().textContent()).toContain("Toy licence");
	expect(complaints).toEqual([]);
	expect(await faultsOf(page)).toEqual([]);
}, 60_000);

it("a comparison runs with a bar and ends in words", async () => {
	await card().locator("form[action='/settings/net/compare'] button").click();
	await page.locator("#comparison").waitFor({ timeout: 60_000 });
	expect(await page.locator("#comparison").textContent()).toMatch(/Both nets on your people/);
}, 90_000);

it("the switch asks once; the door then gets the pack, and one press leads back", async () => {
	const files = (name: string) =>
		page.evaluate(
			async (path) => (await fetch(path, { cache: "no-store" })).status,
			`/face-packs/${pack.id}/${name}`,
		);
	expect(await files("weights.bin")).toBe(404);
	await card().getByRole("button", { name: "Switch to this net" }).click();
	await page.locator(`#switch-${pack.id} button[type=submit]`).click();
	await card().getByText("In use").waitFor({ timeout: 60_000 });
	expect(await files("weights.bin")).toBe(200);
	await page.locator("#net-built-in").getByRole("button", { name: "Go back to this net" }).click();
	await page.locator("#switch-built-in button[type=submit]").click();
	await page.locator("#net-built-in").getByText("In use").waitFor({ timeout: 60_000 });
	expect(await files("weights.bin")).toBe(404);
}, 120_000);

/** The trust page in a real browser: red before the authority is trusted, green after, and fit for any screen. */
import { afterAll, describe, expect, test } from "bun:test";
import { type Browser, chromium } from "playwright-core";
import { openTestBox } from "../attack/edge-fixture.ts";
import { faultsOf } from "./support/screen-faults.ts";

const executablePath = process.env.CHROMIUM ?? Bun.which("chromium") ?? "";
const box = await openTestBox((request) => {
	const { pathname } = new URL(request.url);
	return new Response(`<!doctype html><title>t</title><p>${pathname}</p>`, {
		headers: { "content-type": "text/html" },
	});
});
const open: Browser[] = [];
afterAll(async () => {
	for (const browser of open) await browser.close();
	await box.listeners.stop();
});

/** A trusted authority is played by the flag of a kiosk image, which pins its key. */
async function browse(trusting: boolean, width = 390, locale = "en-US") {
	const pin = trusting ? [`--ignore-certificate-errors-spki-list=${box.authority.pin}`] : [];
	const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", ...pin] });
	open.push(browser);
	const context = await browser.newContext({ locale, viewport: { width, height: 844 } });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(error.message));
	await page.goto(`${box.plainUrl}/trust`);
	return { page, complaints };
}

describe.skipIf(executablePath === "")("the live check", () => {
	test("stays amber while the device does not know the authority", async () => {
		const { page, complaints } = await browse(false);
		await page.waitForSelector('#check[data-state="untrusted"]');
		expect(await page.isVisible("text=Compare before you install")).toBe(true);
		expect(await page.isVisible("#check .action")).toBe(false);
		await page.click("[data-again]");
		await page.waitForSelector('#check[data-state="untrusted"]');
		expect(complaints.filter((text) => !text.includes("ERR_CERT_AUTHORITY_INVALID"))).toEqual([]);
	});

	test("turns green once it does, and leads on to a secure door screen", async () => {
		const { page, complaints } = await browse(true, 390, "zh-CN");
		await page.waitForSelector('#check[data-state="trusted"]');
		expect(await page.isVisible("#install")).toBe(false);
		expect(await page.getAttribute("html", "lang")).toBe("zh-CN");
		expect(complaints).toEqual([]);
		const link = page.locator("#check .action").first();
		expect(await link.getAttribute("href")).toEndWith("/kiosk");
		await page.goto(`${box.secureUrl}/kiosk`);
		expect(await page.evaluate("isSecureContext && location.protocol === 'https:'")).toBe(true);
	});
});

describe.skipIf(executablePath === "")("the page", () => {
	for (const width of [360, 820, 1440])
		test(`fits ${width} px and has no serious findings, light and dark`, async () => {
			const { page } = await browse(false, width);
			await page.waitForSelector('#check[data-state="untrusted"]');
			for (const colorScheme of ["light", "dark"] as const) {
				await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
				expect(await faultsOf(page)).toEqual([]);
			}
			expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
		}, 60_000);

	test("gives the certificate as a file", async () => {
		const { page } = await browse(false);
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.click("details[open] .download"),
		]);
		expect(download.suggestedFilename()).toBe("dianmao-ca.crt");
	});
});

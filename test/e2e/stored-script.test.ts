/**
 * Attack rows A20 and A21 in a real browser: a shop in which everything that people may name is script or a formula. Every page of
 * the office and the door shows it as text; nothing runs, nothing even reaches the policy that would stop it.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import Papa from "papaparse";
import type { BrowserContext, Page } from "playwright-core";
import { CHROMIUM, onlyPage, openBrowser } from "./support/chromium.ts";
import { type DemoShop, openDemoShop } from "./support/demo-shop.ts";
import { doorShows, punchByPin } from "./support/door.ts";
import {
	EVIL,
	renamePeople,
	renameTheRest,
	uploadNamedPhotos,
	voidWithReason,
} from "./support/hostile-shop.ts";
import { officeScreens } from "./support/office-screens.ts";

const folder = mkdtempSync(join(tmpdir(), "dianmao-script-"));
let shop: DemoShop;
let browser: BrowserContext;
let office: Page;
let door: Page;
let screens: Awaited<ReturnType<typeof officeScreens>>;
const found: string[] = [];

beforeAll(async () => {
	if (!CHROMIUM) return;
	shop = await openDemoShop(join(folder, "data"));
	const profile = join(folder, "profile");
	browser = await openBrowser({ profile, dataDir: shop.dataDir, width: 1280, height: 900 });
	await browser.addInitScript(() => {
		const blocked: string[] = [];
		Object.assign(globalThis, { __blocked: blocked });
		document.addEventListener("securitypolicyviolation", (event) =>
			blocked.push(`policy: ${event.violatedDirective} ${event.blockedURI}`),
		);
	});
	office = await onlyPage(browser);
	office.setDefaultTimeout(15_000);
	await office.goto(shop.officeLink);
	door = await browser.newPage();
	await door.goto(shop.doorLink);
	await doorShows(door, "waiting", 60_000);
	await door.goto("about:blank");
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await shop?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Whatever in a page is script of somebody else's: run, stopped by the policy, or only lying there. */
const dangersIn = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const { __xss, __blocked = [] } = globalThis as { __xss?: unknown; __blocked?: string[] };
		const dangers = [...(__xss === undefined ? [] : ["it ran"]), ...__blocked];
		for (const one of document.querySelectorAll("*")) {
			const name = one.tagName.toLowerCase();
			if (["iframe", "math", "object", "embed", "base"].includes(name)) dangers.push(name);
			if (name === "script" && !one.getAttribute("src")?.startsWith("/assets/")) dangers.push("script");
			for (const { name: key, value } of one.attributes) {
				if (/^(on|srcdoc|(data-)?hx-on)/.test(key)) dangers.push(`${name} ${key}`);
				const leads = /^(href|src|action|formaction|xlink:href|hx-(get|post|target|swap))$/.test(key);
				if (leads && /^\s*javascript:/i.test(value)) dangers.push(`${name} ${key}=${value}`);
			}
		}
		return dangers;
	});

async function look(page = office): Promise<void> {
	for (const danger of await dangersIn(page)) found.push(`${new URL(page.url()).pathname}: ${danger}`);
}

/** What a page shows of the payloads, as text or in a field. */
const evilShownOn = (page: Page): Promise<boolean> =>
	page.evaluate(() => {
		const fields = [...document.querySelectorAll("input, textarea")] as HTMLInputElement[];
		return [document.body.textContent ?? "", ...fields.map(({ value }) => value)].some((text) =>
			text.includes("__xss"),
		);
	});

const it = test.skipIf(!CHROMIUM);
const get = (path: string): Promise<number[]> =>
	office.evaluate(async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())], path);

describe("a hostile shop", () => {
	it("is made through the office's own forms, which show it as text", async () => {
		const number = await renamePeople(office, look);
		screens = await officeScreens(office);
		const pathOf = (name: string) => screens.find((one) => one.name === name)!.path;
		await renameTheRest(office, [pathOf("kiosk")], pathOf("shift"));
		await voidWithReason(office, pathOf("person-days"));
		await look();
		await uploadNamedPhotos(office, number);
		await look();
		expect(await evilShownOn(office)).toBe(true);
		expect(found).toEqual([]);
	}, 60_000);

	it("runs nothing on any page of the office, nor in its searches", async () => {
		const searches = EVIL.slice(1, 9).map((text, i) => {
			const path = ["/people", "/board", "/days", "/audit", "/doubts"][i % 5]!;
			return `${path}?text=${encodeURIComponent(text)}&q=${encodeURIComponent(text)}`;
		});
		const pages = [...screens.map(({ path }) => path), ...searches];
		let shown = 0;
		for (const path of pages) {
			await office.goto(`${shop.origin}${path}`);
			await look();
			if (await evilShownOn(office)) shown++;
		}
		expect(found).toEqual([]);
		expect(shown).toBeGreaterThan(pages.length * 0.9);
	}, 90_000);

	it("runs nothing at the door, nor on the board that a punch changes meanwhile", async () => {
		await office.goto(`${shop.origin}/board`);
		await door.bringToFront();
		await door.goto(`${shop.origin}/kiosk`);
		await doorShows(door, "waiting");
		await look(door);
		const fed = office.evaluate(
			() =>
				new Promise((done) =>
					new MutationObserver(done).observe(document.body, { subtree: true, childList: true }),
				),
		);
		await punchByPin(door, shop.pin.number, shop.pin.pin);
		await doorShows(door, "result");
		expect(EVIL.map(String)).toContain((await door.textContent(".result h1")) ?? "");
		await look(door);
		await fed;
		await look();
		expect(found).toEqual([]);
		await door.close();
	}, 60_000);

	it("leaves as text: no cell of a table is a formula", async () => {
		for (const path of ["/people/export?format=csv", "/days.csv"]) {
			const text = new TextDecoder().decode(Uint8Array.from(await get(path)));
			const cells = Papa.parse<string[]>(text.replace(/^\ufeff/, "")).data.flat();
			expect(cells.filter((cell) => /^[=+@\t\r-]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
			expect(cells.filter((cell) => cell.startsWith("'=")).length).toBeGreaterThan(0);
		}
		for (const path of ["/people/export?format=xlsx", "/days.xlsx"]) {
			const parts = unzipSync(Uint8Array.from(await get(path)));
			const sheets = Object.entries(parts).filter(([name]) => name.startsWith("xl/worksheets/"));
			const xml = sheets.map(([, bytes]) => new TextDecoder().decode(bytes)).join("");
			expect(xml).toContain("<row");
			expect(xml).not.toContain("<f>");
		}
	});

	it("finds no way in at the sign-in, which repeats what was typed", async () => {
		await browser.clearCookies();
		await office.goto(`${shop.origin}/login?next=${encodeURIComponent(EVIL[8])}`);
		await look();
		await office.fill("[name=login]", EVIL[1]);
		await office.fill("[name=password]", "x");
		await office.click("form[action='/login'] button[type=submit]");
		await office.waitForSelector("[aria-invalid=true]");
		await look();
		expect(found).toEqual([]);
	});

	it("would have been seen: put into a page, each payload is noticed, and the policy keeps it from running", async () => {
		const seen = await office.evaluate(
			(payloads) => {
				const box = document.body.appendChild(document.createElement("div"));
				for (const payload of payloads) box.insertAdjacentHTML("beforeend", payload);
				return box.childElementCount;
			},
			EVIL.slice(0, 18),
		);
		expect(seen).toBeGreaterThan(8);
		await Bun.sleep(100);
		const dangers = await dangersIn(office);
		expect(dangers.some((danger) => danger.startsWith("policy: script-src"))).toBe(true);
		expect(dangers).toContain("img onerror");
		expect(dangers).not.toContain("it ran");
	});
});

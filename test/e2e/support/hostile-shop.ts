/** A shop whose people, departments, doors, notes and files are named by an attacker, made through the office's own forms. */
import { zipSync } from "fflate";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { utf8 } from "../../../server/base/bytes.ts";
import { KIOSK_ROUTES } from "../../../server/protocol/kiosk.ts";
import { ANY_CERTIFICATE } from "../../support/box-process.ts";
import { makeKioskKey } from "../../support/kiosk-key.ts";

/** Each would set `window.__xss` in its own context, or would be run by a spreadsheet. At most 64 characters, as names may have. */
export const EVIL = [
	`<script>window.__xss=1</script>`,
	`"><img src=x onerror=window.__xss=1>`,
	`'><svg/onload=window.__xss=1>`,
	`<svg><script>window.__xss=1</script></svg>`,
	`" autofocus onfocus="window.__xss=1`,
	`" hx-on:load="window.__xss=1`,
	`<b hx-get=/people hx-trigger=load hx-on::before=window.__xss=1>`,
	`<b data-hx-on:load=window.__xss=1>x</b>`,
	`javascript:window.__xss=1`,
	`<a href=javascript:window.__xss=1>x</a>`,
	`</title><script>window.__xss=1</script>`,
	`</textarea><img src=x onerror=window.__xss=1>`,
	`<template><img src=x onerror=window.__xss=1></template>`,
	`</script><script>window.__xss=1</script>`,
	`<iframe srcdoc="<script>parent.__xss=1</script>"></iframe>`,
	`<details open ontoggle=window.__xss=1>`,
	`<math><mi xlink:href="javascript:window.__xss=1">`,
	`--><img src=x onerror=window.__xss=1><!--`,
	`{{constructor.constructor('window.__xss=1')()}}`,
	"$" + "{window.__xss=1}`+(window.__xss=1)+`",
	`{name, plural, one {<img src=x onerror=window.__xss=1>}}`,
	`&lt;script&gt;window.__xss=1&lt;/script&gt;`,
	`=HYPERLINK("javascript:window.__xss=1","x")`,
	`+1+cmd|' /C calc'!A0`,
	`-2+3`,
	`@SUM(1+1)*cmd|' /C calc'!A0`,
	`=1+1`,
] as const;

const evil = (index: number): string => EVIL[index % EVIL.length]!;
const [IMAGE, SVG, HTMX] = [EVIL[1], EVIL[2], EVIL[5]];

const at = (page: Page, path: string) => new URL(path, page.url()).href;

/** Renames everybody by an import of the shop's own list, in a file that is named like the rest. Returns the number of one of them. */
export async function renamePeople(page: Page, look: () => Promise<void>): Promise<string> {
	const csv = await page.evaluate(async () => (await fetch("/people/export?format=csv")).text());
	const [head = [], ...rows] = Papa.parse<string[]>(csv.replace("\ufeff", "").trim()).data;
	const renamed = rows.map(([number = "", , , ...rest], i) => [
		number,
		evil(i),
		evil(i + 3)
			.replaceAll("</", "<")
			.slice(0, 40),
		...rest,
	]);
	const heading = [...head, `${IMAGE} heading`];
	const text = Papa.unparse([heading, ...renamed.map((row) => [...row, IMAGE])]);
	await page.goto(at(page, "/people/import"));
	const file = { name: `${SVG.replaceAll("/", "")}.csv`, mimeType: "text/csv", buffer: Buffer.from(text) };
	await page.setInputFiles("[name=file]", file);
	await page.click("form[action='/people/import'] button[type=submit]");
	await page.waitForSelector("form[action$='/confirm'] button");
	await look();
	await page.click("form[action$='/confirm'] button");
	await page.waitForSelector("#import-job a[href='/people']");
	await look();
	return rows[0]![0]!;
}

const submitOf = (page: Page, action: string) =>
	page.click(`form[action='${action}'] button[type=submit]:not(.danger)`);

/** The site, one's own account, a shift, the doors of `kiosks` and a device that waits to be let in. */
export async function renameTheRest(page: Page, kiosks: readonly string[], shift: string): Promise<void> {
	const fill = async (path: string, action: string, fields: Record<string, string>) => {
		await page.goto(at(page, path));
		const form = page.locator(`form[action='${action}']`);
		for (const [name, value] of Object.entries(fields)) await form.locator(`[name=${name}]`).fill(value);
		await submitOf(page, action);
		await page.waitForLoadState();
	};
	for (const path of kiosks) await fill(path, path, { name: IMAGE, place: HTMX });
	await fill(shift, shift, { name: EVIL[16].slice(0, 40) });
	await fill("/settings", "/settings/site", { name: EVIL[10] });
	await fill("/profile", "/profile", { name: EVIL[0] });
	await fill("/kiosks/new", "/kiosks/new", { name: SVG, place: EVIL[9] });
	const code = ((await page.textContent(".pairing-code output")) ?? "").replaceAll(/[^A-Z0-9]/g, "");
	await pairAs(page, code, `${EVIL[13]}${IMAGE}`);
}

async function pairAs(page: Page, code: string, label: string): Promise<void> {
	const body = JSON.stringify({ code, publicKey: makeKioskKey().publicKey, label });
	const headers = { "content-type": "application/json" };
	const init = { method: "POST", headers, body, tls: ANY_CERTIFICATE } as RequestInit;
	const port = new URL(page.url()).port;
	const { status } = await fetch(`https://127.0.0.1:${port}${KIOSK_ROUTES.pair}`, init);
	if (status !== 200) throw new Error(`pairing answered ${status}`);
}

/** Voids a punch of one of a person's days with a reason that is script; ends on the day's page. */
export async function voidWithReason(page: Page, personDays: string): Promise<void> {
	await page.goto(at(page, personDays));
	const links = await page
		.locator("main a[href^='/days/']")
		.evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
	const opener = page.locator("[data-opens^='void-']").first();
	for (const day of links.reverse()) {
		await page.goto(at(page, day));
		if ((await opener.count()) > 0) break;
	}
	const dialog = (await opener.getAttribute("data-opens"))!;
	await opener.click();
	await page.fill(`#${dialog} [name=reason]`, `${IMAGE} ${HTMX}`);
	await page.click(`#${dialog} button[type=submit]`);
	await page.waitForSelector(".punch-notes");
}

/** A zip of "photos" whose names are script, one of them beside the number of a person; ends on the page that says what became of them. */
export async function uploadNamedPhotos(page: Page, number: string): Promise<void> {
	await page.goto(at(page, "/enrolments/batch"));
	const names = [IMAGE, SVG, EVIL[15], `${number}/${EVIL[11]}`].map(
		(name) => `${name.replace("</", "<")}.jpg`,
	);
	const zip = zipSync(Object.fromEntries(names.map((name) => [name, utf8("no photo")])));
	const file = { name: `${IMAGE}.zip`, mimeType: "application/zip", buffer: Buffer.from(zip) };
	await page.setInputFiles("[name=zip]", file);
	await page.check("[name=signed]");
	await page.click("#enrol-batch button[type=submit]");
	await page.waitForSelector("#batch-report");
}

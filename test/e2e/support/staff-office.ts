/** What the office does with people, in the browser: import, PIN, consent and enrolment by webcam, withdrawal. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import readXlsx from "read-excel-file/node";
import writeXlsx from "write-excel-file/node";

export interface Imported {
	readonly number: string;
	readonly name: string;
	readonly department: string;
	readonly card?: string;
}

/** Downloads the product's own template, puts the people below its headings, and has them imported. */
export async function importPeople(page: Page, folder: string, people: readonly Imported[]): Promise<void> {
	await page.goto(new URL("/people/import", page.url()).href);
	const [template] = await Promise.all([
		page.waitForEvent("download"),
		page.click('a[href="/people/import/template?format=xlsx"]'),
	]);
	const empty = join(folder, "template.xlsx");
	await template.saveAs(empty);
	const filled = join(folder, "people.xlsx");
	await fillTemplate(empty, filled, people);
	await page.setInputFiles("[name=file]", filled);
	await page.click("form[action='/people/import'] button[type=submit]");
	await page.click("form[action$='/confirm'] button");
	await page.click("#import-job a[href='/people']");
}

async function fillTemplate(from: string, to: string, people: readonly Imported[]): Promise<void> {
	const [sheet] = await readXlsx(from);
	const rows = (sheet as unknown as { data: unknown[][] }).data;
	const headings = rows.find((row) => row.filter(Boolean).length >= 4)!.map((cell) => String(cell));
	const cell = (value: string) => ({ value, type: String });
	const lines = people.map(({ number, name, department, card = "" }) =>
		[number, name, department, card, "2024-01-08", ""].map(cell),
	);
	await writeXlsx([headings.map(cell), ...lines]).toFile(to);
}

/** Opens a person's page from the list. */
export async function openPerson(page: Page, name: string): Promise<string> {
	await page.goto(new URL(`/people?text=${encodeURIComponent(name)}`, page.url()).href);
	const link = page.getByRole("link", { name }).first();
	const path = (await link.getAttribute("href"))!;
	await page.goto(new URL(path, page.url()).href);
	return path;
}

/** Types a PIN for the person whose page is open. */
export async function setPin(page: Page, path: string, pin: string): Promise<void> {
	await page.fill("[name=pin]", pin);
	await page.click(`form[action='${path}/pin'] button`);
	await page.waitForSelector("#pin .badge.ok");
}

/** Consent first, then the camera takes its five frames by itself. Ends on the person's face page. */
export async function enrolByWebcam(page: Page, path: string): Promise<void> {
	await page.goto(new URL(`${path}/face/enrol`, page.url()).href);
	await page.check("[name=agree]");
	await page.click(".consent-form button[type=submit]");
	await page.waitForSelector("#enrol-camera");
	await page.waitForFunction(() => document.querySelectorAll(".enrol-shot.taken").length === 5, undefined, {
		timeout: 60_000,
	});
	await page.click("[data-save]");
	await page.waitForURL(`**${path}/face`, { timeout: 30_000 });
}

/** Two taps. Resolves when the box has answered, with the epoch time of the second tap. */
export async function withdrawConsent(page: Page, path: string): Promise<number> {
	await page.goto(new URL(`${path}/face`, page.url()).href);
	await page.click('[data-opens="withdraw"]');
	const tappedMs = Date.now();
	await page.click("#withdraw form button[type=submit]");
	await page.waitForLoadState();
	return tappedMs;
}

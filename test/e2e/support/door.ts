/** The door page as a visitor meets it, and its pairing from the office. */
import type { Page } from "playwright-core";

/** Waits for a screen by its name in the door page's own words; fails with what is there instead. */
export async function doorShows(page: Page, name: string, timeout = 20_000): Promise<void> {
	try {
		await page.waitForSelector(`.kiosk[data-screen="${name}"]`, { timeout });
	} catch {
		const screen = await page.getAttribute(".kiosk", "data-screen");
		throw new Error(`the door shows "${screen}" instead of "${name}": ${await page.textContent(".kiosk")}`);
	}
}

/** Nobody looks any more: the page is left, and with it the camera. */
export const leaveDoor = (page: Page) => page.goto("about:blank");

/** Adds a kiosk in the office, types its code at the door, compares the fingerprints and approves. Returns the fingerprint. */
export async function pairDoor(office: Page, door: Page, origin: string): Promise<string> {
	await office.goto(`${origin}/kiosks/new`);
	await office.fill("[name=name]", "Front door");
	await office.fill("[name=place]", "Shop floor");
	await office.click("form[action='/kiosks/new'] button[type=submit]");
	const code = ((await office.textContent(".pairing-code output")) ?? "").replaceAll(/[^A-Z0-9]/g, "");
	await door.goto(`${origin}/kiosk`);
	await doorShows(door, "unpaired");
	await door.keyboard.type(code, { delay: 120 });
	await door.keyboard.press("Enter");
	await doorShows(door, "pending");
	const atDoor = await fingerprintOn(door);
	await office.goto(`${origin}/kiosks`);
	if ((await fingerprintOn(office)) !== atDoor) throw new Error("the fingerprints differ");
	await office.click("form[action$='/approve'] button");
	return atDoor;
}

const fingerprintOn = async (page: Page): Promise<string> => {
	await page.waitForSelector(".fingerprint b");
	return ((await page.textContent(".fingerprint b")) ?? "").replaceAll(/\s/g, "");
};

/** Between two keys of a reader. */
const READER_GAP_SEC = 0.005;

/** A card reader: keys with their own time stamps, a few milliseconds apart however busy the page is, and Enter at the end. */
export async function tapCard(page: Page, card: string): Promise<void> {
	const wire = await page.context().newCDPSession(page);
	const keys = [...card].map((key) => ({ key, code: `Digit${key}`, text: key }));
	const startSec = Date.now() / 1_000;
	const strokes = [...keys, { key: "Enter", code: "Enter", text: "\r" }].flatMap((key, index) => {
		const timestamp = startSec + index * READER_GAP_SEC;
		return [
			wire.send("Input.dispatchKeyEvent", { type: "keyDown", ...key, timestamp }),
			wire.send("Input.dispatchKeyEvent", { type: "keyUp", ...key, text: undefined, timestamp }),
		];
	});
	await Promise.all(strokes);
	await wire.detach();
}

/** Employee number and PIN on the large keys. */
export async function punchByPin(page: Page, number: string, pin: string): Promise<void> {
	await page.locator(".ways button").last().click();
	await doorShows(page, "number");
	for (const key of number) await page.click(`.keypad .key:text-is("${key}")`);
	await page.locator(".keypad .key").last().click();
	await doorShows(page, "pin");
	for (const key of pin) await page.click(`.keypad .key:text-is("${key}")`);
	await page.locator(".keypad .key").last().click();
}

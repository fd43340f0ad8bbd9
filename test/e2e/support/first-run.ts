/** The set-up wizard and the sign-in as the owner of a new box walks through them. */
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";

export const OWNER = { name: "Mei Lin", login: "mei", password: "kettle under the stairs" };

/** The six digits of an authenticator app that was given `secret` (base32), for the time step of `atMs`. */
export const totpCode = (secret: string, atMs = Date.now()): string =>
	new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs });

/** The code that the box printed for the person beside it. */
export function oneTimeCode(output: string): string {
	const code = /one-time code[^:]*: ([A-Z0-9]{4}-[A-Z0-9]{4})/i.exec(output)?.[1];
	if (!code) throw new Error(`no one-time code in: ${output}`);
	return code;
}

export interface ClaimedBox {
	/** Secret of the owner's authenticator, base32. */
	readonly secret: string;
	readonly recoveryCodes: readonly string[];
}

/** A zone where it is neither early nor late now, so that no run crosses midnight. */
export function zoneAtDaytime(nowMs = Date.now()): string {
	const zones = ["Asia/Shanghai", "Europe/Berlin", "America/Chicago", "Pacific/Auckland", "Pacific/Honolulu"];
	const hourIn = (timeZone: string) =>
		Number(new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" }).format(nowMs));
	return zones.find((zone) => hourIn(zone) >= 6 && hourIn(zone) < 20) ?? "UTC";
}

const onward = (page: Page) => page.click(".plain-card .form-foot button[type=submit]");

/** Called on each page of the wizard before it is filled in; must come back to that page. */
export type OnStep = (path: string) => Promise<void>;

async function arrive(page: Page, path: string, onStep?: OnStep): Promise<void> {
	await page.waitForURL(`**${path}`);
	await onStep?.(path);
}

/** From the one-time code to the page of checks. Leaves the browser signed in there. */
export async function claimBox(
	page: Page,
	origin: string,
	code: string,
	onStep?: OnStep,
): Promise<ClaimedBox> {
	await nameOwner(page, origin, code, onStep);
	const secret = await linkAuthenticator(page);
	const recoveryCodes = await keepRecoveryCodes(page, onStep);
	await chooseFaceAndShift(page, onStep);
	return { secret, recoveryCodes };
}

/** Code, site and owner with a password; ends where the second factor is chosen. */
export async function nameOwner(page: Page, origin: string, code: string, onStep?: OnStep): Promise<void> {
	await page.goto(`${origin}/`);
	await arrive(page, "/setup", onStep);
	await page.fill("[name=code]", code);
	await onward(page);
	await arrive(page, "/setup/site", onStep);
	await page.fill("[name=name]", "Harbour Bakery");
	await page.fill("[name=zone]", zoneAtDaytime());
	await page.selectOption("[name=lang]", "en");
	await onward(page);
	await arrive(page, "/setup/owner", onStep);
	await page.fill("[name=name]", OWNER.name);
	await page.fill("[name=login]", OWNER.login);
	await page.fill("[name=password]", OWNER.password);
	await onward(page);
	await arrive(page, "/setup/factor", onStep);
}

async function linkAuthenticator(page: Page): Promise<string> {
	await page.click("details.more summary");
	const typed = (await page.textContent(".typed-key")) ?? "";
	const secret = typed.replaceAll(/\s/g, "");
	await page.fill("[name=code]", totpCode(secret));
	await onward(page);
	return secret;
}

export async function keepRecoveryCodes(page: Page, onStep?: OnStep): Promise<string[]> {
	await arrive(page, "/setup/recovery", onStep);
	const codes = await page.locator("#codes li").allTextContents();
	await page.check("[name=kept]");
	await onward(page);
	return codes;
}

async function chooseFaceAndShift(page: Page, onStep?: OnStep): Promise<void> {
	await arrive(page, "/setup/face", onStep);
	await page.check("[name=face][value=on]");
	await onward(page);
	await arrive(page, "/setup/shift", onStep);
	for (const day of await page.locator("[name=weekdays]").all()) await day.check();
	await onward(page);
	await arrive(page, "/setup/ready", onStep);
	await page.waitForSelector('#checks .check, [data-trust="ok"]:not([hidden])');
}

/** State of a check on the page of checks: `ok`, `warn`, `todo` or `bad`. */
export async function checkState(page: Page, id: string): Promise<string> {
	const names = (await page.getAttribute(`#check-${id}`, "class")) ?? "";
	return names.replace("check", "").trim();
}

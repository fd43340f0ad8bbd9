/** Passkeys in real Chromium with virtual authenticators: first run, sign-in, a second one, removal; and every answer that must be refused. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { type BoxProcess, startBox } from "../support/box-process.ts";
import { BOX_NAME, CHROMIUM, complaintsOf, onlyPage, openBrowser } from "./support/chromium.ts";
import { keepRecoveryCodes, nameOwner, oneTimeCode } from "./support/first-run.ts";
import {
	answerTo,
	challengeFor,
	type Device,
	type DeviceKey,
	giveDevice,
	makeKeyFor,
	postFrom,
	strangeKey,
	underId,
} from "./support/passkey.ts";

const folder = mkdtempSync(join(tmpdir(), "dianmao-passkeys-"));
const dataDir = join(folder, "data");
let box: BoxProcess;
let browser: BrowserContext;
let page: Page;
let phone: Device;
let first: DeviceKey;
let second: DeviceKey;
let origin: string;
let complaints: string[];

beforeAll(async () => {
	if (!CHROMIUM) return;
	box = await startBox({ dataDir, patienceMs: 40_000 });
	origin = `https://${BOX_NAME}:${box.httpsPort}`;
	browser = await openBrowser({ profile: join(folder, "profile"), dataDir, width: 1280, height: 800 });
	page = await onlyPage(browser);
	page.setDefaultTimeout(15_000);
	complaints = complaintsOf(page);
	phone = await giveDevice(page);
}, 60_000);

afterAll(async () => {
	await browser?.close();
	await box?.kill("SIGTERM");
	rmSync(folder, { recursive: true, force: true });
});

const it = test.skipIf(!CHROMIUM);
const REFUSED = "The passkey was not accepted. Try again, or use your password.";
const usePasskey = () => page.click("[data-passkey] button");
const noteSays = (text: string) =>
	page.waitForFunction((wanted) => document.querySelector(".passkey-note")?.textContent === wanted, text);
const rows = () => page.locator("form[action='/profile/passkeys/remove']");
const rowsAre = (count: number) =>
	page.waitForFunction((n) => document.querySelectorAll("form[action$='remove']").length === n, count);
const base64Url = ({ credentialId }: DeviceKey) => Buffer.from(credentialId, "base64").toString("base64url");

async function holdOnly(key: DeviceKey): Promise<void> {
	await phone.forgetAll();
	await phone.hold(key);
}

async function toLogin(): Promise<void> {
	await browser.clearCookies();
	await page.goto(`${origin}/login?next=/profile`);
}

async function signIn(): Promise<void> {
	await toLogin();
	await usePasskey();
	await page.waitForURL(`${origin}/profile`);
}

/** Sends an answer from the login page as it is and expects the refusal in words, and no session. */
async function expectRefusal(answer: unknown): Promise<void> {
	const { status, body } = await postFrom<{ error: { message: string } }>(page, "/login/passkey", answer);
	expect([status, body.error?.message]).toEqual([422, REFUSED]);
	expect((await browser.cookies()).map(({ name }) => name)).not.toContain("__Host-dm");
}

describe("an owner with a passkey", () => {
	it("is made in the first run, bound to the site's name and verified by the device", async () => {
		await nameOwner(page, origin, oneTimeCode(box.output()));
		await usePasskey();
		expect(await keepRecoveryCodes(page)).toHaveLength(10);
		expect(await phone.keys()).toMatchObject([{ rpId: BOX_NAME, isResidentCredential: true }]);
	});

	it("signs in with it alone and lands where they wanted to go", async () => {
		await signIn();
		expect(await rows().count()).toBe(1);
		expect(await page.textContent("main")).toContain("Last used");
	});

	it("is told when the same device is offered twice", async () => {
		await usePasskey();
		await noteSays("This device already holds a passkey of yours. Use another device.");
		expect(await rows().count()).toBe(1);
	});

	it("adds a second device and signs in with that one", async () => {
		first = (await phone.keys())[0]!;
		await phone.unplug();
		const stick = await giveDevice(page, "usb");
		await usePasskey();
		await rowsAre(2);
		await signIn();
		second = (await stick.keys())[0]!;
		await stick.unplug();
		phone = await giveDevice(page);
		await phone.hold(first);
		await signIn();
	});

	it("cannot register an id that is taken", async () => {
		const offer = await challengeFor(page, "/profile/passkeys");
		const made = await makeKeyFor(page, { ...offer, options: { ...offer.options, excludeCredentials: [] } });
		const answer = await postFrom(page, "/profile/passkeys", underId(made, base64Url(second)));
		expect(answer).toMatchObject({ status: 422, body: { error: { message: REFUSED } } });
	});

	it("removes one, which opens nothing any more; the last one stays", async () => {
		await rows().first().locator("button").click();
		await rowsAre(1);
		expect(await page.inputValue("form[action$='remove'] [name=id]")).toBe(base64Url(second));
		await rows().first().locator("button").click();
		await page.waitForSelector("text=This is your only way in.");
		await holdOnly(first);
		await toLogin();
		await usePasskey();
		await noteSays(REFUSED);
		await holdOnly(second);
		await signIn();
	});
});

describe("the sign-in refuses", () => {
	it("a key that this box never made", async () => {
		const [own] = await phone.keys();
		await holdOnly(await strangeKey(BOX_NAME));
		await toLogin();
		await usePasskey();
		await noteSays(REFUSED);
		await holdOnly(own!);
	});

	it("a device that was not unlocked, in the page and by a script that does not ask for it", async () => {
		await toLogin();
		await phone.setVerified(false);
		await usePasskey();
		await noteSays("Nothing happened: the device was not confirmed in time. Try again.");
		const careless = { userVerification: "discouraged" };
		await expectRefusal(await answerTo(page, await challengeFor(page, "/login/passkey"), careless));
		await phone.setVerified(true);
	});

	it("an answer made for another origin, though by the right key", async () => {
		await toLogin();
		const challenge = await challengeFor(page, "/login/passkey");
		const trap = await browser.newPage();
		await trap.goto(`https://localhost:${box.httpsPort}/login`);
		const copy = await giveDevice(trap);
		for (const key of await phone.keys()) await copy.hold({ ...key, rpId: "localhost" });
		await expectRefusal(await answerTo(trap, challenge, { rpId: "localhost" }));
		await trap.close();
	});

	it("an answer for the second time, to another challenge, or from a copy that fell behind", async () => {
		await toLogin();
		const [before] = await phone.keys();
		const answer = await answerTo(page, await challengeFor(page, "/login/passkey"));
		const { ticket } = await challengeFor(page, "/login/passkey");
		await expectRefusal({ ...answer, ticket });
		expect((await postFrom(page, "/login/passkey", answer)).status).toBe(200);
		await toLogin();
		await expectRefusal(answer);
		await holdOnly(before!);
		await expectRefusal(await answerTo(page, await challengeFor(page, "/login/passkey")));
		expect(complaints).toEqual([]);
	});
});

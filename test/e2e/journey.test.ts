/**
 * One box from its first start to a row that wages can rest on, in real Chromium with a real person before the camera;
 * then everything that goes wrong at a door. Runs against the checkout, or the binary named by `DIANMAO_PROGRAM`.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { type BoxProcess, freePort, startBox } from "../support/box-process.ts";
import { CHROMIUM, complaintsOf, onlyPage, openBrowser } from "./support/chromium.ts";
import { doorShows, leaveDoor, pairDoor, punchByPin, tapCard } from "./support/door.ts";
import { checkState, claimBox, oneTimeCode } from "./support/first-run.ts";
import { type Scene, writeClip } from "./support/people-clips.ts";
import { faceSentBy, pairSideDoor, refusedAtMs } from "./support/side-door.ts";
import { csvOfWorkbook, hasOffice } from "./support/spreadsheet.ts";
import {
	enrolByWebcam,
	type Imported,
	importPeople,
	openPerson,
	setPin,
	withdrawConsent,
} from "./support/staff-office.ts";
import { countOf, notesOf, storedPunches } from "./support/stored.ts";

const BEN: Imported = { number: "1001", name: "Ben Torres", department: "Kitchen", card: "0012345678" };
const ADA: Imported = { number: "1002", name: "Ada Okafor", department: "Kitchen/Ovens" };
const ADAS_PIN = "482913";

const SCENES = {
	turning: [
		{ who: "ben", sec: 3 },
		{ who: "ben", turned: "left", sec: 3 },
		{ who: "ben", turned: "right", sec: 3 },
	],
	walksUp: [
		{ who: "nobody", sec: 2 },
		{ who: "ben", sec: 8 },
	],
	stranger: [{ who: "cleo", sec: 4 }],
	couple: [{ who: ["ben", "cleo"], sec: 4 }],
	nobody: [{ who: "nobody", sec: 2 }],
} as const satisfies Record<string, readonly Scene[]>;

const folder = mkdtempSync(join(tmpdir(), "dianmao-journey-"));
const dataDir = join(folder, "data");
const ports = { httpsPort: freePort(), httpPort: freePort() };
const origin = `https://localhost:${ports.httpsPort}`;
const clips = {} as Record<keyof typeof SCENES, string>;
let box: BoxProcess;
let officeBrowser: BrowserContext;
let office: Page;
let doorBrowser: BrowserContext | undefined;
let door: Page;
let complaints: string[];
let bensPath: string;
let bensTemplates: number;

const start = async () => {
	box = await startBox({ dataDir, ...ports, patienceMs: 40_000 });
};

/** Another person walks up: a new camera in front of the same kiosk, whose key stays in its profile. */
async function standBefore(scene: keyof typeof SCENES): Promise<void> {
	await doorBrowser?.close();
	const profile = join(folder, "door");
	doorBrowser = await openBrowser({ profile, dataDir, clip: clips[scene], width: 800, height: 1280 });
	door = await onlyPage(doorBrowser);
	door.setDefaultTimeout(20_000);
	complaints = complaintsOf(door);
}

const openDoor = () => door.goto(`${origin}/kiosk`);
const shownName = () => door.textContent(".result h1");

beforeAll(async () => {
	if (!CHROMIUM) return;
	for (const [name, scenes] of Object.entries(SCENES))
		clips[name as keyof typeof SCENES] = await writeClip(join(folder, `${name}.mjpeg`), scenes);
	await start();
	const profile = join(folder, "office");
	officeBrowser = await openBrowser({ profile, dataDir, clip: clips.turning, width: 1440, height: 900 });
	office = await onlyPage(officeBrowser);
	office.setDefaultTimeout(15_000);
}, 120_000);

afterAll(async () => {
	await doorBrowser?.close();
	await officeBrowser?.close();
	await box?.kill();
	rmSync(folder, { recursive: true, force: true });
});

/** One step of the journey; each goes on where the one before ended. */
const it = test.skipIf(!CHROMIUM);

// From the first start to the wages.

it("the printed code makes an owner with password, authenticator and recovery codes", async () => {
	const claimed = await claimBox(office, origin, oneTimeCode(box.output()));
	expect(claimed.recoveryCodes).toHaveLength(10);
	await office.waitForSelector('[data-trust="ok"]:not([hidden])');
	expect(await checkState(office, "disk")).toBe("ok");
	expect(await checkState(office, "camera")).toBe("todo");
}, 60_000);

it("people come in with the product's own Excel template", async () => {
	await importPeople(office, folder, [BEN, ADA]);
	await setPin(office, await openPerson(office, ADA.name), ADAS_PIN);
	bensPath = await openPerson(office, BEN.name);
	expect(await office.textContent("main")).toContain("Kitchen");
}, 60_000);

it("a person agrees and is enrolled by webcam", async () => {
	await enrolByWebcam(office, bensPath);
	expect(await office.textContent(".face-state")).toContain("Face enrolled");
	bensTemplates = await office.locator(".face-photos img").count();
	expect(bensTemplates).toBeGreaterThanOrEqual(3);
	expect(countOf(dataDir, "template")).toBe(bensTemplates);
}, 120_000);

it("a tablet is paired by code and approved by its fingerprint", async () => {
	await standBefore("walksUp");
	expect(await pairDoor(office, door, origin)).toMatch(/^[0-9A-F]{16}$/);
	await doorShows(door, "waiting");
	await leaveDoor(door);
}, 60_000);

it("walking up shows the name, and the live board within a second", async () => {
	await office.goto(`${origin}/board`);
	const onBoard = office.waitForFunction(
		(name) => {
			const card = [...document.querySelectorAll(".person-card")].find((c) => c.textContent?.includes(name));
			return card?.matches(".in") ? Date.now() : undefined;
		},
		BEN.name,
		{ polling: 20, timeout: 60_000 },
	);
	await openDoor();
	await doorShows(door, "result", 60_000);
	const atDoorMs = Date.now();
	expect(await shownName()).toBe(BEN.name);
	await leaveDoor(door);
	expect((await (await onBoard).jsonValue())! - atDoorMs).toBeLessThan(1_000);
	expect(storedPunches(dataDir)).toMatchObject([
		{ name: BEN.name, method: "face", source: "live", hasPhoto: 1 },
	]);
	await office.goto(`${origin}/setup/ready`);
	expect(await checkState(office, "camera")).toBe("ok");
}, 90_000);

it("the day's Excel opens in an office program and has the row", async () => {
	await office.goto(`${origin}/days`);
	const [download] = await Promise.all([
		office.waitForEvent("download"),
		office.click('a[href^="/days.xlsx"]'),
	]);
	const workbook = join(folder, "day.xlsx");
	await download.saveAs(workbook);
	if (!hasOffice()) return console.log("!! LibreOffice is not here: the workbook was saved but not opened");
	const row = (await csvOfWorkbook(workbook)).split("\n").find((line) => line.includes(BEN.name));
	expect(row).toContain(BEN.number);
	expect(row).toMatch(/\d{1,2}:\d{2}/);
}, 90_000);

// What goes wrong at a door.

it("a stranger is refused, nothing of the face stays, and the PIN way works", async () => {
	const before = countOf(dataDir, "punch_photo");
	await standBefore("stranger");
	await openDoor();
	await doorShows(door, "choices", 60_000);
	expect(await door.textContent(".choices h1")).toBe("We did not recognise you");
	await punchByPin(door, ADA.number, ADAS_PIN);
	await doorShows(door, "result");
	expect(await shownName()).toBe(ADA.name);
	await leaveDoor(door);
	expect(storedPunches(dataDir).at(-1)).toMatchObject({ name: ADA.name, method: "pin", hasPhoto: 0 });
	expect(countOf(dataDir, "punch_photo")).toBe(before);
	expect(countOf(dataDir, "template")).toBe(bensTemplates);
}, 90_000);

it("two people at once are told so, and a punch made beside another face is flagged", async () => {
	await standBefore("couple");
	await openDoor();
	await door.waitForSelector(".stage.sight-several", { timeout: 60_000 });
	expect(await door.textContent(".stage .advice")).toContain("One at a time, please");
	await tapCard(door, BEN.card!);
	await doorShows(door, "result");
	await leaveDoor(door);
	const punch = storedPunches(dataDir).at(-1)!;
	expect(punch).toMatchObject({ name: BEN.name, method: "card", doubts: '["several_faces"]', hasPhoto: 0 });
	await office.goto(`${origin}/doubts`);
	expect(await office.textContent(".doubt-list")).toContain(BEN.name);
}, 90_000);

it('"not me" is noted beside the punch', async () => {
	await standBefore("walksUp");
	await openDoor();
	await doorShows(door, "result", 60_000);
	await door.click(".result-foot button");
	await doorShows(door, "choices");
	await leaveDoor(door);
	expect(notesOf(dataDir, storedPunches(dataDir).at(-1)!.id)).toContain("not_me");
}, 90_000);

it("a box killed with a punch on its way has it exactly once afterwards", async () => {
	const before = storedPunches(dataDir).length;
	await standBefore("nobody");
	await openDoor();
	await doorShows(door, "waiting");
	process.kill(box.pid, "SIGSTOP");
	await tapCard(door, BEN.card!);
	await doorShows(door, "sending");
	await box.kill("SIGKILL");
	await doorShows(door, "saved");
	expect(storedPunches(dataDir)).toHaveLength(before);
	await start();
	await queueIs("empty");
	await leaveDoor(door);
	expect(storedPunches(dataDir)).toHaveLength(before + 1);
}, 120_000);

it("a box killed right after its commit has the punch exactly once afterwards", async () => {
	const before = storedPunches(dataDir).length;
	await openDoor();
	await doorShows(door, "waiting");
	await tapCard(door, BEN.card!);
	const giveUpMs = Date.now() + 20_000;
	while (storedPunches(dataDir).length === before && Date.now() < giveUpMs) await Bun.sleep(1);
	await box.kill("SIGKILL");
	await door.waitForSelector('.kiosk[data-screen="saved"], .kiosk[data-screen="result"]');
	await start();
	await queueIs("empty");
	await leaveDoor(door);
	expect(storedPunches(dataDir)).toHaveLength(before + 1);
}, 120_000);

it("a page reloaded while the box is off keeps its queue, and sends it once", async () => {
	const before = storedPunches(dataDir).length;
	await openDoor();
	await doorShows(door, "waiting");
	await box.kill("SIGKILL");
	await tapCard(door, BEN.card!);
	await doorShows(door, "saved", 30_000);
	await door.reload();
	await doorShows(door, "waiting");
	await queueIs("1 punch waiting");
	await start();
	await queueIs("empty");
	await leaveDoor(door);
	const punches = storedPunches(dataDir);
	expect(punches).toHaveLength(before + 1);
	expect(punches.at(-1)).toMatchObject({ name: BEN.name, method: "card", source: "queued" });
	expect(complaints).toEqual([]);
}, 120_000);

it("a withdrawn consent ends recognition within a second, at every door", async () => {
	await standBefore("walksUp");
	const face = faceSentBy(door);
	await openDoor();
	await doorShows(door, "result", 60_000);
	await leaveDoor(door);
	const side = await pairSideDoor(office, origin);
	const [tappedMs, refusedMs] = await Promise.all([
		withdrawConsent(office, bensPath),
		refusedAtMs(side, await face),
	]);
	expect(refusedMs - tappedMs).toBeGreaterThan(0);
	expect(refusedMs - tappedMs).toBeLessThanOrEqual(1_000);
	for (const table of ["template", "enrolment_photo", "punch_photo"] as const)
		expect([table, countOf(dataDir, table)]).toEqual([table, 0]);
	const before = storedPunches(dataDir).length;
	await openDoor();
	await doorShows(door, "choices", 60_000);
	expect(storedPunches(dataDir)).toHaveLength(before);
}, 120_000);

/** The door says it is connected with nothing waiting, or how much waits. */
const queueIs = (text: "empty" | "1 punch waiting") =>
	door.waitForFunction(
		(wanted) => {
			const said = document.querySelector(".status")?.textContent ?? "";
			return wanted === "empty"
				? said.includes("Connected") && !said.includes("waiting")
				: said.includes(wanted);
		},
		text,
		{ timeout: 60_000 },
	);

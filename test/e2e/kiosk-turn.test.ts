/** The turn of the head at a real door: a head that moves is let through, a print that is swung ends at card and PIN and is flagged. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { employeeByNumber } from "../../db/employee.ts";
import { concatBytes } from "../../server/base/bytes.ts";
import { must } from "../../server/base/result.ts";
import type { RunningBox } from "../../server/start/run-box.ts";
import { jpegOf } from "../recognition/pictures.ts";
import { type Shape, stageOf } from "../support/moving-head.ts";
import { doorAddress, startStaffedBox } from "../support/staffed-box.ts";
import { BOX } from "../support/test-box.ts";
import { CHROMIUM, onlyPage, openBrowser } from "./support/chromium.ts";
import { doorShows } from "./support/door.ts";

if (!CHROMIUM) console.log("kiosk-turn: skipped, no Chromium here (apt-get install chromium)");
const folder = mkdtempSync(join(tmpdir(), "dianmao-turn-"));
const dataDir = join(folder, "data");
const PIN = "739184";
const PATIENCE_MS = 60_000;
let box: RunningBox;
let browser: BrowserContext | undefined;

beforeAll(async () => {
	if (!CHROMIUM) return;
	box = await startStaffedBox(dataDir, ["ben", "ada", "cleo"]);
	const ben = employeeByNumber(box.services.store, "1001")!;
	must(await box.services.pins.set(ben.id, PIN, BOX));
}, 180_000);
afterAll(async () => {
	await browser?.close();
	await box?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Degrees at fifteen pictures a second: a still moment, then to one side and back, then to the other. */
function degreesOf(most: number): number[] {
	const still = Array.from({ length: 20 }, () => 0);
	const side = (sign: number) =>
		Array.from({ length: 20 }, (_, i) => sign * most * Math.sin((Math.PI * (i + 1)) / 21));
	return [...still, ...side(1), ...still, ...side(-1)];
}

/** The name makes the page take it for a program's camera, which is a doubt: so the box asks for a turn each time. */
async function clipOf(shape: Shape, most: number): Promise<string> {
	const stage = await stageOf(box.services.engine, "ben");
	const parts: Uint8Array[] = [];
	for (const yawDeg of degreesOf(most)) {
		const frame = await jpegOf(stage.shoot(shape, { yawDeg }), 90);
		parts.push(frame, frame);
	}
	const path = join(folder, `virtual-${shape}.mjpeg`);
	await Bun.write(path, concatBytes(...parts));
	return path;
}

async function openDoor(clip: string) {
	await browser?.close();
	browser = await openBrowser({
		profile: join(folder, clip.slice(-9)),
		dataDir,
		clip,
		width: 800,
		height: 1280,
	});
	const page = await onlyPage(browser);
	await page.goto(await doorAddress(box));
	return page;
}

interface Stored {
	readonly method: string;
	readonly doubts: string;
	readonly match: string;
}
const stored = (): Stored[] =>
	box.services.store.sqlite.query("SELECT method, doubts, match FROM punch ORDER BY seq").all() as Stored[];

describe.skipIf(!CHROMIUM)("a doubtful face at the door", () => {
	test("that turns as a head does is let through", async () => {
		const page = await openDoor(await clipOf("head", 34));
		await doorShows(page, "turn", PATIENCE_MS);
		expect(await page.locator(".turn-below .way").count()).toBe(2);
		await doorShows(page, "result", PATIENCE_MS);
		expect(await page.textContent(".result h1")).toBe("ben");
		expect(stored()).toMatchObject([{ method: "face" }]);
		expect(JSON.parse(stored()[0]!.match)).toMatchObject({ turn: "passed" });
	}, 150_000);

	test("that is a swung print is sent to number and PIN, and the punch says so", async () => {
		const page = await openDoor(await clipOf("print", 50));
		await doorShows(page, "turn", PATIENCE_MS);
		await doorShows(page, "number", PATIENCE_MS);
		await page.keyboard.type("1001", { delay: 110 });
		await page.keyboard.press("Enter");
		await doorShows(page, "pin");
		await page.keyboard.type(PIN, { delay: 110 });
		await page.keyboard.press("Enter");
		await doorShows(page, "result");
		const last = stored().at(-1)!;
		expect(last.method).toBe("pin");
		expect(JSON.parse(last.doubts)).toContain("turn_failed");
	}, 150_000);
});

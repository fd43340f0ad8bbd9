/**
 * Every page of the box under axe, in a window it must not leave, without raw message keys. A covering set: each page is
 * seen once in each width, in both languages and both colour schemes; `npm run screenshots` looks at all of them together.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { LANGS, type Lang } from "../../server/base/translate.ts";
import { ACCESS } from "../../server/web/access.ts";
import { type BoxProcess, startBox } from "../support/box-process.ts";
import { CHROMIUM, onlyPage, openBrowser } from "./support/chromium.ts";
import { type DemoShop, openDemoShop } from "./support/demo-shop.ts";
import { doorShows, leaveDoor, punchByPin } from "./support/door.ts";
import { type DoorGallery, openDoorGallery, overflowing } from "./support/door-gallery.ts";
import { oneTimeCode } from "./support/first-run.ts";
import { FIRST_RUN_PATHS, walkFirstRun } from "./support/first-run-screens.ts";
import { officeScreens } from "./support/office-screens.ts";
import {
	type ColourScheme,
	dress,
	type Screen,
	switchLanguage,
	visit,
	type Width,
} from "./support/screen.ts";
import { faultsOf, type Thoroughness } from "./support/screen-faults.ts";

interface Look {
	readonly width: Width;
	readonly colorScheme: ColourScheme;
	readonly colourBlind?: boolean;
}

/** Each language is visited once; its widths and schemes are looked at without coming again. */
const LOOKS = {
	"zh-CN": [
		{ width: 390, colorScheme: "dark" },
		/** In the colours of the English look, and of pages alone: what is done on them changes no width. */
		{ width: 820, colorScheme: "light", colourBlind: true },
	],
	en: [{ width: 1440, colorScheme: "light" }],
} as const satisfies Record<Lang, readonly Look[]>;

/** The walk through a new box reads English pages on. */
const LANGS_ENGLISH_LAST = ["zh-CN", "en"] as const;

const DOOR_LOOKS = [
	{ lang: "en", width: 800, height: 1280, colorScheme: "light" },
	{ lang: "zh-CN", width: 1280, height: 800, colorScheme: "dark" },
] as const;

/** Answers that are no pages of their own: ways in, streams, files, photos, parts that poll. */
const NO_PAGE =
	/^\/$|^\/(kiosk|demo|demo\/door|login\/code)$|^\/(api|face-packs)\/|\/(stream|export|template|learn|progress|job|download)$|\/stuck\/:entry$|\/photos?(\/|$)|\.(xlsx|csv)$|^\/people\/import\/:job$|^\/enrolments\/batch\/:id$/;

const folder = mkdtempSync(join(tmpdir(), "dianmao-screens-"));
const open: BrowserContext[] = [];
let shop: DemoShop;
let box: BoxProcess;
let gallery: DoorGallery;
let office: Page;
/** A second window of the office: two see twice as much in the same time. */
let second: Page;
let door: Page;

const browserOn = async (dataDir: string, profile: string): Promise<BrowserContext> => {
	const plan = { profile: join(folder, profile), dataDir, width: 1440, height: 900 };
	const browser = await openBrowser(plan);
	open.push(browser);
	return browser;
};

beforeAll(async () => {
	if (!CHROMIUM) return;
	[shop, box, gallery] = await Promise.all([
		openDemoShop(join(folder, "shop")),
		startBox({ dataDir: join(folder, "box"), patienceMs: 60_000 }),
		openDoorGallery(folder),
	]);
	const browser = await browserOn(shop.dataDir, "office");
	office = await onlyPage(browser);
	await office.goto(shop.officeLink);
	second = await browser.newPage();
	door = await browser.newPage();
	await door.goto(shop.doorLink);
	await doorShows(door, "waiting", 60_000);
	await leaveDoor(door);
}, 120_000);

afterAll(async () => {
	for (const browser of open) await browser.close();
	await gallery?.stop();
	await shop?.stop();
	await box?.kill();
	rmSync(folder, { recursive: true, force: true });
});

/** Collects what is wrong by the name of the screen. */
function collector() {
	const faults: Record<string, string[]> = {};
	const look = async (page: Page, name: string, how: Thoroughness = {}) => {
		const found = await faultsOf(page, { firstRows: true, ...how });
		if (found.length > 0) faults[name] = found;
	};
	return {
		faults,
		look,
		/** One visit in a language the page speaks already, a look in each of its windows. */
		async visitAndLook(page: Page, lang: Lang, screen: Screen): Promise<void> {
			const all: readonly Look[] = LOOKS[lang];
			const looks = all.filter(({ colourBlind }) => !(colourBlind && screen.act));
			await dress(page, looks[0]!.width, looks[0]!.colorScheme);
			await visit(page, screen);
			for (const { width, colorScheme, colourBlind } of looks) {
				await dress(page, width, colorScheme);
				const how = { onTop: screen.inWindow, colourBlind };
				await look(page, `${screen.name}, ${lang}, ${width} px, ${colorScheme}`, how);
			}
		},
	};
}

describe.skipIf(!CHROMIUM)("the office of a shop full of life", () => {
	test("no page of the access table is left out", async () => {
		const paths = [...(await officeScreens(office)), ...FIRST_RUN_PATHS].map(
			({ path }) => path.split("?")[0]!,
		);
		const isSeen = (pattern: string) => {
			const shape = RegExp(`^${pattern.replaceAll(/:[a-z]+/gi, "[^/]+")}$`);
			return paths.some((path) => shape.test(path));
		};
		const patterns = Object.keys(ACCESS).flatMap((key) => (key.startsWith("GET ") ? [key.slice(4)] : []));
		expect(patterns.filter((pattern) => !NO_PAGE.test(pattern) && !isSeen(pattern))).toEqual([]);
	}, 60_000);

	test.concurrent("every page in every language", async () => {
		const screens = await officeScreens(office);
		const half = Math.ceil(screens.length / 2);
		const { faults, visitAndLook } = collector();
		const lookAt = async (page: Page, lang: Lang, own: readonly Screen[]) => {
			await page.goto(`${shop.origin}/board`);
			for (const screen of own) await visitAndLook(page, lang, screen);
		};
		for (const lang of LANGS) {
			await switchLanguage(office, shop.origin, lang);
			const halves = [screens.slice(0, half), screens.slice(half)];
			await Promise.all([office, second].map((page, i) => lookAt(page, lang, halves[i]!)));
		}
		expect(faults).toEqual({});
	}, 400_000);
});

describe.skipIf(!CHROMIUM)("a new box", () => {
	test.concurrent("every page from the one-time code to the sign-in", async () => {
		const page = await onlyPage(await browserOn(join(folder, "box"), "first-run"));
		const origin = `https://localhost:${box.httpsPort}`;
		const { faults, visitAndLook } = collector();
		await walkFirstRun(page, origin, oneTimeCode(box.output()), async (screen) => {
			for (const lang of LANGS_ENGLISH_LAST) {
				await switchLanguage(page, origin, lang);
				await visitAndLook(page, lang, screen);
			}
		});
		expect(faults).toEqual({});
	}, 400_000);
});

describe.skipIf(!CHROMIUM)("the door", () => {
	for (const view of DOOR_LOOKS)
		test.concurrent(`every state, ${view.lang}, ${view.width} × ${view.height}, ${view.colorScheme}`, async () => {
			const { page, names, draw } = await gallery.open(view);
			const { faults, look } = collector();
			for (const name of names) {
				await draw(name);
				await look(page, name);
				const cut = await page.evaluate(overflowing);
				if (cut.length > 0) faults[`${name}, cut off`] = cut;
			}
			expect(faults).toEqual({});
			await page.context().close();
		}, 400_000);

	test("the real page: waiting, card, PIN and result", async () => {
		await door.setViewportSize({ width: 800, height: 1280 });
		const { faults, look } = collector();
		await door.bringToFront();
		await door.goto(`${shop.origin}/kiosk`);
		await doorShows(door, "waiting");
		await look(door, "waiting");
		await door.locator(".ways button").nth(1).click();
		await doorShows(door, "card");
		await look(door, "card");
		await door.click(".cancel");
		await punchByPin(door, shop.pin.number, shop.pin.pin);
		await doorShows(door, "result");
		await look(door, "result");
		await door.click(".result-foot button");
		await doorShows(door, "choices");
		await look(door, "choices");
		expect(faults).toEqual({});
	}, 90_000);
});

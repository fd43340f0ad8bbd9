/** Every page of the office that can be opened in a demo shop, with real ids found by following links. */
import type { Page } from "playwright-core";
import { openDialog, type Screen, send } from "./screen.ts";

const openAccountMenu = (page: Page) => page.locator(".account-menu summary:visible").click();

/** The rest of the menu of a phone; wider windows show it all the time. */
async function openDrawer(page: Page): Promise<void> {
	const more = page.locator('.tabbar [popovertarget="drawer"]');
	if (await more.isVisible()) await more.click();
}

const importFile =
	(lines: readonly string[]) =>
	async (page: Page): Promise<void> => {
		const buffer = Buffer.from(lines.join("\n"));
		await page.setInputFiles("[name=file]", { name: "people.csv", mimeType: "text/csv", buffer });
		await send("form[action='/people/import']")(page);
		await page.waitForSelector("#import-job form[action$='/cancel'], #import-job .findings");
	};

const HEADINGS = "Number,Name,Department,Card,First day,Shift";

const FIXED: readonly Screen[] = [
	{ name: "board", path: "/board" },
	{ name: "board-missing", path: "/board?view=missing" },
	{ name: "board-nobody", path: "/board?text=zzzz" },
	{ name: "roll-call", path: "/board/roll-call" },
	{ name: "days", path: "/days" },
	{ name: "days-none", path: "/days?text=zzzz" },
	{ name: "people", path: "/people" },
	{ name: "people-none", path: "/people?text=zzzz" },
	{ name: "people-left", path: "/people?status=left" },
	{ name: "person-new", path: "/people/new" },
	{ name: "person-new-wrong", path: "/people/new", act: send("form[action='/people/new']") },
	{ name: "departments", path: "/people/departments" },
	{ name: "department-new", path: "/people/departments/new" },
	{
		name: "department-new-wrong",
		path: "/people/departments/new",
		act: send("form[action='/people/departments/new']"),
	},
	{ name: "shifts", path: "/people/shifts" },
	{ name: "shift-new", path: "/people/shifts/new" },
	{ name: "shift-new-wrong", path: "/people/shifts/new", act: send("form[action='/people/shifts/new']") },
	{ name: "import", path: "/people/import" },
	{ name: "import-wrong", path: "/people/import", act: send("form[action='/people/import']") },
	{
		name: "import-plan",
		path: "/people/import",
		act: importFile([HEADINGS, "7001,Noor Haddad,Bakery/Ovens,,2026-03-02,", "1001,Wanqing Lin,,,,"]),
	},
	{
		name: "import-findings",
		path: "/people/import",
		act: importFile([HEADINGS, "7001,Noor Haddad,,,2026-02-31,", "7001,,,,,Moonlight"]),
	},
	{ name: "doubts", path: "/doubts" },
	{ name: "doubts-decided", path: "/doubts?state=decided" },
	{ name: "makeups", path: "/makeups" },
	{ name: "makeups-decided", path: "/makeups?state=decided" },
	{ name: "enrolments", path: "/enrolments" },
	{ name: "enrolments-batch", path: "/enrolments/batch" },
	{ name: "consent-print", path: "/enrolments/consent" },
	{ name: "kiosks", path: "/kiosks" },
	{ name: "kiosk-new", path: "/kiosks/new" },
	{ name: "kiosk-new-wrong", path: "/kiosks/new", act: send("form[action='/kiosks/new']") },
	{
		name: "kiosk-code",
		path: "/kiosks/new",
		async act(page) {
			await page.fill("[name=name]", "Canteen");
			await send("form[action='/kiosks/new']")(page);
		},
	},
	{ name: "faces", path: "/faces" },
	{ name: "settings", path: "/settings" },
	{ name: "settings-net", path: "/settings/net" },
	{
		name: "settings-wrong",
		path: "/settings",
		async act(page) {
			await page.fill("[name=idleSec]", "9000");
			await send("form[action='/settings/kiosk']")(page);
		},
	},
	{ name: "settings-saved", path: "/settings", act: send("form[action='/settings/site']"), inWindow: true },
	{ name: "accounts", path: "/accounts" },
	{ name: "profile", path: "/profile" },
	{ name: "prove-nothing-to-show", path: "/prove?next=/accounts/new" },
	{ name: "audit", path: "/audit" },
	{ name: "audit-none", path: "/audit?from=2001-01-01&to=2001-01-02" },
	{ name: "trust", path: "/trust" },
	{ name: "not-found", path: "/nowhere" },
	{ name: "person-not-found", path: "/people/01900000-0000-7000-8000-00000000dead" },
	{ name: "account-menu", path: "/board", act: openAccountMenu, inWindow: true },
	{ name: "drawer", path: "/board", act: openDrawer, inWindow: true },
];

const hrefOn = async (page: Page, path: string, pattern: RegExp): Promise<string | undefined> => {
	await page.goto(new URL(path, page.url()).href);
	const hrefs = await page
		.locator("main a")
		.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
	return hrefs.find((href) => pattern.test(href));
};

/** A kiosk waits for a minute, and perhaps still does from the last visit. */
const waitForCard = (path: string) => async (page: Page) => {
	const form = `form[action='${path}/cards/learn']`;
	if ((await page.locator(form).count()) > 0) await send(form)(page);
};

/** The pages of one person; `path` is the person's own. */
const personScreens = (path: string): Screen[] => [
	{ name: "person", path },
	{ name: "person-edit", path: `${path}/edit` },
	{ name: "person-leaves", path, act: openDialog("=leave"), inWindow: true },
	{ name: "person-card-end", path, act: openDialog("^=end-"), inWindow: true },
	{ name: "person-pin-remove", path, act: openDialog("=remove-pin"), inWindow: true },
	{ name: "person-pin-wrong", path, act: send(`form[action='${path}/pin']`) },
	{ name: "person-card-wait", path, act: waitForCard(path) },
	{ name: "person-days", path: `${path}/days` },
	{ name: "face", path: `${path}/face` },
	{ name: "face-consent", path: `${path}/face/enrol` },
	{ name: "face-upload", path: `${path}/face/upload` },
];

const dayScreens = (path: string): Screen[] => [
	{ name: "day", path },
	{ name: "day-void", path, act: openDialog("^=void-"), inWindow: true },
];

const accountScreens = (path: string): Screen[] => [
	{ name: "account", path },
	{ name: "account-reset", path, act: openDialog("=reset"), inWindow: true },
	{ name: "account-disable", path, act: openDialog("=disable"), inWindow: true },
];

const kioskScreens = (path: string): Screen[] => [
	{ name: "kiosk", path },
	{ name: "kiosk-remove", path, act: openDialog("=revoke"), inWindow: true },
];

const removable = (name: string, path: string): Screen[] => [
	{ name, path },
	{ name: `${name}-remove`, path, act: openDialog("=remove"), inWindow: true },
];

/** The list for the box the page is signed in to. */
export async function officeScreens(page: Page): Promise<Screen[]> {
	const id = "[0-9a-f-]{36}$";
	const found: [(path: string) => Screen[], string | undefined][] = [
		[personScreens, await hrefOn(page, "/people", RegExp(`^/people/${id}`))],
		[dayScreens, await hrefOn(page, "/days?sort=firstIn", RegExp(`^/days/[\\d-]+/${id}`))],
		[(path) => [{ name: "day-doubtful", path }], await hrefOn(page, "/doubts", /^\/days\//)],
		[kioskScreens, await hrefOn(page, "/kiosks", RegExp(`^/kiosks/${id}`))],
		[
			(path) => removable("shift", path),
			await hrefOn(page, "/people/shifts", RegExp(`^/people/shifts/${id}`)),
		],
		[
			(path) => removable("department", path),
			await hrefOn(page, "/people/departments", RegExp(`^/people/departments/${id}`)),
		],
		[accountScreens, await hrefOn(page, "/accounts", RegExp(`^/accounts/${id}`))],
	];
	return [...FIXED, ...found.flatMap(([screensOf, path]) => (path ? screensOf(path) : []))];
}

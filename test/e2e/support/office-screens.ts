/** Every page of the office that can be opened in a demo shop, with real ids found by following links. */
import type { Page } from "playwright-core";

export interface Screen {
	readonly name: string;
	readonly path: string;
	/** What to click before looking. */
	readonly click?: string;
}

const FIXED: readonly Screen[] = [
	{ name: "board", path: "/board" },
	{ name: "board-missing", path: "/board?view=missing" },
	{ name: "roll-call", path: "/board/roll-call" },
	{ name: "days", path: "/days" },
	{ name: "people", path: "/people" },
	{ name: "people-none", path: "/people?text=zzzz" },
	{ name: "person-new", path: "/people/new" },
	{ name: "departments", path: "/people/departments" },
	{ name: "department-new", path: "/people/departments/new" },
	{ name: "shifts", path: "/people/shifts" },
	{ name: "shift-new", path: "/people/shifts/new" },
	{ name: "import", path: "/people/import" },
	{ name: "doubts", path: "/doubts" },
	{ name: "doubts-decided", path: "/doubts?state=decided" },
	{ name: "makeups", path: "/makeups" },
	{ name: "enrolments", path: "/enrolments" },
	{ name: "enrolments-batch", path: "/enrolments/batch" },
	{ name: "consent-print", path: "/enrolments/consent" },
	{ name: "kiosks", path: "/kiosks" },
	{ name: "kiosk-new", path: "/kiosks/new" },
	{ name: "settings", path: "/settings" },
	{ name: "accounts", path: "/accounts" },
	{ name: "profile", path: "/profile" },
	{ name: "prove", path: "/prove?next=/accounts/new" },
	{ name: "audit", path: "/audit" },
	{ name: "trust", path: "/trust" },
	{ name: "not-found", path: "/nowhere" },
];

const hrefOn = async (page: Page, path: string, pattern: RegExp): Promise<string | undefined> => {
	await page.goto(new URL(path, page.url()).href);
	const hrefs = await page
		.locator("main a")
		.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
	return hrefs.find((href) => pattern.test(href));
};

/** The list for the box the page is signed in to. */
export async function officeScreens(page: Page): Promise<Screen[]> {
	const person = await hrefOn(page, "/people", /^\/people\/[0-9a-f-]{36}$/);
	const day = await hrefOn(page, "/days", /^\/days\/[\d-]+\/[0-9a-f-]{36}$/);
	const doubtful = await hrefOn(page, "/doubts", /^\/days\//);
	const kiosk = await hrefOn(page, "/kiosks", /^\/kiosks\/[0-9a-f-]{36}$/);
	const shift = await hrefOn(page, "/people/shifts", /^\/people\/shifts\/[0-9a-f-]{36}$/);
	const department = await hrefOn(page, "/people/departments", /^\/people\/departments\/[0-9a-f-]{36}$/);
	const account = await hrefOn(page, "/accounts", /^\/accounts\/[0-9a-f-]{36}$/);
	const found: [string, string | undefined][] = [
		["person", person],
		["person-edit", person && `${person}/edit`],
		["person-days", person && `${person}/days`],
		["face", person && `${person}/face`],
		["face-consent", person && `${person}/face/enrol`],
		["face-upload", person && `${person}/face/upload`],
		["day", day],
		["day-doubtful", doubtful],
		["kiosk", kiosk],
		["shift", shift],
		["department", department],
		["account", account],
	];
	const linked = found.flatMap(([name, path]) => (path ? [{ name, path }] : []));
	return [...FIXED, ...linked];
}

/** Switches the language of the signed-in account. */
export async function switchLanguage(page: Page, origin: string, lang: "en" | "zh-CN"): Promise<void> {
	await page.goto(`${origin}/profile`);
	await page.evaluate((wanted) => {
		const form = document.createElement("form");
		Object.assign(form, { method: "post", action: "/preferences" });
		for (const [name, value] of [
			["lang", wanted],
			["back", "/board"],
		] as const)
			form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
		document.body.append(form);
		form.submit();
	}, lang);
	await page.waitForURL("**/board");
}

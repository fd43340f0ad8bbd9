/** A page in a state worth a look, and how to come to see it in a language, a width and a colour scheme. */
import type { Page } from "playwright-core";
import type { Lang } from "../../../server/base/translate.ts";

export interface Screen {
	readonly name: string;
	readonly path: string;
	/** What to do on the page before looking, as opening a dialog or sending a wrong form. */
	readonly act?: (page: Page) => Promise<unknown>;
	/** Looked at in the window as it is: a dialog has its place in the window, not on the page. */
	readonly inWindow?: true;
}

export type Width = 1440 | 820 | 390;
export type ColourScheme = "light" | "dark";

export const HEIGHTS: Readonly<Record<Width, number>> = { 1440: 900, 820: 1180, 390: 844 };

/** Opens the screen; relative paths belong to the page's own origin. */
export async function visit(page: Page, { path, act }: Screen): Promise<void> {
	await page.goto(new URL(path, page.url()).href);
	await act?.(page);
}

/** Switches the language of the account or, signed out, of the browser; pages show it from their next visit on. */
export async function switchLanguage(page: Page, origin: string, lang: Lang): Promise<void> {
	if (!page.url().startsWith(origin)) await page.goto(`${origin}/trust`);
	await page.evaluate(async (wanted) => {
		const body = new URLSearchParams({ lang: wanted, back: "/trust" });
		await fetch("/preferences", { method: "POST", body });
	}, lang);
}

export async function dress(page: Page, width: Width, colorScheme: ColourScheme): Promise<void> {
	await page.setViewportSize({ width, height: HEIGHTS[width] });
	await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
}

/** Presses the form's main button although the browser would ask for more first. */
export const send = (form: string) => async (page: Page) => {
	await page.locator(form).evaluate((element) => {
		(element as HTMLFormElement).noValidate = true;
	});
	await Promise.all([page.waitForLoadState("load"), page.locator(`${form} [type=submit]`).last().click()]);
	await page.waitForLoadState("load");
};

export const openDialog = (opener: string) => (page: Page) =>
	page.locator(`[data-opens${opener}]`).first().click();

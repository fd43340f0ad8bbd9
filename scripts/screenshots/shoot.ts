/** One picture after another, each with what a machine finds wrong in it. Knows nothing about which screens there are. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { LANGS, type Lang } from "../../server/base/translate.ts";
import {
	type ColourScheme,
	dress,
	HEIGHTS,
	type Screen,
	switchLanguage,
	visit,
	type Width,
} from "../../test/e2e/support/screen.ts";
import { faultsOf } from "../../test/e2e/support/screen-faults.ts";

/** Some controls fade into the other colours. */
const COLOURS_CHANGE_MS = 200;
const WIDTHS: readonly Width[] = [1440, 820, 390];
export const SCHEMES: readonly ColourScheme[] = ["light", "dark"];
/** Taller pages are cut; nobody looks at the tenth screenful. */
const TALLEST_PX = 6_000;

/** Absent means all. */
export interface Wanted {
	readonly names?: readonly string[];
	readonly lang?: string;
	readonly width?: number;
	readonly scheme?: string;
}

export interface Shoot {
	readonly wanted: Wanted;
	readonly faults: string[];
	count: number;
	/** A screen in all wanted languages, widths and schemes. Leaves the page in English. */
	screen(page: Page, origin: string, screen: Screen): Promise<void>;
	/** Several screens, with one change of language for all. */
	screens(page: Page, origin: string, screens: readonly Screen[]): Promise<void>;
	/** A screen whose language is in its address. */
	plain(page: Page, lang: Lang, screen: Screen): Promise<void>;
	/** The page as it stands. */
	picture(page: Page, folder: string, name: string, more?: readonly string[]): Promise<void>;
}

export function makeShoot(out: string, wanted: Wanted): Shoot {
	const langs = LANGS.filter((lang) => !wanted.lang || lang === wanted.lang);
	/** English last: the walks read English pages on. */
	const inOrder = [...langs].sort((a, b) => (a === "en" ? 1 : b === "en" ? -1 : 0));
	const shoot: Shoot = {
		wanted,
		faults: [],
		count: 0,
		screen: (page, origin, screen) => shoot.screens(page, origin, [screen]),
		async screens(page, origin, screens) {
			const shown = screens.filter(({ name }) => !wanted.names || wanted.names.includes(name));
			if (shown.length === 0) return;
			for (const lang of inOrder) {
				await switchLanguage(page, origin, lang);
				for (const screen of shown) await inAllSizes(page, lang, screen);
			}
			if (inOrder.at(-1) !== "en") await switchLanguage(page, origin, "en");
		},
		async plain(page, lang, screen) {
			const isWanted = langs.includes(lang) && (!wanted.names || wanted.names.includes(screen.name));
			if (isWanted) await inAllSizes(page, lang, screen);
		},
		async picture(page, folder, name, more = []) {
			const found = [...(await faultsOf(page)), ...more];
			if (found.length > 0) shoot.faults.push(`${folder} ${name}: ${found.join("; ")}`);
			await page.screenshot({ path: join(out, folder, `${name}.png`), animations: "disabled" });
			shoot.count++;
		},
	};

	async function inAllSizes(page: Page, lang: Lang, screen: Screen): Promise<void> {
		for (const width of WIDTHS.filter((one) => !wanted.width || one === wanted.width)) {
			await dress(page, width, "light");
			await visit(page, screen);
			for (const scheme of SCHEMES.filter((one) => !wanted.scheme || one === wanted.scheme)) {
				await dress(page, width, scheme);
				await page.waitForTimeout(COLOURS_CHANGE_MS);
				if (!screen.inWindow) await growToPage(page, width);
				await shoot.picture(page, join(lang, `${width}-${scheme}`), screen.name);
			}
		}
	}
	return shoot;
}

/** A picture of the whole page with bars at their places: the window grows, where a stitched picture would repeat them. */
async function growToPage(page: Page, width: Width): Promise<void> {
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	await page.setViewportSize({ width, height: Math.min(Math.max(height, HEIGHTS[width]), TALLEST_PX) });
}

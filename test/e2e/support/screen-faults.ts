/** What is wrong with a page that a machine can see: accessibility findings, text out of the window, message keys without words. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export interface Thoroughness {
	/** Only what lies over the page: a dialog, a menu, a drawer. */
	readonly onTop?: boolean;
	/** Of long lists the first rows stand for the rest, which differ in words alone. */
	readonly firstRows?: boolean;
	/** The same page has been looked at in these colours before: contrast, the dearest rule, is left out. */
	readonly colourBlind?: boolean;
}

/** In words; empty when nothing is. */
export const faultsOf = async (page: Page, how: Thoroughness = {}): Promise<string[]> => [
	...(await findingsOf(page, how)),
	...(await slipsOf(page)),
];

const ON_TOP = ":modal, :popover-open, .account-menu[open], .toast";
const LATER_ROWS = ["tbody tr:nth-child(n+9)", ".person-card:nth-child(n+9)", "select option:nth-child(n+9)"];

/** Findings of axe-core that are serious or worse. Legacy mode spares it a second window; our pages have no frames. */
async function findingsOf(page: Page, { onTop, firstRows, colourBlind }: Thoroughness): Promise<string[]> {
	const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true);
	if (onTop && (await page.locator(ON_TOP).first().isVisible())) axe.include(ON_TOP);
	else if (firstRows) axe.exclude(LATER_ROWS.join(", "));
	if (colourBlind) axe.disableRules("color-contrast");
	const { violations } = await axe.analyze();
	return violations
		.filter(({ impact }) => impact === "serious" || impact === "critical")
		.map(({ id, nodes }) => {
			const targets = nodes.map((node) => node.target.join(" ")).slice(0, 3);
			return `${id}: ${targets.join(" | ")}`;
		});
}

async function slipsOf(page: Page): Promise<string[]> {
	const { isTooWide, text } = await page.evaluate(() => ({
		isTooWide: document.documentElement.scrollWidth > innerWidth + 1,
		text: document.body.textContent ?? "",
	}));
	const keys = text.match(/\b[a-z]+(?:\.[a-z_]+){2,}\b/g) ?? [];
	return [
		...(isTooWide ? ["wider than the window"] : []),
		...keys.filter((word) => !/^www\.|\.com$/.test(word)),
	];
}

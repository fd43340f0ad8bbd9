/** Pictures of the door page in every state: tablets upright and lying, a phone in the hand, a screen on a wall. */
import { LANGS } from "../../server/base/translate.ts";
import { openDoorGallery, overflowing } from "../../test/e2e/support/door-gallery.ts";
import { SCHEMES, type Shoot } from "./shoot.ts";

const WINDOWS = [
	{ name: "portrait", width: 800, height: 1280 },
	{ name: "landscape", width: 1280, height: 800 },
	{ name: "phone", width: 390, height: 844 },
	{ name: "wall", width: 1920, height: 1080 },
] as const;

export async function shootDoor(folder: string, shoot: Shoot): Promise<void> {
	const { lang: ownLang, width: ownWidth, scheme, names: ownNames } = shoot.wanted;
	const gallery = await openDoorGallery(folder);
	for (const { name: shape, width, height } of WINDOWS)
		for (const lang of LANGS)
			for (const colorScheme of SCHEMES) {
				if (
					(ownLang ?? lang) !== lang ||
					(ownWidth ?? width) !== width ||
					(scheme ?? colorScheme) !== colorScheme
				)
					continue;
				const { page, names, draw } = await gallery.open({ lang, width, height, colorScheme });
				for (const name of names.filter((one) => ownNames?.includes(one) ?? true)) {
					await draw(name);
					const cut = await page.evaluate(overflowing);
					await shoot.picture(page, `door/${lang}-${shape}-${colorScheme}`, name, cut);
				}
				await page.context().close();
			}
	await gallery.stop();
}

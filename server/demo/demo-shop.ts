/** Fills an empty demo folder: the shop, its people, an owner who enters by a printed link. Runs once per folder. */
import { hasOwner, insertAccount } from "../../db/account.ts";
import { must } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import type { Services } from "../compose.ts";
import { DEMO_BY } from "./demo-author.ts";
import { DEMO_OWNER_ID } from "./demo-entry.ts";
import { SITE } from "./shop.ts";
import { staffShop } from "./staff-shop.ts";

/** Fills the folder unless it has an owner already. The site takes the box's own zone, so that "now" makes sense. */
export async function fillDemoShop(services: Services, lang: Lang): Promise<void> {
	const { store, clock, site, firstRun } = services;
	if (hasOwner(store)) return;
	const short = lang === "en" ? "en" : "zh";
	must(await site.save({ name: SITE[short], zone: services.zone(), lang }, DEMO_BY));
	await site.saveFace({ on: true, preset: "CN" }, DEMO_BY);
	await staffShop({ ...services, cards: services }, short, DEMO_BY);
	await store.commit((tx) =>
		insertAccount(tx, {
			id: DEMO_OWNER_ID,
			login: "demo",
			name: "Demo",
			role: "owner",
			passwordHash: null,
			totpSealed: null,
			totpStep: 0,
			lang,
			employeeId: null,
			createdMs: clock.nowMs(),
			disabledMs: null,
		}),
	);
	await firstRun.keepRecoveryCodes();
	await firstRun.finish(DEMO_BY);
}

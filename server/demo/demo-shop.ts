/** Fills an empty demo folder: the shop, its people, a month of punches, an owner who enters by a printed link. Runs once per folder. */
import { hasOwner, insertAccount } from "../../db/account.ts";
import { allEmployees } from "../../db/employee.ts";
import { assignedShift } from "../../db/shift.ts";
import { newId } from "../base/ids.ts";
import { must } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import type { Services } from "../compose.ts";
import type { By } from "../services/author.ts";
import { recordPunch } from "../services/record-punch.ts";
import { DEMO_OWNER_ID } from "./demo-entry.ts";
import { type PastPunch, pastPunches } from "./history.ts";
import { SITE } from "./shop.ts";
import { staffShop } from "./staff-shop.ts";

const DAYS = 31;
/** Punches per transaction. */
const PAGE = 200;
/** Evidence that a punch of the demo is invented stays on each row. */
const DEMO_SOURCE = "import";
export const DEMO_BY: By = { actor: { kind: "box", id: "demo" }, address: "demo" };

/** Fills the folder unless it has an owner already. The site takes the box's own zone, so that "now" makes sense. */
export async function fillDemoShop(services: Services, lang: Lang): Promise<void> {
	const { store, clock, site, firstRun } = services;
	if (hasOwner(store)) return;
	const short = lang === "en" ? "en" : "zh";
	must(await site.save({ name: SITE[short], zone: services.zone(), lang }, DEMO_BY));
	await site.saveFace({ on: true, preset: "CN" }, DEMO_BY);
	await staffShop({ ...services, cards: services }, short, DEMO_BY);
	await writeHistory(services);
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

async function writeHistory({ store, clock, zone }: Services): Promise<void> {
	const people = allEmployees(store).map(({ id: employeeId, joinedOn, leftOn }) => {
		const shift = assignedShift(store, employeeId);
		return { employeeId, joinedOn, leftOn, shift };
	});
	const punches = pastPunches(people, clock.nowMs(), DAYS, zone());
	for (let from = 0; from < punches.length; from += PAGE) {
		const page = punches.slice(from, from + PAGE);
		await store.commit((tx) => {
			for (const punch of page) recordPunch(tx, demoPunch(punch, zone(), clock.nowMs()));
		});
	}
}

const demoPunch = (punch: PastPunch, zone: string, receivedMs: number) => ({
	...punch,
	id: newId(punch.atMs),
	receivedMs,
	zone,
	source: DEMO_SOURCE as "import",
	deviceId: null,
	deviceCounter: null,
	clock: "ok" as const,
	doubts: [],
	match: { how: punch.method },
	makesDay: true,
});

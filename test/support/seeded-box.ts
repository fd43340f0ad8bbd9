/**
 * Fills a data folder as a finished first run would leave it: owner, site, staff with cards, kiosks that are approved
 * and whose keys the test knows. A real box process is then started on it. Opens the folder in this process and closes it again.
 */
import { insertAccount } from "../../db/account.ts";
import { must } from "../../server/base/result.ts";
import { systemClock } from "../../server/base/units.ts";
import { compose, type Services } from "../../server/compose.ts";
import { PEOPLE } from "../../server/demo/shop.ts";
import { staffShop } from "../../server/demo/staff-shop.ts";
import { makeLog } from "../../server/log.ts";
import { openBox } from "../../server/start/open-box.ts";
import { type KioskKey, makeKioskKey } from "./kiosk-key.ts";
import { BOX, OWNER } from "./test-box.ts";

export interface SeededKiosk {
	readonly id: string;
	readonly key: KioskKey;
}

export interface SeededBox {
	readonly kiosks: readonly SeededKiosk[];
	/** One card text for each person who may punch. */
	readonly cards: readonly string[];
}

export interface SeedPlan {
	readonly kiosks: number;
	/** People besides the shop's thirty. */
	readonly extras?: number;
}

/** Makes the box; the folder must be new or empty. */
export async function seedBox(dataDir: string, { kiosks, extras = 0 }: SeedPlan): Promise<SeededBox> {
	const onBrokenDisk = (error: Error) => {
		throw error;
	};
	const box = await openBox({ dataDir, demo: false, clock: systemClock, onBrokenDisk });
	const log = makeLog("error");
	const services = await compose({
		...{ box, clock: systemClock, log, demo: false },
		...{ version: "test", announce() {} },
	});
	try {
		await box.store.commit((tx) => insertAccount(tx, OWNER));
		must(await services.site.save({ name: "Test shop", zone: "Asia/Shanghai", lang: "en" }, BOX));
		await services.site.saveFace({ on: true, preset: "CN" }, BOX);
		await staffShop({ ...services, pins: undefined, cards: services }, "en", BOX);
		const shopCards = PEOPLE.filter((one) => one.card && !one.leftOn).map((one) => one.card!);
		const extraCards = await Promise.all(Array.from({ length: extras }, (_, i) => hire(services, i)));
		const paired = [];
		for (let i = 0; i < kiosks; i++) paired.push(await pair(services, `Door ${i + 1}`));
		return { kiosks: paired, cards: [...shopCards, ...extraCards] };
	} finally {
		services.clockWatch.stop();
		services.engine.stop();
		await box.store.settled();
		box.close();
		// Bun lets go of a database with its last statement: collected later, it would carry the next box's -wal home.
		Bun.gc(true);
	}
}

async function hire({ employees, cards }: Services, index: number): Promise<string> {
	const number = `X${String(index).padStart(5, "0")}`;
	const plain = { number, name: `Extra ${index}`, joinedOn: "2020-01-01" };
	const { id } = must(await employees.create({ ...plain, departmentId: null, shiftId: null }, BOX));
	const text = `77${String(index).padStart(8, "0")}`;
	must(await cards.add({ employeeId: id, text, maySee: () => true }, BOX));
	return text;
}

/** A kiosk, paired and approved. */
export async function pair({ kiosks }: Services, name: string): Promise<SeededKiosk> {
	const key = makeKioskKey();
	const { code } = must(await kiosks.makeCode({ name, place: "entrance", direction: "auto" }, BOX));
	const request = { code, publicKey: key.publicKey, label: "test kiosk" };
	const { kioskId } = must(await kiosks.pair(request, "127.0.0.1"));
	must(await kiosks.approve(kioskId, BOX));
	return { id: kioskId, key };
}

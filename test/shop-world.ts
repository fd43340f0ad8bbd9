/** A fresh in-memory box with the shop in it, for tests of services: real store, vault and sealing; only the clock is held. */
import { openStore, type Store } from "../db/store.ts";
import type { Clock } from "../server/base/units.ts";
import { ZONE } from "../server/demo/shop.ts";
import { type StaffedShop, staffShop } from "../server/demo/staff-shop.ts";
import type { By } from "../server/services/author.ts";
import { type CardLearning, makeCardLearning } from "../server/services/card-learning.ts";
import { type Cards, makeCards } from "../server/services/cards.ts";
import { type Departments, makeDepartments } from "../server/services/departments.ts";
import { type Employees, makeEmployees } from "../server/services/employees.ts";
import { type DomainBus, makeDomainBus } from "../server/services/events.ts";
import { makeHashing } from "../server/services/hashing.ts";
import { makePins, type Pins } from "../server/services/pins.ts";
import { makeShifts, type Shifts } from "../server/services/shifts.ts";
import { makeVault, type Vault } from "../server/vault/vault.ts";

export interface HeldClock extends Clock {
	/** Moves both clocks on. */
	pass(ms: number): void;
	/** Sets the wall clock. */
	set(isoTime: string): void;
	/** Moves the wall clock alone. */
	jump(ms: number): void;
}

export interface World {
	readonly store: Store;
	readonly clock: HeldClock;
	readonly vault: Vault;
	readonly bus: DomainBus;
	readonly by: By;
	readonly zone: () => string;
	readonly employees: Employees;
	readonly departments: Departments;
	readonly shifts: Shifts;
	readonly cards: Cards;
	readonly pins: Pins;
	readonly learning: CardLearning;
	/** Staffed without PINs: set the ones a test types. */
	readonly shop: StaffedShop;
}

/** A Monday morning in the shop. */
export const NOW = "2026-03-02T08:00:00+08:00";

export function heldClock(isoTime = NOW): HeldClock {
	let now = Date.parse(isoTime);
	let mono = 1_000;
	return {
		nowMs: () => now,
		monoMs: () => mono,
		pass(ms) {
			now += ms;
			mono += ms;
		},
		set(iso) {
			now = Date.parse(iso);
		},
		jump(ms) {
			now += ms;
		},
	};
}

function memoryVault(): Vault {
	const keys = new Map<string, Uint8Array>();
	return makeVault(new Uint8Array(32).fill(7), {
		read: (id) => keys.get(id),
		write: (id, wrapped) => void keys.set(id, wrapped),
		destroy: (id) => void keys.delete(id),
	});
}

export async function shopWorld(lang: "zh" | "en" = "en"): Promise<World> {
	const store = openStore({ path: ":memory:" });
	const clock = heldClock();
	const bus = makeDomainBus((error) => {
		throw error;
	});
	const vault = memoryVault();
	const zone = () => ZONE;
	const deps = { store, clock, bus, vault, zone };
	const cards = makeCards(deps);
	const services = {
		employees: makeEmployees(deps),
		departments: makeDepartments(deps),
		shifts: makeShifts(deps),
	};
	const by: By = { actor: { kind: "account", id: "boss" }, address: "192.168.1.9" };
	return {
		...deps,
		...services,
		by,
		cards,
		pins: makePins({ ...deps, hashing: makeHashing() }),
		learning: makeCardLearning({ ...deps, cards }),
		shop: await staffShop({ ...services, cards: deps }, lang, by),
	};
}

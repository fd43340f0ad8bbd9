/** Puts the shop's people into a store through the real services: every row sealed, cards and PINs working. */

import { must } from "../base/result.ts";
import type { By } from "../services/author.ts";
import type { CardsDeps } from "../services/cards.ts";
import { addCard } from "../services/cards.ts";
import type { Departments } from "../services/departments.ts";
import type { Employees } from "../services/employees.ts";
import type { Pins } from "../services/pins.ts";
import type { Shifts } from "../services/shifts.ts";
import { DEPARTMENTS, PEOPLE, SHIFTS } from "./shop.ts";

export interface ShopServices {
	readonly employees: Employees;
	readonly departments: Departments;
	readonly shifts: Shifts;
	/** Leave out to skip the slow hashing when no test types a PIN. */
	readonly pins?: Pins;
	readonly cards: CardsDeps;
}

/** Ids by key of what was made. */
export interface StaffedShop {
	readonly people: ReadonlyMap<string, string>;
	readonly departments: ReadonlyMap<string, string>;
	readonly shifts: ReadonlyMap<string, string>;
}

export async function staffShop(services: ShopServices, lang: "zh" | "en", by: By): Promise<StaffedShop> {
	const shifts = new Map<string, string>();
	for (const { key, zh: _zh, en: _en, ...shift } of SHIFTS) {
		const name = SHIFTS.find((one) => one.key === key)![lang];
		const input = { ...shift, name, endMin: shift.endMin % 1440 };
		shifts.set(key, must(await services.shifts.create(input, by)).id);
	}
	must(await services.shifts.setDefault(shifts.get("day")!, by));
	const departments = new Map<string, string>();
	for (const { key, parent, shift, ...names } of DEPARTMENTS) {
		const input = {
			name: names[lang],
			parentId: parent && departments.get(parent)!,
			shiftId: shift && shifts.get(shift)!,
		};
		departments.set(key, must(await services.departments.create(input, by)).id);
	}
	const people = await hire(services, departments, shifts, by);
	return { people, departments, shifts };
}

async function hire(
	{ employees, cards, pins }: ShopServices,
	departments: ReadonlyMap<string, string>,
	shifts: ReadonlyMap<string, string>,
	by: By,
): Promise<Map<string, string>> {
	const people = new Map<string, string>();
	for (const one of PEOPLE) {
		const { number, name, joinedOn } = one;
		const departmentId = departments.get(one.department)!;
		const shiftId = one.shift && shifts.get(one.shift)!;
		const { id } = must(await employees.create({ number, name, joinedOn, departmentId, shiftId }, by));
		people.set(one.key, id);
		const card = { employeeId: id, text: one.card ?? "", maySee: () => true };
		if (one.card) must(await cards.store.commit((tx) => addCard(tx, cards, card, by)));
		if (one.pin && pins) must(await pins.set(id, one.pin, by));
		if (one.leftOn) must(await employees.leave(id, one.leftOn, by));
	}
	return people;
}

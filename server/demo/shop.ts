/**
 * The one shop of memorable people: a dumpling house with four shifts, six departments and thirty people, as data alone.
 * Shared by tests, the demo and browser tests; names live in `assets/demo/shop.json`.
 */
import shop from "../../assets/demo/shop.json" with { type: "json" };

export interface ShopShift {
	readonly key: string;
	readonly zh: string;
	readonly en: string;
	readonly startMin: number;
	readonly endMin: number;
	readonly graceInMin: number;
	readonly graceOutMin: number;
	readonly breakMin: number;
	readonly weekdays: number;
}

export interface ShopDepartment {
	readonly key: string;
	readonly zh: string;
	readonly en: string;
	/** Key of the department above. */
	readonly parent: string | null;
	/** Key of the shift its people take. */
	readonly shift: string | null;
}

export interface ShopPerson {
	/** How tests call them, as `lin-wanqing`. */
	readonly key: string;
	readonly number: string;
	readonly name: string;
	readonly department: string;
	/** Key of an own shift. */
	readonly shift: string | null;
	readonly joinedOn: string;
	/** One of them has left. */
	readonly leftOn: string | null;
	/** What a reader types for their card; some have none. */
	readonly card: string | null;
	readonly pin: string | null;
}

export const SITE: { readonly zh: string; readonly en: string } = shop.site;
export const ZONE: string = shop.zone;
/** Day, early, late, and night past midnight. Parents come before children. */
export const SHIFTS: readonly ShopShift[] = shop.shifts;
export const DEPARTMENTS: readonly ShopDepartment[] = shop.departments;
export const PEOPLE: readonly ShopPerson[] = shop.people;

/** One of them by key; throws for a key nobody has. */
export function person(key: string): ShopPerson {
	const found = PEOPLE.find((one) => one.key === key);
	if (!found) throw new Error(`nobody in the shop is called ${key}`);
	return found;
}

/** What each door saw on each day, as counts and sums about nobody in particular. Added to by `services/door-days.ts` alone. */
import { and, asc, eq, gte, sql } from "drizzle-orm";
import { doorDay } from "./schema/punch.ts";
import type { Db, Tx } from "./store.ts";

export type DoorDayRow = typeof doorDay.$inferSelect;
/** The figures of a row, all of them sums. */
export type DoorDayFigures = Omit<DoorDayRow, "kioskId" | "day">;

export const NO_FIGURES: DoorDayFigures = {
	...{ sure: 0, marginal: 0, ambiguous: 0, unknown: 0 },
	...{ faces: 0, luma: 0, clipped: 0, sideLight: 0, sharpness: 0 },
	...{ looks: 0, dark: 0, bright: 0, glare: 0, sideLit: 0, blurry: 0, far: 0 },
};

/** Adds to the day's row, which need not exist yet. */
export function addToDoorDay(tx: Tx, { kioskId, day, ...figures }: DoorDayRow): void {
	const names = Object.keys(NO_FIGURES) as (keyof DoorDayFigures)[];
	const set = Object.fromEntries(names.map((name) => [name, sql`${doorDay[name]} + ${figures[name]}`]));
	tx.orm
		.insert(doorDay)
		.values({ kioskId, day, ...figures })
		.onConflictDoUpdate({ target: [doorDay.kioskId, doorDay.day], set })
		.run();
}

/** Days from `from` on, oldest first; of one door or of all. */
export const doorDaysSince = (db: Db, from: string, kioskId?: string): DoorDayRow[] =>
	db.orm
		.select()
		.from(doorDay)
		.where(and(gte(doorDay.day, from), kioskId ? eq(doorDay.kioskId, kioskId) : undefined))
		.orderBy(asc(doorDay.day), asc(doorDay.kioskId))
		.all();

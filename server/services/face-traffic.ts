/** Sums of a month at the doors: how many searches a year that makes, and for whom the face often does not do. Pure. */
import type { DoorDayRow } from "../../db/door-day.ts";
import type { FaceHabit } from "../../db/face-habits.ts";
import type { DateText } from "../base/units.ts";
import type { CalibrationFigures } from "../recognition/calibration-figures.ts";
import type { Traffic } from "../recognition/wrong-names.ts";

export interface HabitSums {
	/** Days from the first punch with a face to the last day of the window. */
	readonly days: number;
	readonly people: ReadonlyMap<string, FaceHabit>;
}

/** A person to think about. */
export interface Strained {
	readonly id: string;
	/** Punches with a face in the window, and those where card or PIN had to help. */
	readonly punches: number;
	readonly helped: number;
	/** The door would not take the person's own enrolment photos for them. */
	readonly photosDiffer: boolean;
}

const DAYS_A_YEAR = 365;
/** Somebody who needed help this often, and in at least this share of the punches, is worth new photos. */
const HELPED_OFTEN = 3;
const HELPED_SHARE = 0.2;
/** Fewer than half of the own photos recognised. */
const PHOTOS_SHARE = 0.5;
const MOST_STRAINED = 12;

/** Adds up days that follow each other. */
export function habitsOver(
	days: readonly { readonly day: DateText; readonly habits: readonly FaceHabit[] }[],
): HabitSums {
	const people = new Map<string, FaceHabit>();
	const first = days.findIndex(({ habits }) => habits.length > 0);
	for (const { habits } of days)
		for (const habit of habits) people.set(habit.employeeId, added(people.get(habit.employeeId), habit));
	return { days: first < 0 ? 0 : days.length - first, people };
}

const added = (sum: FaceHabit | undefined, more: FaceHabit): FaceHabit =>
	sum
		? {
				employeeId: more.employeeId,
				byFace: sum.byFace + more.byFace,
				narrowly: sum.narrowly + more.narrowly,
				helped: sum.helped + more.helped,
				doubted: sum.doubted + more.doubted,
			}
		: more;

/** A year at the pace of the window. Strangers are the searches that the doors could give no name. */
export function trafficOf(
	{ days, people }: HabitSums,
	doors: readonly DoorDayRow[],
): Traffic & { days: number; facePunches: number } {
	const perYear = DAYS_A_YEAR / Math.max(1, days);
	let [facePunches, searches, strangers] = [0, 0, 0];
	for (const { byFace, helped } of people.values()) {
		facePunches += byFace;
		searches += byFace + helped;
	}
	for (const { unknown } of doors) strangers += unknown;
	return { staffSearches: searches * perYear, strangerSearches: strangers * perYear, days, facePunches };
}

/** The people for whom new photos, or a card, would be a relief; worst first. */
export function strainedOf(people: HabitSums["people"], { struggling }: CalibrationFigures): Strained[] {
	const differing = new Set(
		struggling.filter(({ tries, passed }) => passed < PHOTOS_SHARE * tries).map(({ id }) => id),
	);
	const often = [...people.values()].filter(
		({ byFace, helped }) => helped >= HELPED_OFTEN && helped >= HELPED_SHARE * (byFace + helped),
	);
	const ids = new Set([...often.map(({ employeeId }) => employeeId), ...differing]);
	return [...ids]
		.map((id): Strained => {
			const { byFace = 0, helped = 0 } = people.get(id) ?? {};
			return { id, punches: byFace + helped, helped, photosDiffer: differing.has(id) };
		})
		.sort((a, b) => b.helped - a.helped || Number(b.photosDiffer) - Number(a.photosDiffer))
		.slice(0, MOST_STRAINED);
}

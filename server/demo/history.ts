/** A believable month of punches for the demo shop: mostly on time, some late, a few forgotten. Drawn from a seed, so each demo tells the same story. */
import type { PunchMethodName } from "../../db/punch.ts";
import { type DateText, instantOf, MINUTE_MS } from "../base/units.ts";

export interface HistoryPerson {
	readonly employeeId: string;
	readonly joinedOn: DateText;
	readonly leftOn: DateText | null;
	readonly shift: { readonly startMin: number; readonly endMin: number; readonly weekdays: number } | null;
}

export interface PastPunch {
	readonly employeeId: string;
	readonly atMs: number;
	readonly direction: "in" | "out";
	readonly method: PunchMethodName;
}

/** Shares of working days, from what a busy shop looks like. */
const ABSENT = 0.03;
const FORGOT_OUT = 0.03;
const LATE = 0.08;
const LEFT_EARLY = 0.04;
const METHODS: readonly PunchMethodName[] = ["face", "face", "face", "face", "face", "card", "card", "pin"];

/** A repeatable source of numbers in 0…1 (mulberry32). */
export function makeDice(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Punches of `days` days up to `untilMs`, in order of time. */
export function pastPunches(
	people: readonly HistoryPerson[],
	untilMs: number,
	days: number,
	zone: string,
): PastPunch[] {
	const dice = makeDice(20_261_101);
	const today = Temporal.Instant.fromEpochMilliseconds(untilMs).toZonedDateTimeISO(zone).toPlainDate();
	const punches: PastPunch[] = [];
	for (let back = days; back >= 0; back--) {
		const date = today.subtract({ days: back });
		for (const person of people) punches.push(...dayOfPerson(person, date, zone, dice));
	}
	return punches.filter((punch) => punch.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
}

function dayOfPerson(
	person: HistoryPerson,
	date: Temporal.PlainDate,
	zone: string,
	dice: () => number,
): PastPunch[] {
	const { shift, employeeId } = person;
	const text = date.toString();
	const isOff = !shift || (shift.weekdays & (1 << (date.dayOfWeek - 1))) === 0;
	const isGone = text < person.joinedOn || (person.leftOn !== null && text > person.leftOn);
	const absent = dice() < ABSENT;
	if (isOff || isGone || absent) return [];
	const inMin = shift.startMin + (dice() < LATE ? 6 + Math.floor(dice() * 35) : -Math.floor(dice() * 18));
	const outMin =
		shift.endMin + (dice() < LEFT_EARLY ? -10 - Math.floor(dice() * 40) : Math.floor(dice() * 25));
	const at = (minute: number) => instantOf(text, minute, zone) + Math.floor(dice() * MINUTE_MS);
	const method = () => METHODS[Math.floor(dice() * METHODS.length)]!;
	const came: PastPunch = { employeeId, atMs: at(inMin), direction: "in", method: method() };
	if (dice() < FORGOT_OUT) return [came];
	return [came, { employeeId, atMs: at(outMin), direction: "out", method: method() }];
}

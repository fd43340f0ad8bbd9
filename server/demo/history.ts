/**
 * A believable month of punches for the demo shop: mostly on time, some late, a few forgotten. Drawn from a seed, so each
 * demo tells the same story; the work date under way is played by the cast instead, so that it never depends on the dice.
 */
import type { PunchMethodName } from "../../db/punch.ts";
import { type FixedShift, workDateOf, worksOn } from "../attendance/fixed-shift.ts";
import { type DateText, instantOf, localDate, MINUTE_MS } from "../base/units.ts";
import { castRoles, type DemoRole } from "./cast.ts";

export interface HistoryPerson {
	readonly employeeId: string;
	readonly joinedOn: DateText;
	readonly leftOn: DateText | null;
	readonly shift: FixedShift | null;
}

export interface PastPunch {
	readonly employeeId: string;
	readonly atMs: number;
	readonly direction: "in" | "out";
	readonly method: PunchMethodName;
	readonly doubts: readonly string[];
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

/** When somebody came and left, in minutes of the work date; no `outMin` for those who forgot. */
interface Visit {
	readonly inMin: number;
	readonly outMin?: number;
	readonly doubts?: readonly string[];
}

/** Punches of `days` days up to `untilMs`, in order of time. */
export function pastPunches(
	people: readonly HistoryPerson[],
	untilMs: number,
	days: number,
	zone: string,
): PastPunch[] {
	const dice = makeDice(20_261_101);
	const roles = castRoles(people);
	const today = Temporal.PlainDate.from(localDate(untilMs, zone));
	const punches: PastPunch[] = [];
	for (let back = days; back >= 0; back--) {
		const date = today.subtract({ days: back }).toString();
		for (const person of people) {
			const { shift } = person;
			if (!shift || !worksOn(shift, date) || !isOnStaff(person, date)) continue;
			const role = roles.get(person.employeeId) ?? "usual";
			const awayDays = daysBetween(date, workDateOf(untilMs, shift, zone));
			const visit = awayDays === 0 ? playedVisit(shift, role, dice) : rolledVisit(shift, dice);
			if (visit) punches.push(...punchesOf(person, date, forgets(role, awayDays, visit), zone, dice));
		}
	}
	return punches.filter((punch) => punch.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
}

const isOnStaff = ({ joinedOn, leftOn }: HistoryPerson, date: DateText): boolean =>
	date >= joinedOn && (leftOn === null || date <= leftOn);

const daysBetween = (from: DateText, to: DateText): number =>
	Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

const forgets = (role: DemoRole, awayDays: number, visit: Visit): Visit =>
	role === "forgetful" && awayDays === 1 ? { ...visit, outMin: undefined } : visit;

/** A day gone by, as the dice fall; undefined for an absence. */
function rolledVisit({ startMin, endMin }: FixedShift, dice: () => number): Visit | undefined {
	if (dice() < ABSENT) return undefined;
	const inMin = startMin + (dice() < LATE ? 6 + Math.floor(dice() * 35) : -Math.floor(dice() * 18));
	const outMin = endMin + (dice() < LEFT_EARLY ? -10 - Math.floor(dice() * 40) : Math.floor(dice() * 25));
	return dice() < FORGOT_OUT ? { inMin } : { inMin, outMin };
}

/** The day under way. Everybody who comes on time is there when the shift begins. */
function playedVisit(
	{ startMin, endMin, graceInMin }: FixedShift,
	role: DemoRole,
	dice: () => number,
): Visit | undefined {
	const outMin = endMin + 1 + Math.floor(dice() * 24);
	if (role === "missing") return undefined;
	if (role === "late") return { inMin: startMin + graceInMin + 3 + Math.floor(dice() * 9), outMin };
	const inMin = startMin - 1 - Math.floor(dice() * 17);
	return role === "doubtful" ? { inMin, outMin, doubts: ["face_doubtful"] } : { inMin, outMin };
}

function punchesOf(
	{ employeeId }: HistoryPerson,
	date: DateText,
	{ inMin, outMin, doubts = [] }: Visit,
	zone: string,
	dice: () => number,
): PastPunch[] {
	const at = (minute: number) => instantOf(date, minute, zone) + Math.floor(dice() * MINUTE_MS);
	const method = () => (doubts.length > 0 ? "face" : METHODS[Math.floor(dice() * METHODS.length)]!);
	const came: PastPunch = { employeeId, atMs: at(inMin), direction: "in", method: method(), doubts };
	if (outMin === undefined) return [came];
	return [came, { ...came, atMs: at(outMin), direction: "out", method: method(), doubts: [] }];
}

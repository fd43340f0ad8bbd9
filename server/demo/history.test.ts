import { describe, expect, test } from "bun:test";
import { evaluateFixedDay, workDateOf } from "../attendance/fixed-shift.ts";
import { HOUR_MS, MINUTE_MS } from "../base/units.ts";
import { openAround } from "./cast.ts";
import { type HistoryPerson, pastPunches } from "./history.ts";
import { DEPARTMENTS, PEOPLE, SHIFTS, ZONE } from "./shop.ts";

const departmentOf = (key: string) => DEPARTMENTS.find((one) => one.key === key)!;
const shiftKeyOf = (department: string): string =>
	departmentOf(department).shift ?? shiftKeyOf(departmentOf(department).parent!);

/** The shop as a demo opens it on that day of the week. */
const peopleOn = (dayOfWeek: number): HistoryPerson[] =>
	PEOPLE.map(({ key, joinedOn, leftOn, shift, department }) => {
		const found = SHIFTS.find((one) => one.key === (shift ?? shiftKeyOf(department)))!;
		const weekdays = openAround(found.weekdays, dayOfWeek);
		return { employeeId: key, joinedOn, leftOn, shift: { ...found, id: found.key, weekdays } };
	});

/** Monday 2026-11-02 and the six days after it. */
const WEEK = [1, 2, 3, 4, 5, 6, 7].map(
	(day) => [day, Date.parse(`2026-11-0${day + 1}T00:00:00+08:00`)] as const,
);

function standing(nowMs: number, people: readonly HistoryPerson[]) {
	const punches = pastPunches(people, nowMs, 2, ZONE);
	const days = people
		.filter(({ leftOn }) => leftOn === null)
		.map(({ employeeId, shift }) => {
			const date = workDateOf(nowMs, shift, ZONE);
			const own = punches.filter(
				(one) => one.employeeId === employeeId && workDateOf(one.atMs, shift, ZONE) === date,
			);
			const dueMs = Temporal.PlainDate.from(date).toZonedDateTime(ZONE).epochMilliseconds;
			const isDue = nowMs > dueMs + (shift!.startMin + shift!.graceInMin) * MINUTE_MS;
			return { day: evaluateFixedDay(own, shift, date, ZONE), own, isDue };
		});
	return {
		in: days.filter(({ day }) => day?.lastDirection === "in").length,
		late: days.filter(({ day }) => day && day.lateMin > 0).length,
		missing: days.filter(({ day, isDue }) => !day && isDue).length,
		doubtful: days.filter(({ own }) => own.some(({ doubts }) => doubts.length > 0)).length,
	};
}

describe.each(WEEK)("weekday %d", (dayOfWeek, midnightMs) => {
	const people = peopleOn(dayOfWeek);
	test.each(Array.from({ length: 48 }, (_, half) => half / 2))(
		"%d o'clock: somebody is in, late, missing, doubtful",
		(hour) => {
			const now = standing(midnightMs + hour * HOUR_MS + 7_000, people);
			expect(now.in).toBeGreaterThanOrEqual(3);
			for (const kind of ["late", "missing", "doubtful"] as const)
				expect([kind, now[kind] > 0]).toEqual([kind, true]);
		},
	);
});

test("the same moment tells the same story, and a month has its days off", () => {
	const now = WEEK[6]![1] + 11 * HOUR_MS;
	const people = peopleOn(7);
	const month = pastPunches(people, now, 31, ZONE);
	expect(month).toEqual(pastPunches(people, now, 31, ZONE));
	const dates = new Set(
		month
			.filter(({ employeeId }) => employeeId === "su-xiaoman")
			.map(({ atMs }) => Math.floor((atMs + 8 * HOUR_MS) / (24 * HOUR_MS))),
	);
	expect(dates.size).toBeGreaterThan(17);
	expect(dates.size).toBeLessThan(25);
});

test.each([
	[31, 3, 31],
	[31, 7, 0b1110011],
	[31, 5, 0b1111100],
	[127, 7, 127],
])("a shift of %d on weekday %d is opened as %d", (weekdays, day, opened) =>
	expect(openAround(weekdays, day)).toBe(opened),
);

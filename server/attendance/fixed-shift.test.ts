import { expect, test } from "bun:test";
import fc from "fast-check";
import { type DateText, instantOf } from "../base/units.ts";
import { type DayPunch, evaluateFixedDay, type FixedShift, workDateOf } from "./fixed-shift.ts";

const zone = "Asia/Shanghai";
const DAY: FixedShift = {
	id: "day",
	startMin: 540,
	endMin: 1080,
	graceInMin: 5,
	graceOutMin: 5,
	breakMin: 60,
	weekdays: 0b0011111,
};
const NIGHT: FixedShift = {
	...DAY,
	id: "night",
	startMin: 1320,
	endMin: 1800,
	breakMin: 0,
	weekdays: 0b1111111,
};

/** "08:55" or "11-03 06:04" in November 2026 → instant. */
function at(text: string, date: DateText): number {
	const [day, time] = text.includes(" ") ? [`2026-${text.split(" ")[0]}`, text.split(" ")[1]!] : [date, text];
	const [h, m, s] = time.split(":").map(Number);
	return instantOf(day, h! * 60 + m!, zone) + (s ?? 0) * 1000;
}
const punches = (texts: readonly string[], date: DateText): DayPunch[] =>
	texts.map((text, i) => ({ atMs: at(text, date), direction: i % 2 === 0 ? "in" : "out" }));

const cases: [string, FixedShift | null, string, string[], object | null][] = [
	[
		"A1 on time",
		DAY,
		"2026-11-02",
		["08:55", "18:02"],
		{ status: "normal", workedMin: 480, lateMin: 0, earlyMin: 0 },
	],
	[
		"A2 grace is inclusive",
		DAY,
		"2026-11-02",
		["09:05:00", "18:00"],
		{ status: "normal", workedMin: 480, lateMin: 0 },
	],
	[
		"A3 beyond grace",
		DAY,
		"2026-11-02",
		["09:05:01", "18:00"],
		{ status: "late", lateMin: 5, workedMin: 474 },
	],
	["A5 early", DAY, "2026-11-02", ["09:00", "17:40"], { status: "early", earlyMin: 20, workedMin: 460 }],
	[
		"A10 open",
		DAY,
		"2026-11-02",
		["08:58"],
		{ status: "open", workedMin: null, lateMin: 0, lastOutMs: null },
	],
	[
		"A12 repeats are one",
		DAY,
		"2026-11-02",
		["08:58:10", "08:58:14"],
		{ status: "open", lastDirection: "in" },
	],
	["B1 night", NIGHT, "2026-11-02", ["21:52", "11-03 06:04"], { status: "normal", workedMin: 480 }],
	["B2 night, late", NIGHT, "2026-11-02", ["11-03 00:30", "11-03 06:00"], { lateMin: 150, workedMin: 330 }],
	["no shift", null, "2026-11-02", ["10:00", "12:30"], { status: "no_shift", workedMin: 150 }],
	["a rest day has no late", DAY, "2026-11-07", ["10:00", "12:30"], { status: "no_shift", lateMin: 0 }],
	["nothing", DAY, "2026-11-02", [], null],
];
test.each(cases)("%s", (_name, shift, date, texts, expected) => {
	const result = evaluateFixedDay(punches(texts, date), shift, date, zone);
	if (expected === null) expect(result).toBeNull();
	else expect(result).toMatchObject(expected);
});

const dates: [string, FixedShift | null, string, string][] = [
	["21:52 before a night shift", NIGHT, "11-02 21:52", "2026-11-02"],
	["06:04 after it", NIGHT, "11-03 06:04", "2026-11-02"],
	["00:30 inside it", NIGHT, "11-03 00:30", "2026-11-02"],
	["08:55 of a day shift", DAY, "11-02 08:55", "2026-11-02"],
	["00:10 without a shift", null, "11-03 00:10", "2026-11-03"],
];
test.each(dates)("work date: %s", (_name, shift, text, date) => {
	expect(workDateOf(at(text, ""), shift, zone)).toBe(date);
});

test("the order in which punches arrive changes nothing", () => {
	const minute = fc.integer({ min: 400, max: 1300 });
	fc.assert(
		fc.property(fc.uniqueArray(minute, { minLength: 1, maxLength: 8 }), fc.nat(), (minutes, seed) => {
			const date = "2026-11-02";
			const day = minutes
				.sort((a, b) => a - b)
				.map((m, i) => ({
					atMs: instantOf(date, m, zone),
					direction: i % 2 === 0 ? ("in" as const) : ("out" as const),
				}));
			const shuffled = [...day].sort((a, b) => ((a.atMs * (seed + 7)) % 101) - ((b.atMs * (seed + 7)) % 101));
			expect(evaluateFixedDay(shuffled, DAY, date, zone)).toEqual(evaluateFixedDay(day, DAY, date, zone));
			const result = evaluateFixedDay(day, DAY, date, zone)!;
			const last = result.lastOutMs ?? result.firstInMs;
			expect(result.workedMin ?? 0).toBeLessThanOrEqual((last - result.firstInMs) / 60_000);
		}),
	);
});

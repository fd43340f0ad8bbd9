import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { traceDay } from "./day-trace.ts";
import { type DayPunch, evaluateFixedDay, type FixedShift } from "./fixed-shift.ts";

const DATE = "2026-03-02";
const ZONE = "Asia/Shanghai";
const DAY: FixedShift = {
	id: "day",
	startMin: 540,
	endMin: 1080,
	graceInMin: 5,
	graceOutMin: 5,
	breakMin: 60,
	weekdays: 31,
};
const at = (time: string): number => Date.parse(`${DATE}T${time}+08:00`);
const inAt = (time: string): DayPunch => ({ atMs: at(time), direction: "in" });
const outAt = (time: string): DayPunch => ({ atMs: at(time), direction: "out" });
const codes = (punches: DayPunch[], shift: FixedShift | null = DAY, notCounted = 0) =>
	traceDay(punches, notCounted, shift, DATE, ZONE).map((step) => step.code);

test("a full day tells shift, in, out and the break", () => {
	const steps = traceDay([inAt("08:58:00"), outAt("18:03:00")], 0, DAY, DATE, ZONE);
	expect(steps.map((step) => step.code)).toEqual([
		"shift",
		"first_in",
		"on_time",
		"last_out",
		"full_day",
		"worked",
	]);
	expect(steps.at(-1)).toEqual({
		code: "worked",
		fromMs: at("09:00:00"),
		toMs: at("18:00:00"),
		presentMin: 540,
		breakMin: 60,
		workedMin: 480,
	});
});

test("late and early carry their minutes and the grace", () => {
	const steps = traceDay([inAt("09:12:30"), outAt("17:30:00")], 0, DAY, DATE, ZONE);
	expect(steps).toContainEqual({ code: "late", minutes: 12, graceMin: 5 });
	expect(steps).toContainEqual({ code: "early", minutes: 30, graceMin: 5 });
});

test("what does not count is told, and so is a day without anything", () => {
	expect(codes([inAt("09:00:00"), inAt("09:00:30")], DAY, 1)).toEqual([
		"shift",
		"not_counted",
		"repeats",
		"first_in",
		"on_time",
		"still_open",
	]);
	expect(codes([])).toEqual(["shift", "no_punch"]);
	expect(codes([], null)).toEqual(["no_shift", "no_punch"]);
	expect(codes([inAt("10:00:00")], { ...DAY, weekdays: 96 })).toEqual(["rest_day", "first_in", "still_open"]);
});

test("the worked minutes told are always those of the evaluation", () => {
	const punch = fc.record({ minute: fc.integer({ min: 0, max: 1439 }), out: fc.boolean() });
	fc.assert(
		fc.property(fc.array(punch, { maxLength: 6 }), fc.boolean(), (list, withShift) => {
			const shift = withShift ? DAY : null;
			const punches = list.map(({ minute, out }) => ({
				atMs: at("00:00:00") + minute * 60_000,
				direction: out ? ("out" as const) : ("in" as const),
			}));
			const day = evaluateFixedDay(punches, shift, DATE, ZONE);
			const worked = traceDay(punches, 0, shift, DATE, ZONE).find((step) => step.code === "worked");
			expect(worked?.workedMin ?? null).toBe(day?.workedMin ?? null);
			if (worked) expect(worked.breakMin).toBeGreaterThanOrEqual(0);
		}),
	);
});

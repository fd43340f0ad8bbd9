import { expect, test } from "bun:test";
import { type DoorDayFigures, type DoorDayRow, NO_FIGURES } from "../../db/door-day.ts";
import { type DoorAdvice, doorHealth } from "./door-health.ts";

const WEEK = "2026-11-08";
/** A day with 30 good faces and 300 looks, unless said otherwise; light and sharpness as means. */
function row(day: string, more: Partial<DoorDayFigures> = {}): DoorDayRow {
	const f = { faces: 30, looks: 300, luma: 110, clipped: 0.01, sideLight: 0.1, sharpness: 300, ...more };
	const sums = { luma: f.luma * f.faces, clipped: f.clipped * f.faces };
	const more_ = { sideLight: f.sideLight * f.faces, sharpness: f.sharpness * f.faces };
	return { kioskId: "k", day, ...NO_FIGURES, ...f, ...sums, ...more_ };
}

test.each<[string, Partial<DoorDayFigures>, DoorAdvice[]]>([
	["all is well", {}, []],
	["faces near the dark gate", { luma: 59 }, ["dark"]],
	["faces just light enough", { luma: 60 }, []],
	["one look in five too dark", { dark: 60 }, ["dark"]],
	["fewer", { dark: 59 }, []],
	["near the bright gate", { luma: 176 }, ["bright"]],
	["often too bright", { bright: 60 }, ["bright"]],
	["burnt-out spots", { clipped: 0.051 }, ["glare"]],
	["glare in one look of ten", { glare: 30 }, ["glare"]],
	["light from one side", { sideLight: 0.31 }, ["side_light"]],
	["soft pictures", { sharpness: 84 }, ["blurry"]],
	["people far away", { far: 150 }, ["far"]],
	["several at once", { luma: 40, clipped: 0.2 }, ["dark", "glare"]],
])("%s: %p", (_, more, advice) => {
	expect(doorHealth("k", [row(WEEK, more)], WEEK).advice).toEqual(advice);
});

test("a lens that lost a third of its sharpness is dirty, not shaky", () => {
	const before = row("2026-11-01", { sharpness: 200 });
	expect(doorHealth("k", [before, row(WEEK, { sharpness: 80 })], WEEK).advice).toEqual(["dirty"]);
	expect(doorHealth("k", [before, row(WEEK, { sharpness: 140 })], WEEK).advice).toEqual([]);
});

test("too few faces and looks: nothing is said, and a few faces are no trend of looks", () => {
	expect(doorHealth("k", [row(WEEK, { faces: 19, looks: 199, luma: 10 })], WEEK).advice).toBeUndefined();
	expect(doorHealth("k", [row(WEEK, { faces: 19, looks: 200, luma: 10 })], WEEK).advice).toEqual([]);
	expect(doorHealth("k", [], WEEK).advice).toBeUndefined();
});

test("days before the week make the trend, not the advice", () => {
	const health = doorHealth("k", [row("2026-11-01", { luma: 20 }), row(WEEK)], WEEK);
	expect(health.advice).toEqual([]);
	expect(health.trend).toEqual([
		{ day: "2026-11-01", luma: 20, sharpness: 300 },
		{ day: WEEK, luma: 110, sharpness: 300 },
	]);
});

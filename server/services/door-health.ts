/** What the light and sharpness of the faces say about a door's camera, in advice that somebody at the door can act on. Pure. */
import { type DoorDayFigures, type DoorDayRow, NO_FIGURES } from "../../db/door-day.ts";
import type { DateText } from "../base/units.ts";

export type DoorAdvice = "dark" | "bright" | "glare" | "side_light" | "blurry" | "dirty" | "far";

export interface DoorHealth {
	readonly kioskId: string;
	/** Faces measured and looks counted in the last week. */
	readonly faces: number;
	readonly looks: number;
	/** Empty when all is well; undefined while there is too little to go by. */
	readonly advice: readonly DoorAdvice[] | undefined;
	/** Means of a day, oldest first; for the picture. */
	readonly trend: readonly DoorPoint[];
}

export interface DoorPoint {
	readonly day: DateText;
	/** 0–255. */
	readonly luma: number;
	readonly sharpness: number;
}

const LEAST_FACES = 20;
/** Under half a minute with somebody in view. */
const LEAST_LOOKS = 200;
/** Share of looks in which the door had to ask: one in five is a queue in the making; glare hides features at once. */
const ASKED_SHARE = 0.2;
const GLARE_SHARE = 0.1;
const FAR_SHARE = 0.5;
/** Faces that pass the door's gates (45–185) but lie near them; the same figures as the limits of enrolment. */
const DARK_LUMA = 60;
const BRIGHT_LUMA = 175;
const CLIPPED = 0.05;
const SIDE_LIGHT = 0.3;
/** Blur of one pixel brings sharp faces (274–1993) to 62–183; at the door 60 is the gate. */
const BLURRED = 85;
/** A lens that lost a third of its sharpness against the weeks before has a thumb on it. */
const DIRTY_LOSS = 0.67;

/** Judges one door by its rows, oldest first; `weekFrom` begins the last seven days. */
export function doorHealth(kioskId: string, rows: readonly DoorDayRow[], weekFrom: DateText): DoorHealth {
	const week = sumOf(rows.filter((row) => row.day >= weekFrom));
	const before = sumOf(rows.filter((row) => row.day < weekFrom));
	const known = week.faces >= LEAST_FACES || week.looks >= LEAST_LOOKS;
	const trend = rows
		.filter((row) => row.faces > 0)
		.map(({ day, faces, luma, sharpness }) => ({ day, luma: luma / faces, sharpness: sharpness / faces }));
	return {
		kioskId,
		faces: week.faces,
		looks: week.looks,
		advice: known ? adviceOf(week, before) : undefined,
		trend,
	};
}

function sumOf(rows: readonly DoorDayRow[]): DoorDayFigures {
	const sum = { ...NO_FIGURES } as Record<keyof DoorDayFigures, number>;
	for (const row of rows)
		for (const name of Object.keys(sum) as (keyof DoorDayFigures)[]) sum[name] += row[name];
	return sum;
}

function adviceOf(week: DoorDayFigures, before: DoorDayFigures): DoorAdvice[] {
	const asked = (count: number) => (week.looks >= LEAST_LOOKS ? count / week.looks : 0);
	const mean = (name: "luma" | "clipped" | "sideLight" | "sharpness", of = week) =>
		of.faces >= LEAST_FACES ? of[name] / of.faces : undefined;
	const above = (value: number | undefined, limit: number) => value !== undefined && value > limit;
	const below = (value: number | undefined, limit: number) => value !== undefined && value < limit;
	const lost = below(mean("sharpness"), DIRTY_LOSS * (mean("sharpness", before) ?? 0));
	const found: Record<DoorAdvice, boolean> = {
		dark: asked(week.dark) >= ASKED_SHARE || below(mean("luma"), DARK_LUMA),
		bright: asked(week.bright) >= ASKED_SHARE || above(mean("luma"), BRIGHT_LUMA),
		glare: asked(week.glare) >= GLARE_SHARE || above(mean("clipped"), CLIPPED),
		side_light: asked(week.sideLit) >= ASKED_SHARE || above(mean("sideLight"), SIDE_LIGHT),
		dirty: lost,
		blurry: !lost && (asked(week.blurry) >= ASKED_SHARE || below(mean("sharpness"), BLURRED)),
		far: asked(week.far) >= FAR_SHARE,
	};
	return (Object.keys(found) as DoorAdvice[]).filter((one) => found[one]);
}

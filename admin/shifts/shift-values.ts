/** The fields of the shift form as text, and their way to the service. Pure. */
import type { Shift } from "../../db/shift.ts";
import { ok, type Result } from "../../server/base/result.ts";
import type { ShiftInput } from "../../server/services/shifts.ts";
import { minuteText } from "../../server/web/format.ts";
import {
	type FieldErrors,
	integer,
	parseForm,
	rawValue,
	rawValues,
	timeOfDay,
} from "../../server/web/forms.ts";

export interface ShiftValues {
	readonly name: string;
	/** `HH:MM` */
	readonly start: string;
	readonly end: string;
	readonly graceInMin: string;
	readonly graceOutMin: string;
	readonly breakMin: string;
	readonly weekdays: number;
}

/** What most shops start from: nine to six, an hour's break, five minutes' grace, Monday to Friday. */
export const BLANK_SHIFT: ShiftValues = {
	name: "",
	start: "09:00",
	end: "18:00",
	graceInMin: "5",
	graceOutMin: "0",
	breakMin: "60",
	weekdays: 0b0011111,
};

export const valuesOf = (shift: Shift): ShiftValues => ({
	name: shift.name,
	start: minuteText(shift.startMin),
	end: minuteText(shift.endMin),
	graceInMin: String(shift.graceInMin),
	graceOutMin: String(shift.graceOutMin),
	breakMin: String(shift.breakMin),
	weekdays: shift.weekdays,
});

const MINUTES = integer({ min: 0, max: 480 });
const FIELDS = {
	start: timeOfDay(),
	end: timeOfDay(),
	graceInMin: MINUTES,
	graceOutMin: MINUTES,
	breakMin: MINUTES,
};

/** The values to show again and, when they parse, the input of the service. */
export function readShiftForm(body: unknown): {
	values: ShiftValues;
	input: Result<ShiftInput, FieldErrors>;
} {
	const weekdays = rawValues(body, "weekdays")
		.filter((day) => /^[0-6]$/.test(day))
		.reduce((bits, day) => bits | (1 << Number(day)), 0);
	const values = {
		name: rawValue(body, "name"),
		start: rawValue(body, "start"),
		end: rawValue(body, "end"),
		graceInMin: rawValue(body, "graceInMin"),
		graceOutMin: rawValue(body, "graceOutMin"),
		breakMin: rawValue(body, "breakMin"),
		weekdays,
	};
	const form = parseForm(body, FIELDS);
	if (!form.ok) return { values, input: form };
	const { start, end, ...minutes } = form.value;
	return { values, input: ok({ ...minutes, name: values.name, weekdays, startMin: start, endMin: end }) };
}

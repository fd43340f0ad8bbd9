/** Fixed shifts: start, end (may pass midnight), grace, break, weekdays; and which one the site takes by default. */
import { writeSetting } from "../../db/setting.ts";
import {
	DEFAULT_SHIFT_SETTING,
	defaultShiftId,
	deleteShift,
	insertShift,
	isShiftInUse,
	type Shift,
	shiftById,
	shiftByName,
	updateShift,
} from "../../db/shift.ts";
import type { Db, Store, Tx } from "../../db/store.ts";
import { type AppError, conflict, invalid, notFound } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock, MinuteOfDay } from "../base/units.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { refuseWhileImporting } from "./people-import-lock.ts";
import { GROUP_NAME_MAX, parseName } from "./people-rules.ts";
import { sealEvent } from "./sealing.ts";

export interface ShiftsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
}

export interface ShiftInput {
	readonly name: string;
	/** 0–1439. */
	readonly startMin: MinuteOfDay;
	/** 0–1439; at or before the start it means the next day. */
	readonly endMin: MinuteOfDay;
	readonly graceInMin: number;
	readonly graceOutMin: number;
	readonly breakMin: number;
	/** Bit 0 = Monday … bit 6 = Sunday. */
	readonly weekdays: number;
}

export interface Shifts {
	create(input: ShiftInput, by: By): Promise<Result<Shift>>;
	/** Makes a shift that everybody takes who has no other: both or neither. */
	createDefault(input: ShiftInput, by: By): Promise<Result<Shift>>;
	change(id: string, input: ShiftInput, by: By): Promise<Result<Shift>>;
	/** Refused while a person, a department or the site's default uses it. */
	remove(id: string, by: By): Promise<Result<void>>;
	/** The shift of everybody who has none by person or department; null for none. Fails with `people.shift_gone`. */
	setDefault(id: string | null, by: By): Promise<Result<void>>;
}

/** A shorter shift, or one with less left after its break, is a slip of the hand. */
export const SHORTEST_MIN = 30;
const GRACE_MAX_MIN = 240;
const BREAK_MAX_MIN = 480;

type ShiftFields = Omit<Shift, "id" | "createdMs" | "changedMs">;

export function makeShifts({ store, clock, bus }: ShiftsDeps): Shifts {
	const run = async <T>(work: (tx: Tx, nowMs: number) => Result<T>): Promise<Result<T>> => {
		const nowMs = clock.nowMs();
		const result = await store.commit((tx) => work(tx, nowMs));
		if (result.ok) bus.emit("people", { employeeId: null });
		return result;
	};
	return {
		create: (input, by) => run((tx, nowMs) => create(tx, input, by, nowMs)),
		createDefault: (input, by) =>
			run((tx, nowMs) => {
				const made = create(tx, input, by, nowMs);
				if (made.ok) writeDefault(tx, made.value.id, by, nowMs);
				return made;
			}),
		change: (id, input, by) =>
			run((tx, nowMs) => {
				const before = shiftById(tx, id);
				if (!before) return fail(notFound("shifts.not_found"));
				const fields = parse(tx, input, id);
				if (!fields.ok) return fields;
				const row = { ...before, ...fields.value, changedMs: nowMs };
				updateShift(tx, row);
				seal(tx, "shifts.change", id, { ...fields.value }, by, nowMs);
				return ok(row);
			}),
		remove: (id, by) =>
			run((tx, nowMs) => {
				if (!shiftById(tx, id)) return fail(notFound("shifts.not_found"));
				const busy = refuseWhileImporting(tx);
				if (busy) return fail(busy);
				if (isShiftInUse(tx, id)) return fail(conflict("shifts.in_use"));
				deleteShift(tx, id);
				seal(tx, "shifts.remove", id, {}, by, nowMs);
				return ok(undefined);
			}),
		setDefault: (id, by) =>
			run((tx, nowMs) => {
				if (id !== null && !shiftById(tx, id)) return fail(invalid("people.shift_gone", "shiftId"));
				writeDefault(tx, id, by, nowMs);
				return ok(undefined);
			}),
	};
}

function create(tx: Tx, input: ShiftInput, by: By, nowMs: number): Result<Shift> {
	const fields = parse(tx, input, null);
	if (!fields.ok) return fields;
	const row = { ...fields.value, id: newId(nowMs), createdMs: nowMs, changedMs: nowMs };
	insertShift(tx, row);
	seal(tx, "shifts.create", row.id, { ...fields.value }, by, nowMs);
	return ok(row);
}

function writeDefault(tx: Tx, id: string | null, by: By, nowMs: number): void {
	const old = defaultShiftId(tx);
	writeSetting(tx, DEFAULT_SHIFT_SETTING, id, nowMs);
	seal(tx, "shifts.default", id ?? "none", { old, new: id }, by, nowMs);
}

function parse(db: Db, input: ShiftInput, selfId: string | null): Result<ShiftFields> {
	const name = parseName(input.name);
	if (!name.ok || [...name.value].length > GROUP_NAME_MAX)
		return fail(invalid("shifts.name_wrong", "name", { max: GROUP_NAME_MAX }));
	const endMin = input.endMin > input.startMin ? input.endMin : input.endMin + 1440;
	const fields = { ...input, name: name.value, endMin };
	const problem = refuseTimes(fields);
	if (problem) return fail(problem);
	const twin = shiftByName(db, fields.name);
	if (twin && twin.id !== selfId) return fail(conflict("shifts.name_taken", "name"));
	return ok(fields);
}

/** Names the first thing that makes no sense; undefined when all is well. */
export function refuseTimes(shift: Omit<ShiftFields, "name">): AppError | undefined {
	const { startMin, endMin, graceInMin, graceOutMin, breakMin, weekdays } = shift;
	const whole = [startMin, endMin, graceInMin, graceOutMin, breakMin, weekdays].every(
		(n) => Number.isInteger(n) && n >= 0,
	);
	const length = endMin - startMin;
	if (!whole || startMin > 1439 || length > 1440) return invalid("shifts.time_wrong", "startMin");
	if (length < SHORTEST_MIN) return invalid("shifts.too_short", "endMin", { min: SHORTEST_MIN });
	if (breakMin > BREAK_MAX_MIN || length - breakMin < SHORTEST_MIN)
		return invalid("shifts.break_long", "breakMin");
	if (graceInMin > GRACE_MAX_MIN) return invalid("shifts.grace_long", "graceInMin", { max: GRACE_MAX_MIN });
	if (graceOutMin > GRACE_MAX_MIN) return invalid("shifts.grace_long", "graceOutMin", { max: GRACE_MAX_MIN });
	if (graceInMin + graceOutMin >= length - breakMin) return invalid("shifts.grace_swallows", "graceInMin");
	if (weekdays < 1 || weekdays > 127) return invalid("shifts.no_weekday", "weekdays");
	return undefined;
}

function seal(
	tx: Tx,
	action: string,
	objectId: string,
	detail: Record<string, JsonValue>,
	by: By,
	nowMs: number,
): void {
	sealEvent(tx, { type: "setting", action, objectKind: "shift", objectId, detail, ...by, nowMs });
}

/** Employees join, change, leave and come back. The only writer of employee rows besides the import. Faces, cards and PINs have their own services. */
import { departmentById } from "../../db/department.ts";
import {
	type Employee,
	employeeById,
	employeeByNumber,
	insertEmployee,
	updateEmployee,
} from "../../db/employee.ts";
import { shiftById } from "../../db/shift.ts";
import type { Db, Store, Tx } from "../../db/store.ts";
import { type AppError, conflict, invalid, notFound } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock, DateText } from "../base/units.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { refuseWhileImporting } from "./people-import-lock.ts";
import { parseDay, parseName, parseNumber } from "./people-rules.ts";
import { sealEvent } from "./sealing.ts";

export interface EmployeesDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
}

/** What a form or an import says of a person, as typed. */
export interface EmployeeInput {
	readonly number: string;
	readonly name: string;
	readonly departmentId: string | null;
	readonly shiftId: string | null;
	readonly joinedOn: string;
}

/** The same after all checks. */
export type EmployeeFields = Pick<Employee, "number" | "name" | "departmentId" | "shiftId" | "joinedOn">;

export interface Employees {
	create(input: EmployeeInput, by: By): Promise<Result<Employee>>;
	/** Changes the plain fields; a number somebody else has is a conflict on `number`. */
	change(id: string, input: EmployeeInput, by: By): Promise<Result<Employee>>;
	/** Sets the last working day (may lie ahead). From the day after it no way of punching works; nothing is deleted. */
	leave(id: string, lastDay: string, by: By): Promise<Result<Employee>>;
	/** Takes a leave back, or lets a person start anew on `joinedOn` when that lies after the last working day. */
	rejoin(id: string, joinedOn: string, by: By): Promise<Result<Employee>>;
}

export function makeEmployees(deps: EmployeesDeps): Employees {
	const change = (
		id: string,
		action: string,
		by: By,
		edit: (before: Employee, tx: Tx) => Result<Partial<Employee>>,
	): Promise<Result<Employee>> => write(deps, id, action, by, edit);
	return {
		create: (input, by) => create(deps, input, by),
		change: (id, input, by) => change(id, "people.change", by, (_, tx) => parseFields(tx, input, id)),
		leave: (id, lastDay, by) =>
			change(id, "people.leave", by, (before) => {
				const day = parseDay(lastDay, "leftOn");
				if (!day.ok) return day;
				if (day.value < before.joinedOn) return fail(invalid("people.left_before_joined", "leftOn"));
				return ok({ leftOn: day.value });
			}),
		rejoin: (id, joinedOn, by) =>
			change(id, "people.rejoin", by, (before) => {
				const day = parseDay(joinedOn, "joinedOn");
				if (!day.ok) return day;
				const anew = before.leftOn !== null && day.value > before.leftOn;
				return ok({ leftOn: null, joinedOn: anew ? day.value : before.joinedOn });
			}),
	};
}

async function create(deps: EmployeesDeps, input: EmployeeInput, by: By): Promise<Result<Employee>> {
	const nowMs = deps.clock.nowMs();
	const result = await deps.store.commit((tx): Result<Employee> => {
		const busy = refuseWhileImporting(tx);
		if (busy) return fail(busy);
		const fields = parseFields(tx, input, null);
		if (!fields.ok) return fields;
		const row = { ...fields.value, id: newId(nowMs), leftOn: null, createdMs: nowMs, changedMs: nowMs };
		insertEmployee(tx, row);
		const { name: _, ...plain } = fields.value;
		seal(tx, "people.create", row.id, plain, by, nowMs);
		return ok(row);
	});
	if (result.ok) deps.bus.emit("people", { employeeId: result.value.id });
	return result;
}

async function write(
	deps: EmployeesDeps,
	id: string,
	action: string,
	by: By,
	edit: (before: Employee, tx: Tx) => Result<Partial<Employee>>,
): Promise<Result<Employee>> {
	const nowMs = deps.clock.nowMs();
	const result = await deps.store.commit((tx): Result<Employee> => {
		const before = employeeById(tx, id);
		if (!before) return fail(notFound("people.not_found"));
		const busy = refuseWhileImporting(tx);
		if (busy) return fail(busy);
		const edited = edit(before, tx);
		if (!edited.ok) return edited;
		const after = { ...before, ...edited.value };
		const changes = describeChanges(before, after);
		if (Object.keys(changes).length === 0) return ok(before);
		updateEmployee(tx, { ...after, changedMs: nowMs });
		seal(tx, action, id, changes, by, nowMs);
		return ok({ ...after, changedMs: nowMs });
	});
	if (result.ok) deps.bus.emit("people", { employeeId: id });
	return result;
}

const SEALED_FIELDS = ["number", "departmentId", "shiftId", "joinedOn", "leftOn"] as const;

/** Old and new values of what differs; of a name only that it changed, since the log outlives the person's data. */
export function describeChanges(before: Employee, after: Employee): Record<string, JsonValue> {
	const changes: Record<string, JsonValue> = {};
	for (const field of SEALED_FIELDS)
		if (before[field] !== after[field]) changes[field] = [before[field], after[field]];
	if (before.name !== after.name) changes.name = "changed";
	return changes;
}

function seal(
	tx: Tx,
	action: string,
	objectId: string,
	detail: Record<string, JsonValue>,
	by: By,
	nowMs: number,
): void {
	sealEvent(tx, { type: "setting", action, objectKind: "employee", objectId, detail, ...by, nowMs });
}

function parseFields(db: Db, input: EmployeeInput, selfId: string | null): Result<EmployeeFields> {
	const number = parseNumber(input.number);
	if (!number.ok) return number;
	const name = parseName(input.name);
	if (!name.ok) return name;
	const joinedOn = parseDay(input.joinedOn, "joinedOn");
	if (!joinedOn.ok) return joinedOn;
	const { departmentId, shiftId } = input;
	const fields = {
		number: number.value,
		name: name.value,
		joinedOn: joinedOn.value,
		departmentId,
		shiftId,
	};
	const problem = refuse(db, fields, selfId);
	return problem ? fail(problem) : ok(fields);
}

function refuse(db: Db, fields: EmployeeFields, selfId: string | null): AppError | undefined {
	const holder = employeeByNumber(db, fields.number);
	if (holder && holder.id !== selfId) return conflict("people.number_taken", "number", { name: holder.name });
	if (fields.departmentId && !departmentById(db, fields.departmentId))
		return invalid("people.department_gone", "departmentId");
	if (fields.shiftId && !shiftById(db, fields.shiftId)) return invalid("people.shift_gone", "shiftId");
	const left: DateText | null = selfId ? (employeeById(db, selfId)?.leftOn ?? null) : null;
	if (left && left < fields.joinedOn) return invalid("people.left_before_joined", "joinedOn");
	return undefined;
}

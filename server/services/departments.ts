/** The tree of departments: made, renamed, moved, removed when empty. */
import {
	type Department,
	deleteDepartment,
	departmentById,
	departmentByName,
	departmentsBelow,
	departmentTree,
	insertDepartment,
	isDepartmentInUse,
	updateDepartment,
} from "../../db/department.ts";
import { shiftById } from "../../db/shift.ts";
import type { Db, Store, Tx } from "../../db/store.ts";
import { conflict, invalid, notFound } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { refuseWhileImporting } from "./people-import-lock.ts";
import { GROUP_NAME_MAX, parseName } from "./people-rules.ts";
import { sealEvent } from "./sealing.ts";

export interface DepartmentsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
}

export interface DepartmentInput {
	readonly name: string;
	readonly parentId: string | null;
	/** The shift of its people who have none of their own. */
	readonly shiftId: string | null;
}

export interface Departments {
	create(input: DepartmentInput, by: By): Promise<Result<Department>>;
	change(id: string, input: DepartmentInput, by: By): Promise<Result<Department>>;
	/** Only when no person, past or present, and no department hangs on it. */
	remove(id: string, by: By): Promise<Result<void>>;
}

/** Deep enough for any company, shallow enough for every page. */
export const DEPTH_MAX = 6;

/** "/" separates the names of a path, so a name cannot hold one. */
export function parseDepartmentName(typed: string): Result<string> {
	const name = parseName(typed);
	if (!name.ok) return fail(invalid("departments.name_wrong", "name", { max: GROUP_NAME_MAX }));
	if ([...name.value].length > GROUP_NAME_MAX || /[/\uff0f]/.test(name.value))
		return fail(invalid("departments.name_wrong", "name", { max: GROUP_NAME_MAX }));
	return name;
}

export function makeDepartments(deps: DepartmentsDeps): Departments {
	const { store, clock, bus } = deps;
	const run = async <T>(work: (tx: Tx, nowMs: number) => Result<T>): Promise<Result<T>> => {
		const nowMs = clock.nowMs();
		const result = await store.commit((tx): Result<T> => {
			const busy = refuseWhileImporting(tx);
			return busy ? fail(busy) : work(tx, nowMs);
		});
		if (result.ok) bus.emit("people", { employeeId: null });
		return result;
	};
	return {
		create: (input, by) =>
			run((tx, nowMs) => {
				const fields = parse(tx, input, null);
				if (!fields.ok) return fields;
				const row = { ...fields.value, id: newId(nowMs), createdMs: nowMs };
				insertDepartment(tx, row);
				seal(tx, "departments.create", row.id, { ...fields.value }, by, nowMs);
				return ok(row);
			}),
		change: (id, input, by) =>
			run((tx, nowMs) => {
				const before = departmentById(tx, id);
				if (!before) return fail(notFound("departments.not_found"));
				const fields = parse(tx, input, before);
				if (!fields.ok) return fields;
				const row = { ...before, ...fields.value };
				updateDepartment(tx, row);
				seal(tx, "departments.change", id, { ...fields.value }, by, nowMs);
				return ok(row);
			}),
		remove: (id, by) =>
			run((tx, nowMs) => {
				if (!departmentById(tx, id)) return fail(notFound("departments.not_found"));
				if (isDepartmentInUse(tx, id)) return fail(conflict("departments.not_empty"));
				deleteDepartment(tx, id);
				seal(tx, "departments.remove", id, {}, by, nowMs);
				return ok(undefined);
			}),
	};
}

function parse(db: Db, input: DepartmentInput, self: Department | null): Result<DepartmentInput> {
	const name = parseDepartmentName(input.name);
	if (!name.ok) return name;
	const { parentId, shiftId } = input;
	const place = checkPlace(db, parentId, self);
	if (!place.ok) return place;
	if (shiftId && !shiftById(db, shiftId)) return fail(invalid("people.shift_gone", "shiftId"));
	const twin = departmentByName(db, parentId, name.value);
	if (twin && twin.id !== self?.id) return fail(conflict("departments.name_taken", "name"));
	return ok({ name: name.value, parentId, shiftId });
}

/** The parent exists, lies not below the department itself, and the tree stays shallow. */
function checkPlace(db: Db, parentId: string | null, self: Department | null): Result<void> {
	if (parentId === null) return ok(undefined);
	const tree = departmentTree(db, "9999-12-31");
	const parent = tree.find((node) => node.id === parentId);
	if (!parent) return fail(invalid("departments.parent_gone", "parentId"));
	const own = self ? departmentsBelow(db, [self.id]) : new Set<string>();
	if (own.has(parentId)) return fail(invalid("departments.parent_below", "parentId"));
	const inside = tree.filter((node) => own.has(node.id)).map((node) => node.depth);
	const height = inside.length > 0 ? Math.max(...inside) - Math.min(...inside) : 0;
	if (parent.depth + 2 + height > DEPTH_MAX)
		return fail(invalid("departments.too_deep", "parentId", { max: DEPTH_MAX }));
	return ok(undefined);
}

function seal(
	tx: Tx,
	action: string,
	objectId: string,
	detail: Record<string, JsonValue>,
	by: By,
	nowMs: number,
): void {
	sealEvent(tx, { type: "setting", action, objectKind: "department", objectId, detail, ...by, nowMs });
}

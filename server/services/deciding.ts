/**
 * Who may decide about whose punches and make-ups: managers for their departments alone, nobody about their own record.
 * Says no the same way for a person out of reach as for one who does not exist.
 */
import { findAccount } from "../../db/account.ts";
import { departmentsBelow } from "../../db/department.ts";
import { employeeById } from "../../db/employee.ts";
import { makeupById } from "../../db/makeup.ts";
import { punchById } from "../../db/punch.ts";
import type { Db } from "../../db/store.ts";
import { forbidden, notFound } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { By } from "./author.ts";
import type { Makeups } from "./makeups.ts";
import type { PunchNotes } from "./punch-notes.ts";

/** The account that decides. */
export interface Decider {
	readonly accountId: string;
	/** A manager's departments; undefined for everybody. */
	readonly departmentIds?: readonly string[];
}

export interface Deciding {
	confirmPunch(id: string, reason: string, decider: Decider, by: By): Promise<Result<void>>;
	/** Fails with `punches.reason_missing` without a reason. */
	voidPunch(id: string, reason: string, decider: Decider, by: By): Promise<Result<void>>;
	approveMakeup(id: string, decider: Decider, by: By): Promise<Result<void>>;
	refuseMakeup(id: string, decider: Decider, by: By): Promise<Result<void>>;
}

export interface DecidingDeps {
	readonly store: Db;
	readonly notes: Pick<PunchNotes, "confirm" | "void">;
	readonly makeups: Pick<Makeups, "approve" | "refuse">;
}

/** True when the employee exists and belongs to the departments, or to anyone's when there is no limit. */
export function isWithin(db: Db, employeeId: string, departmentIds?: readonly string[]): boolean {
	const employee = employeeById(db, employeeId);
	if (!employee) return false;
	if (!departmentIds) return true;
	return employee.departmentId !== null && departmentsBelow(db, departmentIds).has(employee.departmentId);
}

const isOwn = (db: Db, employeeId: string, decider: Decider): boolean =>
	findAccount(db, decider.accountId)?.employeeId === employeeId;

export function makeDeciding({ store, notes, makeups }: DecidingDeps): Deciding {
	const checkPunch = (id: string, decider: Decider): Result<void> => {
		const punch = punchById(store, id);
		if (!punch || !isWithin(store, punch.employeeId, decider.departmentIds))
			return fail(notFound("punches.not_found"));
		return isOwn(store, punch.employeeId, decider) ? fail(forbidden("punches.own")) : ok(undefined);
	};
	const checkMakeup = (id: string, decider: Decider): Result<void> => {
		const request = makeupById(store, id);
		return request && isWithin(store, request.employeeId, decider.departmentIds)
			? ok(undefined)
			: fail(notFound("makeups.not_found"));
	};
	const after = async (check: Result<void>, act: () => Promise<Result<void>>) => (check.ok ? act() : check);
	return {
		confirmPunch: (id, reason, decider, by) =>
			after(checkPunch(id, decider), () => notes.confirm(id, reason, by)),
		voidPunch: (id, reason, decider, by) => after(checkPunch(id, decider), () => notes.void(id, reason, by)),
		approveMakeup: (id, decider, by) => after(checkMakeup(id, decider), () => makeups.approve(id, by)),
		refuseMakeup: (id, decider, by) => after(checkMakeup(id, decider), () => makeups.refuse(id, by)),
	};
}

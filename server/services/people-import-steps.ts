/** Turns a checked list into the rows to be written: ids, merged fields, fingerprints of cards. Reads only, and finds out what has changed since the check. */
import { cardInUse } from "../../db/card.ts";
import { departmentByName } from "../../db/department.ts";
import { type Employee, employeeById, employeeByNumber } from "../../db/employee.ts";
import { shiftById } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import { toBase64, utf8 } from "../base/bytes.ts";
import { newId } from "../base/ids.ts";
import type { DateText } from "../base/units.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { Vault } from "../vault/vault.ts";
import { cardTail, normaliseCard } from "./cards.ts";
import { describeChanges } from "./employees.ts";
import type { PlannedRow } from "./people-import-plan.ts";

export interface NewDepartment {
	readonly id: string;
	readonly name: string;
	readonly parentId: string | null;
}

/** One person to write. JSON, since it outlives a stop of the box; a card only as its fingerprint. */
export interface ImportStep {
	readonly isNew: boolean;
	readonly employee: Employee;
	readonly card?: {
		readonly id: string;
		/** Base64. */
		readonly lookup: string;
		readonly tail: string;
		/** The card row of somebody who has left, which ends. */
		readonly endsId: string | null;
	};
	/** Of the audit line. */
	readonly detail: { readonly [key: string]: JsonValue };
}

export interface StepContext {
	readonly db: Db;
	readonly vault: Pick<Vault, "hostMac">;
	readonly nowMs: number;
	readonly today: DateText;
	/** Ids by parent and name, of departments met so far. */
	readonly departments: Map<string, string>;
	/** Those that are to be made, parents first. */
	readonly newDepartments: NewDepartment[];
}

/** Undefined when a person, shift or card is no longer as it was planned: the file must be checked again. */
export function stepOf(context: StepContext, row: PlannedRow): ImportStep | undefined {
	const { db } = context;
	const before = employeeByNumber(db, row.number);
	if (before?.id !== row.before?.id || before?.changedMs !== row.before?.changedMs) return undefined;
	if (row.shiftId && !shiftById(db, row.shiftId)) return undefined;
	const card = row.card === undefined ? undefined : cardOf(context, row.card);
	if (card === "taken") return undefined;
	const employee = merge(context, row);
	const changes = before ? describeChanges(before, employee) : { number: employee.number };
	const detail = { ...changes, import: true, ...(row.card === undefined ? {} : { card: true }) };
	return { isNew: !before, employee, card, detail };
}

function merge(context: StepContext, row: PlannedRow): Employee {
	const { nowMs, today } = context;
	const { before } = row;
	const departmentId = row.department ? departmentOf(context, row.department) : undefined;
	return {
		id: before?.id ?? newId(nowMs),
		number: row.number,
		name: row.name ?? before!.name,
		departmentId: departmentId ?? before?.departmentId ?? null,
		shiftId: row.shiftId ?? before?.shiftId ?? null,
		joinedOn: row.joinedOn ?? before?.joinedOn ?? earlier(today, row.leftOn),
		leftOn: row.leftOn ?? before?.leftOn ?? null,
		createdMs: before?.createdMs ?? nowMs,
		changedMs: nowMs,
	};
}

const earlier = (a: DateText, b: DateText | undefined): DateText => (b !== undefined && b < a ? b : a);

/** The department at the end of the path; notes what is missing on the way. */
function departmentOf(context: StepContext, path: readonly string[]): string {
	let parentId: string | null = null;
	for (const name of path) {
		const key: string = `${parentId ?? ""}/${name}`;
		const known = context.departments.get(key) ?? departmentByName(context.db, parentId, name)?.id;
		const id: string = known ?? newId(context.nowMs);
		if (!known) context.newDepartments.push({ id, name, parentId });
		context.departments.set(key, id);
		parentId = id;
	}
	return parentId!;
}

function cardOf(
	{ db, vault, nowMs, today }: StepContext,
	text: string,
): NonNullable<ImportStep["card"]> | "taken" {
	const plain = normaliseCard(text)!;
	const lookup = vault.hostMac("card", utf8(plain));
	const used = cardInUse(db, lookup);
	const leftOn = used && employeeById(db, used.employeeId)?.leftOn;
	if (used && (!leftOn || leftOn >= today)) return "taken";
	return { id: newId(nowMs), lookup: toBase64(lookup), tail: cardTail(plain), endsId: used?.id ?? null };
}

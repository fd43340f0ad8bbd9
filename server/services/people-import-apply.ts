/** Carries out a planned import: all of it in the caller's transaction, or nothing. One sealed leaf for the file, one audit line per person. */
import { createHash } from "node:crypto";
import { insertAudit } from "../../db/audit.ts";
import { cardInUse, endCardRow, insertCard } from "../../db/card.ts";
import { departmentByName, insertDepartment } from "../../db/department.ts";
import {
	type Employee,
	employeeById,
	employeeByNumber,
	insertEmployee,
	updateEmployee,
} from "../../db/employee.ts";
import { shiftById } from "../../db/shift.ts";
import type { Tx } from "../../db/store.ts";
import { toHex, utf8 } from "../base/bytes.ts";
import { newId } from "../base/ids.ts";
import type { DateText } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import { cardTail, normaliseCard } from "./cards.ts";
import { describeChanges } from "./employees.ts";
import type { PlannedRow } from "./people-import-plan.ts";
import { sealEvent } from "./sealing.ts";

/** Something the plan rests on has changed; the file must be checked again. */
export class StalePlanError extends Error {}

export interface ApplyDeps {
	readonly vault: Pick<Vault, "hostMac">;
	readonly nowMs: number;
	readonly today: DateText;
	readonly by: By;
	/** Of the uploaded file, so the log says which one it was. */
	readonly file: Uint8Array;
}

export interface ImportResult {
	readonly created: number;
	readonly changed: number;
	readonly same: number;
}

/** Throws `StalePlanError` when a person, shift or card is no longer as planned; the transaction is undone by that. */
export function applyPlan(tx: Tx, rows: readonly PlannedRow[], deps: ApplyDeps): ImportResult {
	const count = (kind: PlannedRow["kind"]): number => rows.filter((row) => row.kind === kind).length;
	const result = { created: count("create"), changed: count("change"), same: count("same") };
	const file = toHex(createHash("sha256").update(deps.file).digest());
	const seq = sealEvent(tx, {
		type: "import",
		action: "people.import",
		objectKind: "file",
		objectId: file,
		detail: { ...result },
		...deps.by,
		nowMs: deps.nowMs,
	});
	for (const row of rows) if (row.kind !== "same") applyRow(tx, row, deps, seq);
	return result;
}

function applyRow(tx: Tx, row: PlannedRow, deps: ApplyDeps, seq: number): void {
	const before = employeeByNumber(tx, row.number);
	if (before?.id !== row.before?.id || before?.changedMs !== row.before?.changedMs)
		throw new StalePlanError();
	if (row.shiftId && !shiftById(tx, row.shiftId)) throw new StalePlanError();
	const after = merge(tx, row, deps);
	if (before) updateEmployee(tx, after);
	else insertEmployee(tx, after);
	if (row.card !== undefined) bindCard(tx, after.id, row.card, deps);
	const changes = before ? describeChanges(before, after) : { number: after.number };
	insertAudit(tx, {
		atMs: deps.nowMs,
		actorKind: deps.by.actor.kind,
		actorId: deps.by.actor.id,
		action: before ? "people.change" : "people.create",
		objectKind: "employee",
		objectId: after.id,
		detail: { ...changes, import: true, ...(row.card === undefined ? {} : { card: true }) },
		address: deps.by.address,
		seq,
	});
}

function merge(tx: Tx, row: PlannedRow, { nowMs, today }: ApplyDeps): Employee {
	const { before } = row;
	const departmentId = row.department ? departmentOf(tx, row.department, nowMs) : undefined;
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

/** The department at the end of the path; makes what is missing on the way. */
function departmentOf(tx: Tx, path: readonly string[], nowMs: number): string {
	let parentId: string | null = null;
	for (const name of path) {
		const known = departmentByName(tx, parentId, name);
		const id: string = known?.id ?? newId(nowMs);
		if (!known) insertDepartment(tx, { id, name, parentId, shiftId: null, createdMs: nowMs });
		parentId = id;
	}
	return parentId!;
}

function bindCard(tx: Tx, employeeId: string, text: string, { vault, nowMs, today }: ApplyDeps): void {
	const plain = normaliseCard(text)!;
	const lookup = vault.hostMac("card", utf8(plain));
	const used = cardInUse(tx, lookup);
	if (used) {
		const leftOn = employeeById(tx, used.employeeId)?.leftOn;
		if (!leftOn || leftOn >= today) throw new StalePlanError();
		endCardRow(tx, used.id, nowMs);
	}
	insertCard(tx, {
		id: newId(nowMs),
		employeeId,
		lookup,
		tail: cardTail(plain),
		addedMs: nowMs,
		endedMs: null,
	});
}

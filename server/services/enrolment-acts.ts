/** The acts of an enrolment as they are written and sealed: approved, excused by the first of two, submitted or rejected. Decides nothing. */
import { enrolmentById, excuseEnrolment } from "../../db/enrolment.ts";
import type { Tx } from "../../db/store.ts";
import type { Clock } from "../base/units.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { By } from "./author.ts";
import type { Resemblance } from "./enrolment-others.ts";
import * as rows from "./enrolment-rows.ts";
import { sealEvent } from "./sealing.ts";

interface Sealing {
	readonly clock: Clock;
}

interface Subject {
	readonly id: string;
	readonly employeeId: string;
}

/** Puts the enrolment in force; with a face known under another number the seal names the first of the two who agreed. */
export function sealApproval(
	tx: Tx,
	deps: Sealing,
	row: Subject,
	{ alike, sameAs }: Resemblance,
	by: By,
): void {
	const nowMs = deps.clock.nowMs();
	rows.writeApproval(tx, {
		enrolmentId: row.id,
		employeeId: row.employeeId,
		alike,
		by: by.actor.id,
		nowMs,
	});
	const first = sameAs ? enrolmentById(tx, row.id) : undefined;
	const excused: Record<string, JsonValue> = first
		? { sameAs: sameAs ?? "", override: first.excuse ?? "", excusedBy: first.excusedBy ?? "" }
		: {};
	sealEnrolmentAct(tx, deps, "enrol", "enrolment.approve", row, by, { alike: [...alike], ...excused });
}

/** The first of two has said why a face known under another number is right here too. */
export function sealExcuse(tx: Tx, deps: Sealing, row: Subject, sameAs: string, by: By, why: string): void {
	excuseEnrolment(tx, row.id, by.actor.id, why);
	sealEnrolmentAct(tx, deps, "enrol", "enrolment.excuse", row, by, { sameAs, override: why });
}

/** Seals an act on an enrolment under its person. */
export function sealEnrolmentAct(
	tx: Tx,
	{ clock }: Sealing,
	type: "enrol" | "unenrol",
	action: string,
	row: Subject,
	by: By,
	detail: Record<string, JsonValue>,
): void {
	sealEvent(tx, {
		type,
		action,
		objectKind: "employee",
		objectId: row.employeeId,
		detail: { enrolment: row.id, ...detail },
		...by,
		nowMs: clock.nowMs(),
	});
}

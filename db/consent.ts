/** Consents to face recognition: who agreed to which text, when, how. A withdrawal closes a row, nothing is ever removed. */
import { and, desc, eq, isNull } from "drizzle-orm";
import { consent } from "./schema/people.ts";
import type { Db, Tx } from "./store.ts";

export type ConsentRow = typeof consent.$inferSelect;
export type ConsentChannel = ConsentRow["channel"];

/** The consent the person has given and not withdrawn; at most one. */
export const consentInForce = (db: Db, employeeId: string): ConsentRow | undefined =>
	db.orm
		.select()
		.from(consent)
		.where(and(eq(consent.employeeId, employeeId), isNull(consent.withdrawnMs)))
		.get();

/** Every consent of a person, newest first. */
export const consentsOf = (db: Db, employeeId: string): ConsentRow[] =>
	db.orm
		.select()
		.from(consent)
		.where(eq(consent.employeeId, employeeId))
		.orderBy(desc(consent.givenMs), desc(consent.id))
		.all();

/** Throws when one is in force already: close it first. */
export function insertConsent(tx: Tx, row: Omit<ConsentRow, "kind" | "withdrawnMs" | "withdrawnBy">): void {
	tx.orm
		.insert(consent)
		.values({ ...row, kind: "face" })
		.run();
}

/** Closes the consent in force; false when there was none. */
export function closeConsent(tx: Tx, employeeId: string, by: string, nowMs: number): boolean {
	return (
		tx.sqlite
			.query(
				`UPDATE consent SET withdrawn_ms = ?, withdrawn_by = ?
				 WHERE employee_id = ? AND kind = 'face' AND withdrawn_ms IS NULL`,
			)
			.run(nowMs, by, employeeId).changes > 0
	);
}

/** Enrolments and their sealed photos: inbox, per-person state, decisions. Templates are in `template.ts`. */
import { and, asc, desc, eq, ne } from "drizzle-orm";
import { enrolment, enrolmentPhoto } from "./schema/people.ts";
import type { Db, Tx } from "./store.ts";

export type EnrolmentRow = typeof enrolment.$inferSelect;
export type EnrolmentStatus = EnrolmentRow["status"];
export type EnrolmentChannel = EnrolmentRow["channel"];
/** `sealed` opens with the context `enrolment_photo|<id>`. */
export type EnrolmentPhotoRow = typeof enrolmentPhoto.$inferSelect;
/** A photo without its bytes. */
export type PhotoFacts = Pick<EnrolmentPhotoRow, "id" | "enrolmentId" | "employeeId" | "pose" | "createdMs">;

export const enrolmentById = (db: Db, id: string): EnrolmentRow | undefined =>
	db.orm.select().from(enrolment).where(eq(enrolment.id, id)).get();

/** The enrolment of a person in that state; `approved` and `pending` exist at most once. */
export const enrolmentOf = (db: Db, employeeId: string, status: EnrolmentStatus): EnrolmentRow | undefined =>
	db.orm
		.select()
		.from(enrolment)
		.where(and(eq(enrolment.employeeId, employeeId), eq(enrolment.status, status)))
		.orderBy(desc(enrolment.createdMs))
		.get();

export interface PendingEnrolment extends EnrolmentRow {
	readonly name: string;
	readonly number: string;
}

/** The inbox, oldest first. */
export const pendingEnrolments = (db: Db, limit: number): PendingEnrolment[] =>
	db.sqlite
		.query(
			`SELECT enrolment.id, employee_id AS employeeId, consent_id AS consentId, status, channel, made_by AS madeBy,
			        enrolment.created_ms AS createdMs, decided_ms AS decidedMs, decided_by AS decidedBy, excused_by AS excusedBy,
			        excuse, name, number
			 FROM enrolment JOIN employee ON employee.id = employee_id
			 WHERE status = 'pending' ORDER BY enrolment.created_ms, enrolment.id LIMIT ?`,
		)
		.all(limit) as PendingEnrolment[];

/** How many people have an approved face, of how many in all. */
export const countEnrolled = (db: Db): { readonly enrolled: number; readonly people: number } =>
	db.sqlite
		.query(
			`SELECT (SELECT count(DISTINCT employee_id) FROM enrolment WHERE status = 'approved') AS enrolled,
			        (SELECT count(*) FROM employee) AS people`,
		)
		.get() as { enrolled: number; people: number };

type NewEnrolment = Omit<EnrolmentRow, "decidedMs" | "decidedBy" | "excusedBy" | "excuse">;

export function insertEnrolment(tx: Tx, row: NewEnrolment): void {
	tx.orm.insert(enrolment).values(row).run();
}

/** The first of two accounts says why a face enrolled under another number is right here too. */
export function excuseEnrolment(tx: Tx, id: string, excusedBy: string, excuse: string): void {
	tx.orm.update(enrolment).set({ excusedBy, excuse }).where(eq(enrolment.id, id)).run();
}

export function decideEnrolment(
	tx: Tx,
	id: string,
	status: EnrolmentStatus,
	by: string,
	nowMs: number,
): void {
	tx.orm.update(enrolment).set({ status, decidedBy: by, decidedMs: nowMs }).where(eq(enrolment.id, id)).run();
}

/** The person's other enrolments in `status`. */
export const otherEnrolments = (
	db: Db,
	employeeId: string,
	status: EnrolmentStatus,
	exceptId: string,
): EnrolmentRow[] =>
	db.orm
		.select()
		.from(enrolment)
		.where(
			and(eq(enrolment.employeeId, employeeId), eq(enrolment.status, status), ne(enrolment.id, exceptId)),
		)
		.all();

/** Marks everything of a person that is not finished as withdrawn; returns how many. */
export const withdrawEnrolments = (tx: Tx, employeeId: string, by: string, nowMs: number): number =>
	tx.sqlite
		.query(
			`UPDATE enrolment SET status = 'withdrawn', decided_ms = ?, decided_by = ?
			 WHERE employee_id = ? AND status IN ('pending', 'approved')`,
		)
		.run(nowMs, by, employeeId).changes;

export function insertEnrolmentPhoto(tx: Tx, row: EnrolmentPhotoRow): void {
	tx.orm
		.insert(enrolmentPhoto)
		.values({ ...row, sealed: Buffer.from(row.sealed), sha256: Buffer.from(row.sha256) })
		.run();
}

export const photosOf = (db: Db, enrolmentId: string): PhotoFacts[] =>
	db.orm
		.select({
			id: enrolmentPhoto.id,
			enrolmentId: enrolmentPhoto.enrolmentId,
			employeeId: enrolmentPhoto.employeeId,
			pose: enrolmentPhoto.pose,
			createdMs: enrolmentPhoto.createdMs,
		})
		.from(enrolmentPhoto)
		.where(eq(enrolmentPhoto.enrolmentId, enrolmentId))
		.orderBy(asc(enrolmentPhoto.id))
		.all();

export const enrolmentPhotoById = (db: Db, id: string): EnrolmentPhotoRow | undefined =>
	db.orm.select().from(enrolmentPhoto).where(eq(enrolmentPhoto.id, id)).get();

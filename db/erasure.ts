/** Removes every biometric row of a person, and what the journal still holds of removed rows. Keys are in `person-key.ts`. */
import { deletePhotosOf } from "./punch.ts";
import type { Db, Tx } from "./store.ts";
import { deleteLookalikesOf, deleteTemplatesOf } from "./template.ts";

/** How many rows of each kind were removed. */
export interface ErasedRows {
	readonly templates: number;
	readonly photos: number;
	readonly punchPhotos: number;
}

/** Templates, enrolment photos, evidence photos and look-alike pairs of one person. `secure_delete` overwrites them in the file. */
export function deleteBiometricRows(tx: Tx, employeeId: string): ErasedRows {
	const templates = deleteTemplatesOf(tx, employeeId);
	const photos = tx.sqlite.query("DELETE FROM enrolment_photo WHERE employee_id = ?").run(employeeId).changes;
	const punchPhotos = deletePhotosOf(tx, employeeId);
	deleteLookalikesOf(tx, employeeId);
	return { templates, photos, punchPhotos };
}

/** Removes the templates and photos of one enrolment that was refused or replaced. */
export function deleteEnrolmentRows(tx: Tx, enrolmentId: string): void {
	tx.sqlite.query("DELETE FROM template WHERE enrolment_id = ?").run(enrolmentId);
	tx.sqlite.query("DELETE FROM enrolment_photo WHERE enrolment_id = ?").run(enrolmentId);
}

/**
 * Copies the write-ahead log into the database and empties it, so that removed rows are gone from both files.
 * False when a reader was in the way: try again later.
 */
export function emptyJournal(db: Db): boolean {
	const row = db.sqlite.query("PRAGMA wal_checkpoint(TRUNCATE)").get() as { busy: number } | null;
	return row?.busy === 0;
}

/** People who have sealed rows, each with the number of their templates. */
export const peopleWithBiometrics = (db: Db): { readonly employeeId: string; readonly templates: number }[] =>
	db.sqlite
		.query(
			`SELECT employee_id AS employeeId, sum(n) AS templates FROM (
			   SELECT employee_id, 1 AS n FROM template
			   UNION ALL SELECT employee_id, 0 FROM enrolment_photo
			   UNION ALL SELECT employee_id, 0 FROM punch_photo
			 ) GROUP BY employee_id`,
		)
		.all() as { employeeId: string; templates: number }[];

/** People with sealed rows whose last working day lies before `today`. Cost follows the people who have left, not the photos of the others. */
export const leaversWithBiometrics = (db: Db, today: string): string[] =>
	(
		db.sqlite
			.query(
				`SELECT id FROM employee e WHERE left_on < ? AND (
				   EXISTS (SELECT 1 FROM template t WHERE t.employee_id = e.id)
				   OR EXISTS (SELECT 1 FROM enrolment_photo p WHERE p.employee_id = e.id)
				   OR EXISTS (SELECT 1 FROM punch_photo q WHERE q.employee_id = e.id))`,
			)
			.all(today) as { id: string }[]
	).map(({ id }) => id);

/** People who once agreed, have withdrawn, and of whom no sealed row is left: their key must be gone too. */
export const withdrawnWithoutRows = (db: Db): string[] =>
	(
		db.sqlite
			.query(
				`SELECT DISTINCT employee_id AS id FROM consent c
				 WHERE NOT EXISTS (SELECT 1 FROM consent o WHERE o.employee_id = c.employee_id AND o.withdrawn_ms IS NULL)
				   AND NOT EXISTS (SELECT 1 FROM template t WHERE t.employee_id = c.employee_id)
				   AND NOT EXISTS (SELECT 1 FROM enrolment_photo p WHERE p.employee_id = c.employee_id)
				   AND NOT EXISTS (SELECT 1 FROM punch_photo q WHERE q.employee_id = c.employee_id)`,
			)
			.all() as { id: string }[]
	).map((row) => row.id);

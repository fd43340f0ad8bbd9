/** Face templates and look-alike pairs. Templates are sealed; only `services/face-index.ts` opens them. */
import type { Db, Tx } from "./store.ts";

export interface TemplateRow {
	readonly id: string;
	readonly employeeId: string;
	readonly photoId: string;
	readonly enrolmentId: string;
	readonly modelId: string;
	readonly modelLength: number;
	/** Tag of net, weights and alignment; other tags never compare. */
	readonly alignment: string;
	/** Context `template|<id>`. */
	readonly sealed: Uint8Array;
	readonly createdMs: number;
}

export function insertTemplate(tx: Tx, row: TemplateRow): void {
	tx.sqlite
		.query(
			`INSERT INTO template (id, employee_id, photo_id, enrolment_id, model_id, model_length, alignment, sealed,
			                       created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			row.id,
			row.employeeId,
			row.photoId,
			row.enrolmentId,
			row.modelId,
			row.modelLength,
			row.alignment,
			row.sealed,
			row.createdMs,
		);
}

/** Templates of approved enrolments made by the recogniser `tag`, of one person or of everyone. */
export function templatesInForce(db: Db, tag: string, employeeId?: string): TemplateRow[] {
	return db.sqlite
		.query(
			`SELECT t.id, t.employee_id AS employeeId, photo_id AS photoId, enrolment_id AS enrolmentId,
			        model_id AS modelId, model_length AS modelLength, alignment, sealed, t.created_ms AS createdMs
			 FROM template t JOIN enrolment e ON e.id = t.enrolment_id
			 WHERE e.status = 'approved' AND alignment = ? ${employeeId === undefined ? "" : "AND t.employee_id = ?"}`,
		)
		.all(tag, ...(employeeId === undefined ? [] : [employeeId])) as TemplateRow[];
}

/** Templates of one enrolment, whatever its state. */
export const templatesOfEnrolment = (
	db: Db,
	enrolmentId: string,
): Pick<TemplateRow, "id" | "sealed" | "alignment">[] =>
	db.sqlite
		.query("SELECT id, sealed, alignment FROM template WHERE enrolment_id = ? ORDER BY id")
		.all(enrolmentId) as Pick<TemplateRow, "id" | "sealed" | "alignment">[];

const IN_USE = "e.status IN ('approved', 'pending')";

/** Photos of enrolments in force or waiting that have no template of the recogniser `tag`, oldest first. */
export const photosWithoutTemplate = (db: Db, tag: string): { id: string; employeeId: string }[] =>
	db.sqlite
		.query(
			`SELECT p.id, p.employee_id AS employeeId FROM enrolment_photo p JOIN enrolment e ON e.id = p.enrolment_id
			 WHERE ${IN_USE} AND NOT EXISTS (SELECT 1 FROM template t WHERE t.photo_id = p.id AND t.alignment = ?)
			 ORDER BY p.id`,
		)
		.all(tag) as { id: string; employeeId: string }[];

/** How many photos of enrolments in force or waiting there are. */
export const countPhotosInUse = (db: Db): number =>
	(
		db.sqlite
			.query(
				`SELECT count(*) AS n FROM enrolment_photo p JOIN enrolment e ON e.id = p.enrolment_id WHERE ${IN_USE}`,
			)
			.get() as { n: number }
	).n;

/** True while the photo belongs to an enrolment in force or waiting and has no template of the recogniser `tag`. */
export const lacksTemplate = (db: Db, photoId: string, tag: string): boolean =>
	db.sqlite
		.query(
			`SELECT 1 FROM enrolment_photo p JOIN enrolment e ON e.id = p.enrolment_id
			 WHERE p.id = $photoId AND ${IN_USE}
			   AND NOT EXISTS (SELECT 1 FROM template t WHERE t.photo_id = p.id AND t.alignment = $tag)`,
		)
		.get({ photoId, tag }) !== null;

/** People with a face in force that the recogniser `tag` has no template of. */
export const peopleWithoutTemplate = (db: Db, tag: string): string[] =>
	(
		db.sqlite
			.query(
				`SELECT DISTINCT e.employee_id AS id FROM enrolment e WHERE e.status = 'approved'
				 AND NOT EXISTS (SELECT 1 FROM template t WHERE t.enrolment_id = e.id AND t.alignment = ?)`,
			)
			.all(tag) as { id: string }[]
	).map(({ id }) => id);

/** Templates by recogniser. */
export const countTemplatesByTag = (db: Db): Map<string, number> =>
	new Map(
		(
			db.sqlite.query("SELECT alignment AS tag, count(*) AS n FROM template GROUP BY alignment").all() as {
				tag: string;
				n: number;
			}[]
		).map(({ tag, n }) => [tag, n]),
	);

export const deleteTemplatesOfTag = (tx: Tx, tag: string): number =>
	tx.sqlite.query("DELETE FROM template WHERE alignment = ?").run(tag).changes;

export const deleteTemplatesOf = (tx: Tx, employeeId: string): number =>
	tx.sqlite.query("DELETE FROM template WHERE employee_id = ?").run(employeeId).changes;

/** Everyone who is part of a look-alike pair. */
export function lookalikesOf(db: Db): Set<string> {
	const rows = db.sqlite.query("SELECT first_id AS a, second_id AS b FROM lookalike").all();
	return new Set((rows as { a: string; b: string }[]).flatMap(({ a, b }) => [a, b]));
}

export interface LookalikePair {
	readonly firstId: string;
	readonly secondId: string;
	readonly foundMs: number;
}

/** All pairs, newest first. */
export const lookalikePairs = (db: Db): LookalikePair[] =>
	db.sqlite
		.query(
			`SELECT first_id AS firstId, second_id AS secondId, found_ms AS foundMs FROM lookalike
			 ORDER BY found_ms DESC, first_id, second_id`,
		)
		.all() as LookalikePair[];

/** Remembers that two people look alike; the order of the two does not matter. */
export function insertLookalike(tx: Tx, one: string, other: string, nowMs: number): void {
	const [first, second] = one < other ? [one, other] : [other, one];
	tx.sqlite
		.query("INSERT OR IGNORE INTO lookalike (first_id, second_id, found_ms) VALUES (?, ?, ?)")
		.run(first, second, nowMs);
}

export const deleteLookalikesOf = (tx: Tx, employeeId: string): number =>
	tx.sqlite.query("DELETE FROM lookalike WHERE first_id = ? OR second_id = ?").run(employeeId, employeeId)
		.changes;

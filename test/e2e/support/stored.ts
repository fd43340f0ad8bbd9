/** What the box has really stored, read from its database beside the running process. */
import { join } from "node:path";
import { readSnapshot } from "../../../db/read-only.ts";

export interface StoredPunch {
	readonly id: string;
	readonly name: string;
	readonly method: string;
	readonly source: string;
	readonly doubts: string;
	readonly hasPhoto: number;
}

const rows = <T>(dataDir: string, sql: string): T[] =>
	readSnapshot(join(dataDir, "dianmao.db"), ({ sqlite }) => sqlite.query(sql).all() as T[]);

/** All punches in the order they were recorded. */
export const storedPunches = (dataDir: string): StoredPunch[] =>
	rows(
		dataDir,
		`SELECT punch.id, employee.name, method, source, doubts, punch_photo.punch_id IS NOT NULL AS hasPhoto
		FROM punch JOIN employee ON employee.id = punch.employee_id LEFT JOIN punch_photo ON punch_photo.punch_id = punch.id
		ORDER BY punch.seq`,
	);

export const countOf = (dataDir: string, table: "template" | "enrolment_photo" | "punch_photo"): number =>
	rows<{ n: number }>(dataDir, `SELECT count(*) AS n FROM ${table}`)[0]!.n;

/** Kinds of the notes beside a punch. */
export const notesOf = (dataDir: string, punchId: string): string[] =>
	rows<{ punchId: string; kind: string }>(dataDir, "SELECT punch_id AS punchId, kind FROM punch_note")
		.filter((note) => note.punchId === punchId)
		.map((note) => note.kind);

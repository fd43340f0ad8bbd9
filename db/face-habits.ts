/** How people were found at the door on a day: by their face, or by card or PIN although a face is enrolled. Counts per person, read only. */
import type { Db } from "./store.ts";

export interface FaceHabit {
	readonly employeeId: string;
	/** Punches by face alone, and those of them that passed narrowly. */
	readonly byFace: number;
	readonly narrowly: number;
	/** Punches by card or PIN where the camera saw a face that did not suffice. */
	readonly helped: number;
	/** Of these, the face did not agree with the card or PIN for certain. */
	readonly doubted: number;
}

/** One day's punches per person with an enrolled face; a day of 10,000 people takes some tens of milliseconds. */
export const faceHabitsOf = (db: Db, workDate: string): FaceHabit[] =>
	db.sqlite
		.query(
			`SELECT employee_id AS employeeId,
			        sum(method = 'face') AS byFace,
			        sum(method = 'face' AND match ->> 'band' = 'marginal') AS narrowly,
			        sum(method <> 'face' AND (match ->> 'asked' IS NOT NULL OR match ->> 'face' <> 'accept')) AS helped,
			        sum(method <> 'face' AND match ->> 'face' <> 'accept') AS doubted
			 FROM punch WHERE work_date = ? AND (method = 'face' OR match ->> 'face' IS NOT NULL)
			 GROUP BY employee_id`,
		)
		.all(workDate)
		.map((row) => {
			const { helped, doubted, ...rest } = row as FaceHabit;
			return { ...rest, helped: helped ?? 0, doubted: doubted ?? 0 };
		});

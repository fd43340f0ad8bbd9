/**
 * Where a punch stands after what was noted about it: whether it counts, what an admin decided, whether somebody must look.
 * The one definition; `db/punch-standing.ts` says it again in SQL for lists, and its test holds the two against each other.
 */

/** Kinds of notes, as `db/punch.ts` stores them. */
export type StandingNote = "not_me" | "mismatch" | "verified" | "unverifiable" | "confirmed" | "voided";

export interface MarkedPunch {
	/** Something was doubtful when it was recorded, or the clock was not to be trusted. */
	readonly doubted: boolean;
	/** Oldest first. */
	readonly notes: readonly StandingNote[];
}

export interface PunchStanding {
	/** Neither voided nor disputed, or confirmed afterwards. */
	readonly counts: boolean;
	/** What an admin decided and nothing has contradicted since: a dispute after a confirmation is open again. */
	readonly verdict: "confirmed" | "voided" | null;
	/** Something about it is doubtful, decided or not. */
	readonly isDoubted: boolean;
	/** Doubtful, and nobody has decided. */
	readonly isOpen: boolean;
}

const contradicts = (kind: StandingNote): boolean => kind === "not_me" || kind === "mismatch";

/** Cost follows the notes. */
export function standingOf({ doubted, notes }: MarkedPunch): PunchStanding {
	const isDoubted = doubted || notes.some(contradicts);
	const verdict = verdictOf(notes);
	const last = notes.findLast((kind) => kind === "not_me" || kind === "voided" || kind === "confirmed");
	const counts = last === undefined || last === "confirmed";
	return { counts, verdict, isDoubted, isOpen: isDoubted && verdict === null };
}

function verdictOf(notes: readonly StandingNote[]): PunchStanding["verdict"] {
	const at = notes.findLastIndex((kind) => kind === "confirmed" || kind === "voided");
	if (notes[at] !== "confirmed") return notes[at] === "voided" ? "voided" : null;
	return notes.slice(at).some(contradicts) ? null : "confirmed";
}

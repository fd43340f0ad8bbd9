/**
 * Pieces of SQL about where a punch `p` stands after its notes. Shared by the board, the day list and the doubts.
 * They say what `server/attendance/punch-standing.ts` defines; the test beside holds both against each other.
 */

const DECIDED_AFTER = `EXISTS (SELECT 1 FROM punch_note c WHERE c.punch_id = p.id AND c.kind = 'confirmed' AND c.seq > n.seq)`;

/** The punch counts: neither voided nor disputed, or confirmed afterwards. */
export const COUNTS = `NOT EXISTS (SELECT 1 FROM punch_note n WHERE n.punch_id = p.id
	AND n.kind IN ('not_me', 'voided') AND NOT ${DECIDED_AFTER})`;

/** Something about the punch is doubtful, decided or not. */
export const DOUBTED = `(p.doubts <> '[]' OR p.clock <> 'ok'
	OR EXISTS (SELECT 1 FROM punch_note n WHERE n.punch_id = p.id AND n.kind IN ('not_me', 'mismatch')))`;

const CONTRADICTED_AFTER = `EXISTS (SELECT 1 FROM punch_note c WHERE c.punch_id = p.id
	AND c.kind IN ('not_me', 'mismatch') AND c.seq > n.seq)`;

/** What an admin decided and nothing has contradicted since: `confirmed`, `voided` or NULL. */
export const VERDICT = `(SELECT CASE WHEN n.kind = 'confirmed' AND ${CONTRADICTED_AFTER} THEN NULL ELSE n.kind END
	FROM punch_note n WHERE n.punch_id = p.id AND n.kind IN ('confirmed', 'voided') ORDER BY n.seq DESC LIMIT 1)`;

/** Doubtful, and nobody has decided yet. */
export const OPEN_DOUBT = `(${DOUBTED} AND ${VERDICT} IS NULL)`;

/** Sequence numbers of every punch that was ever doubted, by two partial indexes: cost follows the doubts, not the history. */
export const EVER_DOUBTED = `(SELECT seq FROM punch WHERE doubts <> '[]' OR clock <> 'ok'
	UNION SELECT q.seq FROM punch_note n JOIN punch q ON q.id = n.punch_id WHERE n.kind IN ('not_me', 'mismatch'))`;

/** What the parts of a person's page are given, and who may change things there. */
import type { AuditRow } from "../../db/audit.ts";
import type { Card as CardRow } from "../../db/card.ts";
import type { Employee } from "../../db/employee.ts";
import type { KioskRow } from "../../db/kiosk.ts";
import type { Shift } from "../../db/shift.ts";
import type { LearnStatus } from "../../server/services/card-learning.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";

export interface HistoryRow extends AuditRow {
	readonly id: number;
	readonly actorName: string;
	readonly times: number;
}

export interface PersonPageProps {
	readonly rc: SignedInContext;
	readonly person: Employee;
	readonly departmentPath: string | null;
	/** The shift that counts, and where it comes from. */
	readonly shift: Shift | null;
	readonly cards: readonly CardRow[];
	readonly pinSetMs: number | null;
	readonly minDigits: number;
	readonly kiosks: readonly KioskRow[];
	readonly learning: LearnStatus;
	/** Newest first; `times` counts equal looks in a row. */
	readonly history: readonly HistoryRow[];
	/** May the viewer see more of the history than this? */
	readonly hasMore: boolean;
	readonly errors?: FieldErrors;
	/** Freshly drawn, to be shown this once. */
	readonly drawnPin?: string;
}

export const mayChange = (rc: SignedInContext): boolean => mayUse(rc.viewer.role, "POST", "/people/:id/edit");

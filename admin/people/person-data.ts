/** Gathers what a person's page shows. Reads only. */
import { findAccount } from "../../db/account.ts";
import { listAudit } from "../../db/audit.ts";
import { cardsOf } from "../../db/card.ts";
import { departmentPaths } from "../../db/department.ts";
import type { Employee } from "../../db/employee.ts";
import { kioskById, listKiosks } from "../../db/kiosk.ts";
import { pinSetMs } from "../../db/pin.ts";
import { assignedShift } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import type { CardLearning } from "../../server/services/card-learning.ts";
import { minPinDigits } from "../../server/services/pins.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { PersonPageProps } from "./person-view.ts";

const HISTORY_ROWS = 20;
/** Looks in a row by the same viewer count as one line, so more rows are read than shown. */
const ROWS_READ = 200;

export interface PersonDataDeps {
	readonly db: Db;
	readonly cardLearning: CardLearning;
}

export function personData(deps: PersonDataDeps, rc: SignedInContext, person: Employee): PersonPageProps {
	const { db, cardLearning } = deps;
	const rows = foldLooks(listAudit(db, { objectId: person.id, limit: ROWS_READ }));
	return {
		rc,
		person,
		departmentPath: (person.departmentId && departmentPaths(db).get(person.departmentId)) || null,
		shift: assignedShift(db, person.id),
		cards: cardsOf(db, person.id),
		pinSetMs: pinSetMs(db, person.id),
		minDigits: minPinDigits(db),
		kiosks: listKiosks(db).filter((kiosk) => kiosk.status === "active"),
		learning: cardLearning.status(person.id),
		history: rows
			.slice(0, HISTORY_ROWS)
			.map((row) => ({ ...row, actorName: actorName(db, rc, row.actorId) })),
		hasMore: rows.length > HISTORY_ROWS,
	};
}

type Row = ReturnType<typeof listAudit>[number];

/** Keeps the newest of several looks in a row by the same viewer, with their number. */
function foldLooks(rows: readonly Row[]): (Row & { readonly times: number })[] {
	const folded: (Row & { times: number })[] = [];
	for (const row of rows) {
		const last = folded.at(-1);
		const isAgain = row.seq === null && row.action === last?.action && row.actorId === last.actorId;
		if (isAgain) last.times++;
		else folded.push({ ...row, times: 1 });
	}
	return folded;
}

const actorName = (db: Db, rc: SignedInContext, id: string): string =>
	findAccount(db, id)?.name ?? kioskById(db, id)?.name ?? rc.t("people.history.box");

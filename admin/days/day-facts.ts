/** Gathers what the page of one person's day shows. Reads only. */
import { findAccount } from "../../db/account.ts";
import { type DayRow, dayOf } from "../../db/day.ts";
import { type DayListRow, listDay } from "../../db/day-list.ts";
import type { Employee } from "../../db/employee.ts";
import { kioskById } from "../../db/kiosk.ts";
import { notesOf, type PunchNoteRow, type PunchRow, punchesOfDay, punchPhoto } from "../../db/punch.ts";
import { assignedShift, type Shift, shiftById } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import { standingOf } from "../../server/attendance/punch-standing.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { minuteOn } from "./days-query.ts";
import type { PunchFacts } from "./punch-card.tsx";

export interface DayFacts {
	readonly person: Employee;
	readonly date: string;
	readonly day: DayRow | undefined;
	/** As the list shows it; undefined on days outside the person's employment. */
	readonly row: DayListRow | undefined;
	readonly shift: Shift | null;
	readonly punches: readonly PunchFacts[];
}

export function dayFacts(db: Db, rc: SignedInContext, person: Employee, date: string): DayFacts {
	const day = dayOf(db, person.id, date);
	const filter = { date, minute: minuteOn(date, rc), text: person.number, page: 0, pageSize: 100 };
	return {
		person,
		date,
		day,
		row: listDay(db, filter).rows.find((row) => row.employeeId === person.id),
		shift: (day?.shiftId ? shiftById(db, day.shiftId) : null) ?? assignedShift(db, person.id),
		punches: punchesOf(db, rc, person.id, date),
	};
}

function punchesOf(db: Db, rc: SignedInContext, employeeId: string, date: string): PunchFacts[] {
	const isOwn = findAccount(db, rc.viewer.id)?.employeeId === employeeId;
	return punchesOfDay(db, employeeId, date).map(({ notes: kinds, ...punch }) => {
		const notes = notesOf(db, punch.id);
		const marked = { doubted: punch.doubts.length > 0 || punch.clock !== "ok", notes: kinds };
		const kiosk = punch.deviceId ? kioskById(db, punch.deviceId) : undefined;
		return {
			punch,
			notes: notes.map((note) => ({ ...note, author: authorOf(db, rc, note) })),
			kiosk: kiosk ? [kiosk.name, kiosk.place].filter(Boolean).join(", ") : null,
			photo: photoOf(db, punch),
			standing: standingOf(marked),
			isOwn,
		};
	});
}

function photoOf(db: Db, { id, photoSha256, match }: PunchRow): PunchFacts["photo"] {
	if (!photoSha256) return match.photo === "no_room" ? "no_room" : "none";
	return punchPhoto(db, id) ? "there" : "erased";
}

/** The account's name, the kiosk's, or the box itself. */
function authorOf(db: Db, rc: SignedInContext, { madeBy }: PunchNoteRow): string {
	const [kind = "", id = ""] = madeBy.split(":");
	if (kind === "account") return findAccount(db, id)?.name ?? rc.t("punches.author.gone");
	if (kind === "kiosk") return kioskById(db, id)?.name ?? rc.t("punches.author.gone");
	return rc.t("punches.author.box");
}

/** Which person a face page is about, within the viewer's scope, and everything its pages show of them. Reads only. */
import { findAccount } from "../../db/account.ts";
import { type ConsentRow, consentsOf } from "../../db/consent.ts";
import { departmentsBelow } from "../../db/department.ts";
import { type Employee, employeeById } from "../../db/employee.ts";
import { type EnrolmentRow, enrolmentOf, type PhotoFacts, photosOf } from "../../db/enrolment.ts";
import { kioskById } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";
import { lookalikesOf } from "../../db/template.ts";
import type { RequestContext, Viewer } from "../../server/web/context.ts";

/** Null for people who do not exist and, alike, for those outside a manager's departments. */
export function visiblePerson(db: Db, viewer: Viewer, id: string): Employee | null {
	const person = employeeById(db, id);
	if (!person || viewer.role !== "manager") return person;
	const own = departmentsBelow(db, viewer.departmentIds);
	return person.departmentId && own.has(person.departmentId) ? person : null;
}

export interface FaceFacts {
	readonly person: Employee;
	readonly approved?: EnrolmentRow;
	readonly pending?: EnrolmentRow;
	/** Of the approved enrolment, else of the pending one. */
	readonly photos: readonly PhotoFacts[];
	readonly consent?: ConsentRow;
	/** Withdrawn or replaced ones, newest first. */
	readonly earlier: readonly ConsentRow[];
	readonly needsCard: boolean;
	readonly faceOn: boolean;
}

export function faceFacts(db: Db, person: Employee, faceOn: boolean): FaceFacts {
	const approved = enrolmentOf(db, person.id, "approved");
	const pending = enrolmentOf(db, person.id, "pending");
	const shown = approved ?? pending;
	const consents = consentsOf(db, person.id);
	return {
		person,
		approved,
		pending,
		photos: shown ? photosOf(db, shown.id) : [],
		consent: consents.find((row) => row.withdrawnMs === null),
		earlier: consents.filter((row) => row.withdrawnMs !== null),
		needsCard: lookalikesOf(db).has(person.id),
		faceOn,
	};
}

/** The name of the account or kiosk that recorded something. */
export function recorderName(db: Db, rc: RequestContext, id: string): string {
	const account = findAccount(db, id);
	if (account) return account.name;
	const kiosk = kioskById(db, id);
	return kiosk ? rc.t("enrol.consent.by_kiosk", { name: kiosk.name }) : rc.t("enrol.consent.by_unknown");
}

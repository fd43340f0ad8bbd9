/** Names of what the audit refers to by id. What is gone has no name any more: the log outlives it. */
import { findAccount } from "../../db/account.ts";
import { departmentPaths } from "../../db/department.ts";
import { employeeById } from "../../db/employee.ts";
import { kioskById } from "../../db/kiosk.ts";
import { makeupById } from "../../db/makeup.ts";
import { punchById } from "../../db/punch.ts";
import { shiftById } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";

/** A person together with a moment: of a punch or of a request. */
export interface PersonThen {
	readonly name: string | undefined;
	readonly atMs: number;
	readonly employeeId: string;
	readonly workDate?: string;
}

/** Each answers undefined when nothing of that id is left. */
export interface AuditNames {
	employee(id: string): string | undefined;
	account(id: string): string | undefined;
	kiosk(id: string): string | undefined;
	department(id: string): string | undefined;
	shift(id: string): string | undefined;
	punch(id: string): PersonThen | undefined;
	makeup(id: string): PersonThen | undefined;
}

export function auditNames(db: Db): AuditNames {
	let paths: Map<string, string> | undefined;
	const employee = (id: string): string | undefined => {
		const person = employeeById(db, id);
		return person ? `${person.name} · ${person.number}` : undefined;
	};
	return {
		employee,
		account: (id) => findAccount(db, id)?.name,
		kiosk: (id) => kioskById(db, id)?.name,
		department(id) {
			paths ??= departmentPaths(db);
			return paths.get(id);
		},
		shift: (id) => shiftById(db, id)?.name,
		punch(id) {
			const punch = punchById(db, id);
			if (!punch) return undefined;
			const { employeeId, atMs, workDate } = punch;
			return { name: employee(employeeId), atMs, employeeId, workDate };
		},
		makeup(id) {
			const request = makeupById(db, id);
			if (!request) return undefined;
			const { employeeId, claimedMs } = request;
			return { name: employee(employeeId), atMs: claimedMs, employeeId };
		},
	};
}

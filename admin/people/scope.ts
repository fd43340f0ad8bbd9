/** One person within what the viewer may see (`server/web/scope.ts`). */
import { departmentsBelow } from "../../db/department.ts";
import { type Employee, employeeById } from "../../db/employee.ts";
import type { Db } from "../../db/store.ts";
import type { Viewer } from "../../server/web/context.ts";
import { scopeOf } from "../../server/web/scope.ts";

export function maySee(db: Db, viewer: Viewer, person: Pick<Employee, "departmentId">): boolean {
	const scope = scopeOf(viewer);
	if (!scope) return true;
	return person.departmentId !== null && departmentsBelow(db, scope).has(person.departmentId);
}

/** Null for people who do not exist and, alike, for those the viewer may not see. */
export function visiblePerson(db: Db, viewer: Viewer, id: string): Employee | null {
	const person = employeeById(db, id);
	return person && maySee(db, viewer, person) ? person : null;
}

/** Departments as choices of a select, indented by their place in the tree. */
import type { DepartmentNode } from "../../db/department.ts";
import { departmentTree } from "../../db/department.ts";
import type { Db } from "../../db/store.ts";
import { localDate } from "../../server/base/units.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { Choice } from "../frame/form-field.tsx";
import { maySee } from "./scope.ts";

/** The departments the viewer may see, parents first. */
export const visibleDepartments = (db: Db, rc: SignedInContext): DepartmentNode[] =>
	departmentTree(db, localDate(rc.nowMs, rc.zone)).filter((node) =>
		maySee(db, rc.viewer, { departmentId: node.id }),
	);

/** Indented by no-break spaces: browsers drop ordinary ones in an option. */
export const departmentChoices = (nodes: readonly DepartmentNode[]): Choice[] =>
	nodes.map((node) => ({ value: node.id, label: `${"\u00a0\u00a0\u00a0".repeat(node.depth)}${node.name}` }));

/** What a viewer may see of the people: everybody, or a manager's departments. The services check it again. */
import type { Decider } from "../services/deciding.ts";
import type { SignedInContext, Viewer } from "./context.ts";

/** A manager's departments; undefined for roles that see everybody. */
export const scopeOf = (viewer: Viewer): readonly string[] | undefined =>
	viewer.role === "manager" ? viewer.departmentIds : undefined;

export const deciderOf = ({ viewer }: SignedInContext): Decider => ({
	accountId: viewer.id,
	departmentIds: scopeOf(viewer),
});

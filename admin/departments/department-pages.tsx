/** Routes of the departments: the tree with its people, one form for adding and changing, removal when empty. */
import { Elysia } from "elysia";
import { type Department, departmentById } from "../../db/department.ts";
import { listShifts } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, notFound } from "../../server/base/app-error.ts";
import type { DepartmentInput, Departments } from "../../server/services/departments.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { asFieldErrors, rawValue } from "../../server/web/forms.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { visibleDepartments } from "../people/department-choices.ts";
import { DepartmentForm } from "./department-form.tsx";
import { DepartmentList } from "./department-list.tsx";

export interface DepartmentPagesDeps {
	readonly db: Db;
	readonly departments: Departments;
}

const HOME = "/people/departments";

export const departmentPages = (deps: DepartmentPagesDeps) =>
	new Elysia({ name: "departments" })
		.get(HOME, ({ request }) => showList(deps, signedIn(request)))
		.get(`${HOME}/new`, ({ request, query }) => {
			const parentId = rawValue(query, "parent") || null;
			return showForm(deps, signedIn(request), null, { name: "", parentId, shiftId: null });
		})
		.post(`${HOME}/new`, async ({ request, body }) => {
			const rc = signedIn(request);
			const values = readForm(body);
			const result = await deps.departments.create(values, byOf(rc));
			if (!result.ok) return showForm(deps, rc, null, values, result.error);
			return goTo(rc, HOME, { flash: "departments.flash.added" });
		})
		.get(`${HOME}/:id`, ({ request, params }) => {
			const row = departmentById(deps.db, params.id);
			if (!row) return errorAnswer(request, notFound("departments.not_found"));
			return showForm(deps, signedIn(request), row, row);
		})
		.post(`${HOME}/:id`, async ({ request, params, body }) => {
			const rc = signedIn(request);
			const row = departmentById(deps.db, params.id);
			if (!row) return errorAnswer(request, notFound("departments.not_found"));
			const values = readForm(body);
			const result = await deps.departments.change(row.id, values, byOf(rc));
			if (!result.ok) return showForm(deps, rc, row, values, result.error);
			return goTo(rc, HOME, { flash: "app.saved" });
		})
		.post(`${HOME}/:id/remove`, async ({ request, params }) => {
			const rc = signedIn(request);
			const result = await deps.departments.remove(params.id, byOf(rc));
			return result.ok
				? goTo(rc, HOME, { flash: "departments.flash.removed" })
				: errorAnswer(request, result.error);
		});

const readForm = (body: unknown): DepartmentInput => ({
	name: rawValue(body, "name"),
	parentId: rawValue(body, "parentId") || null,
	shiftId: rawValue(body, "shiftId") || null,
});

function showList({ db }: DepartmentPagesDeps, rc: SignedInContext): Response {
	const shifts = new Map(listShifts(db).map((shift) => [shift.id, shift.name]));
	return page(rc, <DepartmentList rc={rc} nodes={visibleDepartments(db, rc)} shifts={shifts} />);
}

function showForm(
	{ db }: DepartmentPagesDeps,
	rc: SignedInContext,
	row: Department | null,
	values: DepartmentInput,
	error?: AppError,
): Response {
	const errors = error && asFieldErrors(error, "name");
	const lists = { nodes: visibleDepartments(db, rc), shifts: listShifts(db) };
	const tree = <DepartmentForm rc={rc} row={row} values={values} errors={errors} {...lists} />;
	return page(rc, tree, error ? statusOf(error) : 200);
}

/** Routes of the staff list: list, export, adding and changing people. One person's page has its own routes. */
import { Elysia } from "elysia";
import type { Employee } from "../../db/employee.ts";
import { listEmployees } from "../../db/employee-list.ts";
import { listShifts } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import type { AppError } from "../../server/base/app-error.ts";
import { notFound } from "../../server/base/app-error.ts";
import { localDate } from "../../server/base/units.ts";
import type { EmployeeInput, Employees } from "../../server/services/employees.ts";
import type { Looks } from "../../server/services/looks.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { asFieldErrors } from "../../server/web/forms.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { scopeOf } from "../../server/web/scope.ts";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { departmentChoices, visibleDepartments } from "./department-choices.ts";
import { exportStaff } from "./people-export.ts";
import { filterOf, PAGE_SIZE, readListQuery } from "./people-filter.ts";
import { PeopleList } from "./people-list.tsx";
import { PersonForm, readPersonForm } from "./person-form.tsx";
import { visiblePerson } from "./scope.ts";

export interface PeoplePagesDeps {
	readonly db: Db;
	readonly employees: Employees;
	readonly looks: Looks;
}

export const peoplePages = (deps: PeoplePagesDeps) =>
	new Elysia({ name: "people" })
		.get("/people", async ({ request, query }) => {
			const rc = signedIn(request);
			await deps.looks.atReport("staff", {}, byOf(rc));
			return showList(deps, rc, query);
		})
		.get("/people/export", ({ request, query }) => exportStaff(deps, signedIn(request), query))
		.get("/people/new", ({ request }) => {
			const rc = signedIn(request);
			return showForm(deps, rc, null, blank(rc));
		})
		.post("/people/new", async ({ request, body }) => {
			const rc = signedIn(request);
			const values = readPersonForm(body);
			const result = await deps.employees.create(values, byOf(rc));
			if (!result.ok) return showForm(deps, rc, null, values, result.error);
			return goTo(rc, `/people/${result.value.id}`, { flash: "people.flash.added" });
		})
		.get("/people/:id/edit", async ({ request, params }) => {
			const rc = signedIn(request);
			const person = visiblePerson(deps.db, rc.viewer, params.id);
			if (!person) return errorAnswer(request, notFound("people.not_found"));
			await deps.looks.atPerson(person.id, byOf(rc));
			return showForm(deps, rc, person, person);
		})
		.post("/people/:id/edit", async ({ request, params, body }) => {
			const rc = signedIn(request);
			const person = visiblePerson(deps.db, rc.viewer, params.id);
			if (!person) return errorAnswer(request, notFound("people.not_found"));
			const values = readPersonForm(body);
			const result = await deps.employees.change(person.id, values, byOf(rc));
			if (!result.ok) return showForm(deps, rc, person, values, result.error);
			return goTo(rc, `/people/${person.id}`, { flash: "app.saved" });
		});

const blank = (rc: SignedInContext): EmployeeInput => ({
	number: "",
	name: "",
	departmentId: null,
	shiftId: null,
	joinedOn: localDate(rc.nowMs, rc.zone),
});

function showList({ db }: PeoplePagesDeps, rc: SignedInContext, raw: unknown): Response {
	const asked = readListQuery(raw);
	const first = listEmployees(db, filterOf(rc, asked));
	const last = Math.max(1, Math.ceil(first.total / PAGE_SIZE));
	const query = asked.page > last ? { ...asked, page: last } : asked;
	const list = query === asked ? first : listEmployees(db, filterOf(rc, query));
	const isNew = list.total === 0 && isEmpty(db, rc);
	const departments = visibleDepartments(db, rc);
	return page(rc, <PeopleList rc={rc} query={query} list={list} departments={departments} isNew={isNew} />);
}

const isEmpty = (db: Db, rc: SignedInContext): boolean =>
	listEmployees(db, {
		status: "all",
		departmentIds: scopeOf(rc.viewer),
		today: localDate(rc.nowMs, rc.zone),
		page: 0,
		pageSize: 0,
	}).total === 0;

function showForm(
	{ db }: PeoplePagesDeps,
	rc: SignedInContext,
	person: Employee | null,
	values: EmployeeInput,
	error?: AppError,
): Response {
	const choices = { departments: departmentChoices(visibleDepartments(db, rc)), shifts: listShifts(db) };
	const errors = error && asFieldErrors(error, "number");
	const tree = <PersonForm rc={rc} person={person} values={values} errors={errors} {...choices} />;
	return page(rc, tree, error ? statusOf(error) : 200);
}

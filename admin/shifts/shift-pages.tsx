/** Routes of the shifts: list with the site's default, one form for adding and changing, removal when unused. */
import { Elysia } from "elysia";
import { defaultShiftId, listShifts, peoplePerShift, type Shift, shiftById } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, notFound } from "../../server/base/app-error.ts";
import { localDate } from "../../server/base/units.ts";
import type { Shifts } from "../../server/services/shifts.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { asFieldErrors, type FieldErrors, rawValue } from "../../server/web/forms.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { ShiftForm } from "./shift-form.tsx";
import { ShiftList } from "./shift-list.tsx";
import { BLANK_SHIFT, readShiftForm, type ShiftValues, valuesOf } from "./shift-values.ts";

export interface ShiftPagesDeps {
	readonly db: Db;
	readonly shifts: Shifts;
}

const HOME = "/people/shifts";

export const shiftPages = (deps: ShiftPagesDeps) =>
	new Elysia({ name: "shifts" })
		.get(HOME, ({ request }) => showList(deps, signedIn(request)))
		.get(`${HOME}/new`, ({ request }) => showForm(signedIn(request), null, BLANK_SHIFT))
		.post(`${HOME}/new`, ({ request, body }) => save(deps, request, null, body))
		.post(`${HOME}/default`, async ({ request, body }) => {
			const rc = signedIn(request);
			const result = await deps.shifts.setDefault(rawValue(body, "shiftId") || null, byOf(rc));
			return result.ok ? goTo(rc, HOME, { flash: "app.saved" }) : errorAnswer(request, result.error);
		})
		.get(`${HOME}/:id`, ({ request, params }) => {
			const shift = shiftById(deps.db, params.id);
			if (!shift) return errorAnswer(request, notFound("shifts.not_found"));
			return showForm(signedIn(request), shift, valuesOf(shift));
		})
		.post(`${HOME}/:id`, ({ request, params, body }) => {
			const shift = shiftById(deps.db, params.id);
			if (!shift) return errorAnswer(request, notFound("shifts.not_found"));
			return save(deps, request, shift, body);
		})
		.post(`${HOME}/:id/remove`, async ({ request, params }) => {
			const rc = signedIn(request);
			const result = await deps.shifts.remove(params.id, byOf(rc));
			return result.ok
				? goTo(rc, HOME, { flash: "shifts.flash.removed" })
				: errorAnswer(request, result.error);
		});

async function save(
	{ shifts }: ShiftPagesDeps,
	request: Request,
	shift: Shift | null,
	body: unknown,
): Promise<Response> {
	const rc = signedIn(request);
	const { values, input } = readShiftForm(body);
	if (!input.ok) return showForm(rc, shift, values, { errors: input.error, status: 422 });
	const by = byOf(rc);
	const result = shift
		? await shifts.change(shift.id, input.value, by)
		: await shifts.create(input.value, by);
	if (!result.ok) return showForm(rc, shift, values, shown(result.error));
	return goTo(rc, HOME, { flash: shift ? "app.saved" : "shifts.flash.added" });
}

interface Shown {
	readonly errors?: FieldErrors;
	readonly status?: number;
}

const shown = (error: AppError): Shown => ({ errors: asFieldErrors(error, "name"), status: statusOf(error) });

const showForm = (
	rc: SignedInContext,
	shift: Shift | null,
	values: ShiftValues,
	{ errors, status }: Shown = {},
): Response => page(rc, <ShiftForm rc={rc} shift={shift} values={values} errors={errors} />, status);

function showList({ db }: ShiftPagesDeps, rc: SignedInContext): Response {
	const people = peoplePerShift(db, localDate(rc.nowMs, rc.zone));
	const list = { shifts: listShifts(db), people, defaultId: defaultShiftId(db) };
	return page(rc, <ShiftList rc={rc} {...list} />);
}

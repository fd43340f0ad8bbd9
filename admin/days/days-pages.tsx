/** Routes of the day list, one person's day and month, the files, and decisions on punches with their photos. */
import { Elysia } from "elysia";
import { daysOf } from "../../db/day.ts";
import { countDay, listDay } from "../../db/day-list.ts";
import type { Db } from "../../db/store.ts";
import { invalid, notFound } from "../../server/base/app-error.ts";
import { localDate } from "../../server/base/units.ts";
import { CSV_TYPE, writeCsv } from "../../server/exports/csv.ts";
import { safeFileName } from "../../server/exports/table.ts";
import { writeXlsx, XLSX_TYPE } from "../../server/exports/xlsx.ts";
import type { Deciding } from "../../server/services/deciding.ts";
import type { EvidencePhotos } from "../../server/services/evidence-photos.ts";
import type { Looks } from "../../server/services/looks.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { date as dateField, rawValue } from "../../server/web/forms.ts";
import { fragment, goTo, page, safePath } from "../../server/web/render.tsx";
import { deciderOf } from "../../server/web/scope.ts";
import { failed } from "../../server/web/status.tsx";
import { PlainLayout } from "../frame/plain-layout.tsx";
import { visibleDepartments } from "../people/department-choices.ts";
import { visiblePerson } from "../people/scope.ts";
import { dayFacts } from "./day-facts.ts";
import { dayTable, FILE_MAX } from "./day-file.ts";
import { DayView } from "./day-view.tsx";
import { filterOf, readDaysQuery } from "./days-query.ts";
import { DaysView } from "./days-view.tsx";
import { PersonMonth } from "./person-month.tsx";

export interface DaysDeps {
	readonly store: Db;
	readonly looks: Looks;
	readonly deciding: Pick<Deciding, "confirmPunch" | "voidPunch">;
	readonly photos: EvidencePhotos;
}

export const daysPages = (deps: DaysDeps) =>
	new Elysia({ name: "days" })
		.get("/days", ({ request, query }) => showDays(deps, signedIn(request), query))
		.get("/days.xlsx", ({ request, query }) => sendFile(deps, signedIn(request), query, "xlsx"))
		.get("/days.csv", ({ request, query }) => sendFile(deps, signedIn(request), query, "csv"))
		.get("/days/:date/:id", ({ request, params }) => showDay(deps, request, params))
		.get("/people/:id/days", ({ request, params, query }) => showMonth(deps, request, params.id, query))
		.get("/punches/:id/photo", ({ request, params, query }) => showPhoto(deps, request, params.id, query))
		.post("/punches/:id/confirm", ({ request, params, body }) =>
			decide(deps, request, params.id, body, "confirm"),
		)
		.post("/punches/:id/void", ({ request, params, body }) => decide(deps, request, params.id, body, "void"));

async function showDays({ store, looks }: DaysDeps, rc: SignedInContext, raw: unknown): Promise<Response> {
	const query = readDaysQuery(raw, rc);
	const filter = filterOf(rc, query);
	await looks.atReport("days", { date: query.date }, byOf(rc));
	return page(
		rc,
		<DaysView
			rc={rc}
			query={query}
			{...listDay(store, filter)}
			counts={countDay(store, filter)}
			departments={visibleDepartments(store, rc)}
		/>,
	);
}

async function sendFile(
	{ store, looks }: DaysDeps,
	rc: SignedInContext,
	raw: unknown,
	kind: "xlsx" | "csv",
): Promise<Response> {
	const query = { ...readDaysQuery(raw, rc), page: 1 };
	const { rows } = listDay(store, filterOf(rc, query, FILE_MAX));
	const table = dayTable(rc, query.date, rows);
	const bytes = kind === "xlsx" ? await writeXlsx(table) : writeCsv(table);
	await looks.exported(`day-list-${kind}`, rows.length, byOf(rc));
	const name = safeFileName(`${rc.siteName} ${query.date}.${kind}`);
	return new Response(bytes, {
		headers: {
			"content-type": kind === "xlsx" ? XLSX_TYPE : CSV_TYPE,
			"content-disposition": `attachment; filename="days-${query.date}.${kind}"; filename*=UTF-8''${encodeURIComponent(name)}`,
			"cache-control": "no-store",
		},
	});
}

async function showDay(
	{ store, looks }: DaysDeps,
	request: Request,
	params: { readonly date: string; readonly id: string },
): Promise<Response> {
	const rc = signedIn(request);
	const date = dateField()([params.date], "date");
	const person = visiblePerson(store, rc.viewer, params.id);
	if (!date.ok || !person) return failed(request, notFound("punches.day_not_found"));
	await looks.atPerson(person.id, byOf(rc));
	return page(rc, <DayView rc={rc} {...dayFacts(store, rc, person, date.value)} />);
}

async function showMonth(
	{ store, looks }: DaysDeps,
	request: Request,
	id: string,
	query: unknown,
): Promise<Response> {
	const rc = signedIn(request);
	const person = visiblePerson(store, rc.viewer, id);
	if (!person) return failed(request, notFound("punches.day_not_found"));
	const wanted = rawValue(query, "month");
	const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(wanted) ? wanted : localDate(rc.nowMs, rc.zone).slice(0, 7);
	const days = daysOf(store, person.id, `${month}-01`, `${month}-31`);
	await looks.atPerson(person.id, byOf(rc));
	const part = <PersonMonth rc={rc} person={person} month={month} days={days} />;
	if (rc.fragment) return fragment(part);
	return page(
		rc,
		<PlainLayout rc={rc} title={person.name} width="wide">
			{part}
		</PlainLayout>,
	);
}

async function showPhoto(
	{ photos }: DaysDeps,
	request: Request,
	id: string,
	query: unknown,
): Promise<Response> {
	const rc = signedIn(request);
	const size = rawValue(query, "size") === "thumb" ? "thumb" : "full";
	const jpeg = await photos.look(id, size, deciderOf(rc), byOf(rc));
	if (!jpeg.ok) return failed(request, jpeg.error);
	return new Response(jpeg.value, {
		headers: {
			"content-type": "image/jpeg",
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
			"content-disposition": "inline",
		},
	});
}

async function decide(
	{ deciding }: DaysDeps,
	request: Request,
	id: string,
	body: unknown,
	act: "confirm" | "void",
): Promise<Response> {
	const rc = signedIn(request);
	const reason = rawValue(body, "reason");
	if (reason.length > 2_000) return failed(request, invalid("punches.reason_long", "reason"));
	const done =
		act === "confirm"
			? await deciding.confirmPunch(id, reason, deciderOf(rc), byOf(rc))
			: await deciding.voidPunch(id, reason, deciderOf(rc), byOf(rc));
	if (!done.ok) return failed(request, done.error);
	const flash = act === "confirm" ? "punches.confirmed" : "punches.voided";
	return goTo(rc, safePath(rawValue(body, "back"), "/doubts"), { flash });
}

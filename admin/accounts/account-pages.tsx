/** Routes of the owner's work on accounts. */
import { Elysia } from "elysia";
import { type AccountRow, departmentIdsOf, findAccount } from "../../db/account.ts";
import { departmentPaths } from "../../db/department.ts";
import { employeeById } from "../../db/employee.ts";
import { listSessions } from "../../db/session.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, notFound } from "../../server/base/app-error.ts";
import type { Result } from "../../server/base/result.ts";
import { LANGS } from "../../server/base/translate.ts";
import { type Accounts, INVITE_MS, type Invited } from "../../server/services/accounts.ts";
import { byOf, signedIn } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import {
	asFieldErrors,
	type FieldErrors,
	oneOf,
	parseForm,
	rawValue,
	rawValues,
	text,
} from "../../server/web/forms.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { ACCOUNT_FORM } from "./account-form.tsx";
import { AccountListView, accountItem, accountItems } from "./account-list.tsx";
import { AccountView } from "./account-view.tsx";
import { InviteView, LinkView } from "./invite-view.tsx";

export interface AccountPagesDeps {
	readonly db: Db;
	readonly accounts: Accounts;
}

export const accountPages = (deps: AccountPagesDeps) =>
	new Elysia({ name: "accounts" })
		.get("/accounts", ({ request }) => {
			const rc = signedIn(request);
			return page(rc, <AccountListView rc={rc} items={accountItems(deps.db)} />);
		})
		.get("/accounts/new", ({ request }) => showInvite(deps, request, {}))
		.post("/accounts/new", ({ request, body }) => takeInvite(deps, request, body))
		.get("/accounts/:id", ({ request, params }) => showAccount(deps, request, params.id))
		.post("/accounts/:id", ({ request, params, body }) => takeChange(deps, request, params.id, body))
		.post("/accounts/:id/disable", ({ request, params }) =>
			act(deps, request, params.id, "accounts.disabled", (by) => deps.accounts.disable(params.id, by)),
		)
		.post("/accounts/:id/enable", ({ request, params }) =>
			act(deps, request, params.id, "accounts.enabled", (by) => deps.accounts.enable(params.id, by)),
		)
		.post("/accounts/:id/sessions/end", ({ request, params }) =>
			act(deps, request, params.id, "accounts.sessions.ended", (by) =>
				deps.accounts.endSessions(params.id, by),
			),
		)
		.post("/accounts/:id/reset", ({ request, params }) => takeReset(deps, request, params.id));

const INVITE_FORM = { ...ACCOUNT_FORM, login: text({ min: 2, max: 64 }), lang: oneOf(LANGS) };

const departmentsOf = (db: Db) => [...departmentPaths(db)].map(([id, name]) => ({ id, name }));

interface Refusal {
	readonly errors?: FieldErrors;
	readonly error?: AppError;
}

function showInvite(
	{ db }: AccountPagesDeps,
	request: Request,
	body: unknown,
	errors?: FieldErrors,
): Response {
	const rc = signedIn(request);
	const values = {
		...valuesOf(body),
		login: rawValue(body, "login"),
		role: rawValue(body, "role") || "hr",
		lang: rawValue(body, "lang") || rc.lang,
	};
	const view = <InviteView rc={rc} values={values} departments={departmentsOf(db)} errors={errors} />;
	return page(rc, view, errors ? 422 : 200);
}

async function takeInvite(deps: AccountPagesDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, INVITE_FORM);
	if (!form.ok) return showInvite(deps, request, body, form.error);
	const result = await deps.accounts.invite(form.value, byOf(rc));
	if (!result.ok) return showInvite(deps, request, body, asFieldErrors(result.error, "login"));
	return showLink(request, form.value.name, result.value);
}

/** The link names the address that the owner used, since that one is known to work. */
function showLink(request: Request, name: string, { id, token }: Invited): Response {
	const rc = signedIn(request);
	const link = `${new URL(request.url).origin}/invite/${token}`;
	const ends = dayAndTime(rc.nowMs + INVITE_MS, rc);
	return page(rc, <LinkView rc={rc} name={name} link={link} ends={ends} accountId={id} />);
}

const valuesOf = (body: unknown) => ({
	name: rawValue(body, "name"),
	role: rawValue(body, "role"),
	departmentIds: rawValues(body, "departmentIds"),
	employeeNumber: rawValue(body, "employeeNumber"),
});

const storedValues = (db: Db, { id, name, role, employeeId }: AccountRow) => ({
	name,
	role,
	departmentIds: departmentIdsOf(db, id),
	employeeNumber: (employeeId && employeeById(db, employeeId)?.number) || "",
});

function showAccount(
	{ db }: AccountPagesDeps,
	request: Request,
	id: string,
	refusal: Refusal = {},
	body?: unknown,
): Response {
	const rc = signedIn(request);
	const account = findAccount(db, id);
	if (!account) return errorAnswer(request, notFound("accounts.not_found"));
	const values = body ? valuesOf(body) : storedValues(db, account);
	const shown = { rc, values, departments: departmentsOf(db), sessions: listSessions(db, id), ...refusal };
	const status = refusal.error ? statusOf(refusal.error) : refusal.errors ? 422 : 200;
	return page(rc, <AccountView {...shown} item={accountItem(db, account)} />, status);
}

async function takeChange(
	deps: AccountPagesDeps,
	request: Request,
	id: string,
	body: unknown,
): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, ACCOUNT_FORM);
	if (!form.ok) return showAccount(deps, request, id, { errors: form.error }, body);
	const result = await deps.accounts.change(id, form.value, byOf(rc));
	if (result.ok) return goTo(rc, `/accounts/${id}`, { flash: "app.saved" });
	const { error } = result;
	return showAccount(deps, request, id, error.field ? { errors: asFieldErrors(error) } : { error }, body);
}

async function act(
	deps: AccountPagesDeps,
	request: Request,
	id: string,
	flash: MessageKey,
	work: (by: ReturnType<typeof byOf>) => Promise<Result<void>>,
): Promise<Response> {
	const rc = signedIn(request);
	const result = await work(byOf(rc));
	return result.ok
		? goTo(rc, `/accounts/${id}`, { flash })
		: showAccount(deps, request, id, { error: result.error });
}

async function takeReset(deps: AccountPagesDeps, request: Request, id: string): Promise<Response> {
	const rc = signedIn(request);
	const result = await deps.accounts.reset(id, byOf(rc));
	if (!result.ok) return showAccount(deps, request, id, { error: result.error });
	return showLink(request, findAccount(deps.db, id)?.name ?? "", result.value);
}

/** Routes of signing in and out. */
import { Elysia } from "elysia";
import { forbidden, invalid } from "../../server/base/app-error.ts";
import type { Passkeys } from "../../server/services/passkeys.ts";
import type { Sessions } from "../../server/services/sessions.ts";
import type { SignIn } from "../../server/services/sign-in.ts";
import { contextOf, originOf } from "../../server/web/context.ts";
import { clearCookie, readCookie, SESSION_COOKIE, setCookie } from "../../server/web/cookies.ts";
import { asFieldErrors, parseForm, rawValue, secret, text } from "../../server/web/forms.ts";
import { partyOf } from "../../server/web/relying-party.ts";
import { goTo, json, page, safePath } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { enter, enterJson, TICKET_COOKIE } from "./login-forms.ts";
import { CodeView, LoginView } from "./login-view.tsx";
import { readAnswer } from "./passkey-answer.ts";

export interface LoginDeps {
	readonly signIn: SignIn;
	readonly sessions: Sessions;
	readonly passkeys: Passkeys;
}

export const loginPages = (deps: LoginDeps) =>
	new Elysia({ name: "login" })
		.get("/login", ({ request, query }) => showLogin(request, query))
		.post("/login", ({ request, body }) => takePassword(deps, request, body))
		.get("/login/code", ({ request, query }) => showCode(deps, request, query))
		.post("/login/code", ({ request, body }) => takeCode(deps, request, body, "code"))
		.post("/login/recovery", ({ request, body }) => takeCode(deps, request, body, "recovery"))
		.post("/login/passkey/options", ({ request }) => askPasskey(deps, request))
		.post("/login/passkey", ({ request, body }) => takePasskey(deps, request, body))
		.post("/logout", ({ request }) => signOut(deps, request));

const LOGIN_FORM = { login: text({ max: 64 }), password: secret() };

function showLogin(request: Request, query: unknown): Response {
	const rc = contextOf(request);
	const next = safePath(rawValue(query, "next"), "/");
	if (rc.viewer) return goTo(rc, next);
	return page(rc, <LoginView rc={rc} next={next} hasPasskeys={partyOf(request, "") !== undefined} />);
}

async function takePassword(deps: LoginDeps, request: Request, body: unknown): Promise<Response> {
	const rc = contextOf(request);
	const next = safePath(rawValue(body, "next"), "/");
	const shared = {
		rc,
		next,
		login: rawValue(body, "login"),
		hasPasskeys: partyOf(request, "") !== undefined,
	};
	const form = parseForm(body, LOGIN_FORM);
	if (!form.ok) return page(rc, <LoginView {...shared} errors={form.error} />, 422);
	const { login, password } = form.value;
	const result = await deps.signIn.password(login, password, originOf(request, rc));
	if (result.ok)
		return goTo(rc, `/login/code?next=${encodeURIComponent(next)}`, {
			cookies: [setCookie(TICKET_COOKIE, result.value, 300)],
		});
	const { error } = result;
	const shown = error.field ? { errors: asFieldErrors(error) } : { error };
	return withWait(page(rc, <LoginView {...shared} {...shown} />, statusOf(error)), error.vars?.seconds);
}

function withWait(response: Response, seconds: string | number | undefined): Response {
	if (response.status === 429) response.headers.set("retry-after", String(seconds ?? 5));
	return response;
}

function showCode({ signIn }: LoginDeps, request: Request, query: unknown): Response {
	const rc = contextOf(request);
	const next = safePath(rawValue(query, "next"), "/");
	const step = signIn.secondStep(readCookie(request, TICKET_COOKIE) ?? "");
	if (!step) return goTo(rc, `/login?next=${encodeURIComponent(next)}`);
	return page(
		rc,
		<CodeView rc={rc} next={next} step={step} canPasskey={partyOf(request, "") !== undefined} />,
	);
}

async function takeCode(
	{ signIn }: LoginDeps,
	request: Request,
	body: unknown,
	method: "code" | "recovery",
): Promise<Response> {
	const rc = contextOf(request);
	const next = safePath(rawValue(body, "next"), "/");
	const ticket = readCookie(request, TICKET_COOKIE) ?? "";
	const step = signIn.secondStep(ticket);
	if (!step) return errorAnswer(request, forbidden("login.ticket_over"));
	const result = await signIn.finish(
		ticket,
		method,
		rawValue(body, method).slice(0, 100),
		originOf(request, rc),
	);
	if (result.ok) return enter(rc, result.value, next);
	const { error } = result;
	const shown = error.field ? { errors: asFieldErrors(error) } : { error };
	const canPasskey = partyOf(request, "") !== undefined;
	const view = <CodeView rc={rc} next={next} step={step} canPasskey={canPasskey} {...shown} />;
	return withWait(page(rc, view, statusOf(error)), error.vars?.seconds);
}

async function askPasskey({ passkeys }: LoginDeps, request: Request): Promise<Response> {
	const party = partyOf(request, contextOf(request).siteName);
	return party ? json(await passkeys.ask(party)) : errorAnswer(request, invalid("login.passkey_refused"));
}

async function takePasskey({ signIn }: LoginDeps, request: Request, body: unknown): Promise<Response> {
	const rc = contextOf(request);
	const party = partyOf(request, rc.siteName);
	const answer = readAnswer(body);
	if (!party || !answer) return errorAnswer(request, invalid("login.passkey_refused"));
	const result = await signIn.passkey(party, answer, originOf(request, rc));
	return result.ok ? enterJson(result.value, rawValue(body, "next")) : errorAnswer(request, result.error);
}

async function signOut({ sessions }: LoginDeps, request: Request): Promise<Response> {
	const rc = contextOf(request);
	const token = readCookie(request, SESSION_COOKIE);
	if (token) await sessions.end(token);
	const cookies = [clearCookie(SESSION_COOKIE), clearCookie(TICKET_COOKIE)];
	return goTo(rc, "/login", { cookies, flash: "login.signed_out" });
}

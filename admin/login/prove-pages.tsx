/** Routes of proving oneself again before a sensitive act. */
import { Elysia } from "elysia";
import { findAccount, listPasskeys } from "../../db/account.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, invalid } from "../../server/base/app-error.ts";
import type { Passkeys } from "../../server/services/passkeys.ts";
import type { SignIn } from "../../server/services/sign-in.ts";
import { signedIn } from "../../server/web/context.ts";
import {
	asFieldErrors,
	type FieldErrors,
	parseForm,
	rawValue,
	secret,
	text,
} from "../../server/web/forms.ts";
import { partyOf } from "../../server/web/relying-party.ts";
import { json, page, safePath } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { enter, enterJson } from "./login-forms.ts";
import { ProveView } from "./login-view.tsx";
import { readAnswer } from "./passkey-answer.ts";

export interface ProveDeps {
	readonly db: Db;
	readonly signIn: SignIn;
	readonly passkeys: Passkeys;
}

export const provePages = (deps: ProveDeps) =>
	new Elysia({ name: "prove" })
		.get("/prove", ({ request, query }) => show(deps, request, query))
		.post("/prove", ({ request, body }) => take(deps, request, body))
		.post("/prove/passkey/options", ({ request }) => ask(deps, request))
		.post("/prove/passkey", ({ request, body }) => takePasskey(deps, request, body));

const FORM = { password: secret(), code: text({ max: 10 }) };

interface Shown {
	readonly errors?: FieldErrors;
	readonly error?: AppError;
}

function show({ db }: ProveDeps, request: Request, from: unknown, shown: Shown = {}, status = 200): Response {
	const rc = signedIn(request);
	const account = findAccount(db, rc.viewer.id);
	const step = {
		totp: account?.totpSealed != null && account.passwordHash !== null,
		passkey: listPasskeys(db, rc.viewer.id).length > 0,
		recovery: false,
	};
	const next = safePath(rawValue(from, "next"), "/");
	const canPasskey = partyOf(request, "") !== undefined;
	return page(rc, <ProveView rc={rc} next={next} step={step} canPasskey={canPasskey} {...shown} />, status);
}

async function take(deps: ProveDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, FORM);
	if (!form.ok) return show(deps, request, body, { errors: form.error }, 422);
	const result = await deps.signIn.prove(rc.session, form.value.password, form.value.code);
	if (result.ok) return enter(rc, result.value, rawValue(body, "next"));
	const { error } = result;
	return show(
		deps,
		request,
		body,
		error.field ? { errors: asFieldErrors(error) } : { error },
		statusOf(error),
	);
}

async function ask({ passkeys }: ProveDeps, request: Request): Promise<Response> {
	const party = partyOf(request, signedIn(request).siteName);
	return party ? json(await passkeys.ask(party)) : errorAnswer(request, invalid("login.passkey_refused"));
}

async function takePasskey({ signIn }: ProveDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const party = partyOf(request, rc.siteName);
	const answer = readAnswer(body);
	if (!party || !answer) return errorAnswer(request, invalid("login.passkey_refused"));
	const result = await signIn.provePasskey(rc.session, party, answer);
	return result.ok ? enterJson(result.value, rawValue(body, "next")) : errorAnswer(request, result.error);
}

/** Routes of the steps before the box has an owner. A ticket in a cookie stands for the code of the console. */
import { Elysia } from "elysia";
import type { Db } from "../../db/store.ts";
import { type AppError, forbidden, invalid } from "../../server/base/app-error.ts";
import { LANGS } from "../../server/base/translate.ts";
import type { FirstRun } from "../../server/services/first-run.ts";
import type { Passkeys } from "../../server/services/passkeys.ts";
import { readSite, type Site } from "../../server/services/site.ts";
import type { TotpEnrolment } from "../../server/services/totp-enrolment.ts";
import { contextOf, originOf } from "../../server/web/context.ts";
import { clearCookie, readCookie, SESSION_COOKIE, setCookie } from "../../server/web/cookies.ts";
import {
	asFieldErrors,
	type FieldErrors,
	oneOf,
	parseForm,
	rawValue,
	secret,
	text,
} from "../../server/web/forms.ts";
import { partyOf } from "../../server/web/relying-party.ts";
import { goTo, json, page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { enterJson } from "../login/login-forms.ts";
import { readAnswer } from "../login/passkey-answer.ts";
import { CodeStep, FactorStep, OwnerStep, SiteStep } from "./claim-views.tsx";

export interface ClaimDeps {
	readonly db: Db;
	readonly firstRun: FirstRun;
	readonly site: Site;
	readonly enrolment: TotpEnrolment;
	readonly passkeys: Passkeys;
	/** Zone of the machine. */
	readonly defaultZone: string;
}

export const claimPages = (deps: ClaimDeps) =>
	new Elysia({ name: "setup-claim" })
		.get("/setup", ({ request }) => start(deps, request))
		.post("/setup/code", ({ request, body }) => takeCode(deps, request, body))
		.get("/setup/site", ({ request }) => early(deps, request, () => showSite(deps, request)))
		.post("/setup/site", ({ request, body }) => early(deps, request, () => takeSite(deps, request, body)))
		.get("/setup/owner", ({ request }) => early(deps, request, () => showOwner(deps, request)))
		.post("/setup/owner", ({ request, body }) => early(deps, request, () => takeOwner(deps, request, body)))
		.get("/setup/factor", ({ request }) => early(deps, request, () => showFactor(deps, request)))
		.post("/setup/factor", ({ request, body }) => early(deps, request, () => takeFactor(deps, request, body)))
		.post("/setup/passkey/options", ({ request }) => early(deps, request, () => offerPasskey(deps, request)))
		.post("/setup/passkey", ({ request, body }) =>
			early(deps, request, () => takePasskey(deps, request, body)),
		);

/** Stands for the console's code. */
const ENTRY_COOKIE = "__Host-dm-setup";

const ticketOf = (request: Request): string | undefined => readCookie(request, ENTRY_COOKIE);

interface Refusal {
	readonly errors?: FieldErrors;
	readonly error?: AppError;
}
const refusalOf = (error: AppError): Refusal => (error.field ? { errors: asFieldErrors(error) } : { error });

function start({ firstRun }: ClaimDeps, request: Request): Response {
	const rc = contextOf(request);
	const step = firstRun.nextStep(ticketOf(request));
	return step === "code" ? page(rc, <CodeStep rc={rc} />) : goTo(rc, `/setup/${step}`);
}

/** Lets a step run for the browser that knows the code, while there is no owner; sends all others to where they belong. */
function early({ firstRun }: ClaimDeps, request: Request, work: () => Response | Promise<Response>) {
	const rc = contextOf(request);
	return !rc.viewer && firstRun.isEntered(ticketOf(request)) ? work() : goTo(rc, "/setup");
}

async function takeCode({ firstRun }: ClaimDeps, request: Request, body: unknown): Promise<Response> {
	const rc = contextOf(request);
	const result = await firstRun.enter(rawValue(body, "code").slice(0, 40), rc.address);
	if (!result.ok) return page(rc, <CodeStep rc={rc} {...refusalOf(result.error)} />, statusOf(result.error));
	return goTo(rc, "/setup", { cookies: [setCookie(ENTRY_COOKIE, result.value)] });
}

const SITE_FORM = { name: text({ max: 60 }), zone: text({ max: 64 }), lang: oneOf(LANGS) };

function showSite({ db, defaultZone }: ClaimDeps, request: Request): Response {
	const rc = contextOf(request);
	const site = readSite(db);
	const values = { name: site?.name ?? "", zone: site?.zone ?? defaultZone, lang: site?.lang ?? rc.lang };
	return page(rc, <SiteStep rc={rc} values={values} machineZone={defaultZone} />);
}

async function takeSite(deps: ClaimDeps, request: Request, body: unknown): Promise<Response> {
	const rc = contextOf(request);
	const refuse = (refusal: Refusal) => {
		const values = {
			name: rawValue(body, "name"),
			zone: rawValue(body, "zone"),
			lang: rawValue(body, "lang"),
		};
		return page(rc, <SiteStep rc={rc} values={values} machineZone={deps.defaultZone} {...refusal} />, 422);
	};
	const form = parseForm(body, SITE_FORM);
	if (!form.ok) return refuse({ errors: form.error });
	const by = { actor: { kind: "box", id: "first-run" }, address: rc.address } as const;
	const result = await deps.site.save(form.value, by);
	return result.ok ? goTo(rc, "/setup") : refuse(refusalOf(result.error));
}

const OWNER_FORM = { name: text({ max: 60 }), login: text({ min: 2, max: 64 }), password: secret() };

function showOwner({ firstRun }: ClaimDeps, request: Request): Response {
	const rc = contextOf(request);
	const { name = "", login = "" } = firstRun.draft() ?? {};
	return page(rc, <OwnerStep rc={rc} values={{ name, login }} />);
}

async function takeOwner({ firstRun }: ClaimDeps, request: Request, body: unknown): Promise<Response> {
	const rc = contextOf(request);
	const values = { name: rawValue(body, "name"), login: rawValue(body, "login") };
	const form = parseForm(body, OWNER_FORM);
	if (!form.ok) return page(rc, <OwnerStep rc={rc} values={values} errors={form.error} />, 422);
	const result = await firstRun.saveDraft(form.value);
	if (result.ok) return goTo(rc, "/setup");
	return page(rc, <OwnerStep rc={rc} values={values} {...refusalOf(result.error)} />, statusOf(result.error));
}

function showFactor(deps: ClaimDeps, request: Request, refusal: Refusal = {}, status = 200): Response {
	const rc = contextOf(request);
	const draft = deps.firstRun.draft();
	if (!draft) return goTo(rc, "/setup");
	const offer = deps.enrolment.offer(draft.id, rc.siteName, draft.login);
	const canPasskey = partyOf(request, "") !== undefined;
	return page(rc, <FactorStep rc={rc} offer={offer} canPasskey={canPasskey} {...refusal} />, status);
}

async function takeFactor(deps: ClaimDeps, request: Request, body: unknown): Promise<Response> {
	const rc = contextOf(request);
	const code = rawValue(body, "code").slice(0, 10);
	const result = await deps.firstRun.finishWithCode(code, rc.lang, originOf(request, rc));
	if (!result.ok) return showFactor(deps, request, refusalOf(result.error), statusOf(result.error));
	const cookies = [setCookie(SESSION_COOKIE, result.value), clearCookie(ENTRY_COOKIE)];
	return goTo(rc, "/setup", { cookies });
}

async function offerPasskey({ firstRun, passkeys }: ClaimDeps, request: Request): Promise<Response> {
	const party = partyOf(request, contextOf(request).siteName);
	const draft = firstRun.draft();
	if (!party || !draft) return errorAnswer(request, invalid("login.passkey_refused"));
	return json(await passkeys.offer(party, draft, []));
}

async function takePasskey(deps: ClaimDeps, request: Request, body: unknown): Promise<Response> {
	const rc = contextOf(request);
	const party = partyOf(request, rc.siteName);
	const draft = deps.firstRun.draft();
	const answer = readAnswer(body);
	if (!party || !draft || !answer) return errorAnswer(request, forbidden("login.passkey_refused"));
	const passkey = await deps.passkeys.accept(party, draft, answer, rc.t("setup.factor.passkey_name"));
	if (!passkey.ok) return errorAnswer(request, passkey.error);
	const result = await deps.firstRun.finishWithPasskey(passkey.value, rc.lang, originOf(request, rc));
	return result.ok ? enterJson(result.value, "/setup") : errorAnswer(request, result.error);
}

/**
 * Stands before every handler: finds the session, makes the request's context and asks the access table.
 * Fails closed: no rule means nobody, and a handler without a context throws.
 */
import { Elysia } from "elysia";
import { departmentIdsOf, findAccount, hasOwner } from "../../db/account.ts";
import type { Store } from "../../db/store.ts";
import { forbidden, notFound, unavailable } from "../base/app-error.ts";
import { type Clock, MINUTE_MS } from "../base/units.ts";
import type { Sessions } from "../services/sessions.ts";
import { readSite } from "../services/site.ts";
import { type Rule, ruleOf } from "./access.ts";
import { keepContext, type RequestContext, THEMES, type Viewer } from "./context.ts";
import { FLASH_COOKIE, LANG_COOKIE, readCookie, SESSION_COOKIE, THEME_COOKIE } from "./cookies.ts";
import { isLang, langOfHeader, translatorOf } from "./i18n.ts";
import { isMessageKey } from "./messages.ts";
import { goTo, safePath } from "./render.tsx";
import { errorAnswer, wantsJson } from "./status.tsx";

export interface GuardDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly sessions: Sessions;
	/** Zone of the machine, until the site has its own. */
	readonly defaultZone: string;
	/** Network address of the asker. */
	readonly addressOf: (request: Request) => string;
}

/** A sensitive act wants the second factor to be at most this old (ASVS 7.5.3). */
export const PROOF_MS = 5 * MINUTE_MS;

/** Mount on the root app before any route. */
export const guard = (deps: GuardDeps) =>
	new Elysia({ name: "guard" })
		.onBeforeHandle({ as: "global" }, ({ request, route }) => admit(deps, request, route))
		// Unknown addresses pass the guard too, so that their page knows language and viewer.
		.all("/*", ({ request }) => errorAnswer(request, notFound("errors.not_found")));

/**
 * Undefined lets the handler run; it finds its context by `contextOf`. Kiosks have neither session nor language of their own
 * (their pages put codes into words), so their requests go without one: that is the hot path.
 */
export function admit(deps: GuardDeps, request: Request, pattern: string): Response | undefined {
	const rule = ruleOf(request.method, pattern);
	if (rule?.to === "kiosk") return undefined;
	const rc = makeContext(deps, request);
	keepContext(request, rc);
	if (!rule) return errorAnswer(request, notFound("errors.not_found"));
	return decide(deps, request, rc, rule);
}

function decide(deps: GuardDeps, request: Request, rc: RequestContext, rule: Rule): Response | undefined {
	const { to } = rule;
	if (to === "always") return undefined;
	const owned = hasOwner(deps.store);
	if (to === "setup" && !owned) return undefined;
	if (!owned) return sendToSetup(request, rc);
	if (to === "anyone") return undefined;
	if (!rc.viewer || !rc.session) return sendToLogin(request, rc);
	const roles = to === "setup" ? ["owner"] : to;
	if (!roles.includes(rc.viewer.role)) return errorAnswer(request, forbidden("errors.forbidden"));
	if (rule.proved && rc.nowMs - rc.session.provedMs > PROOF_MS) return sendToProof(request, rc);
	return undefined;
}

function sendToSetup(request: Request, rc: RequestContext): Response {
	if (wantsJson(request)) return errorAnswer(request, unavailable("errors.setup_first"));
	return goTo(rc, "/setup");
}

function sendToLogin(request: Request, rc: RequestContext): Response {
	if (wantsJson(request)) return errorAnswer(request, forbidden("errors.signed_out"));
	return goTo(rc, `/login?next=${encodeURIComponent(pageBehind(request))}`);
}

function sendToProof(request: Request, rc: RequestContext): Response {
	if (wantsJson(request)) return errorAnswer(request, forbidden("errors.prove_first"));
	return goTo(rc, `/prove?next=${encodeURIComponent(pageBehind(request))}`);
}

/** The page to come back to: the address itself for a full page, else the page that held the form or part. */
function pageBehind(request: Request): string {
	const own = new URL(request.url);
	if (request.method === "GET" && !request.headers.has("hx-request")) return own.pathname + own.search;
	const behind = request.headers.get("hx-current-url") ?? request.headers.get("referer");
	if (!behind || !URL.canParse(behind)) return "/";
	const { pathname, search } = new URL(behind);
	return safePath(pathname + search, "/");
}

function makeContext(deps: GuardDeps, request: Request): RequestContext {
	const { store } = deps;
	const token = readCookie(request, SESSION_COOKIE);
	const session = token ? deps.sessions.find(token) : undefined;
	const site = readSite(store);
	const viewer = session && viewerOf(deps, session.accountId);
	const lang = viewer?.lang ?? chosenLang(request) ?? site?.lang ?? "zh-CN";
	const flash = readCookie(request, FLASH_COOKIE);
	return {
		viewer,
		session: viewer && session,
		lang,
		t: translatorOf(lang),
		theme: THEMES.find((theme) => theme === readCookie(request, THEME_COOKIE)) ?? "auto",
		address: deps.addressOf(request),
		path: new URL(request.url).pathname,
		nowMs: deps.clock.nowMs(),
		fragment: request.headers.has("hx-request"),
		flash: flash && isMessageKey(flash) ? flash : undefined,
		siteName: site?.name ?? translatorOf(lang)("app.product"),
		zone: site?.zone ?? deps.defaultZone,
	};
}

function chosenLang(request: Request) {
	const cookie = readCookie(request, LANG_COOKIE);
	return isLang(cookie) ? cookie : langOfHeader(request.headers.get("accept-language"));
}

function viewerOf({ store }: GuardDeps, accountId: string): Viewer | undefined {
	const account = findAccount(store, accountId);
	if (!account || account.disabledMs !== null) return undefined;
	const { id, login, name, lang, role } = account;
	return { id, login, name, lang, role, departmentIds: role === "manager" ? departmentIdsOf(store, id) : [] };
}

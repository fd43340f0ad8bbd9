/**
 * What every handler knows about its request: who asks, in which language, from where.
 * The guard makes it; a handler that runs without the guard finds none and throws, so nothing is served unguarded.
 */
import type { AccountRow, Role } from "../../db/account.ts";
import type { SessionRow } from "../../db/session.ts";
import type { Lang } from "../base/translate.ts";
import type { By } from "../services/author.ts";
import type { Origin } from "../services/sessions.ts";
import type { T } from "./i18n.ts";
import type { MessageKey } from "./messages.ts";

export type Theme = "auto" | "light" | "dark";
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/** What pages may know of the signed-in account: no hash, no secret. */
export interface Viewer extends Pick<AccountRow, "id" | "login" | "name" | "lang"> {
	readonly role: Role;
	/** Departments a manager is limited to; empty for every other role, which sees all. */
	readonly departmentIds: readonly string[];
}

export interface RequestContext {
	readonly viewer?: Viewer;
	readonly session?: SessionRow;
	readonly lang: Lang;
	readonly t: T;
	readonly theme: Theme;
	/** Network address of the asker, for audit and throttles. */
	readonly address: string;
	readonly path: string;
	readonly nowMs: number;
	/** True when htmx asks for a part of a page. */
	readonly fragment: boolean;
	/** Shown once on the next full page. */
	readonly flash?: MessageKey;
	readonly siteName: string;
	/** IANA zone of the site. */
	readonly zone: string;
}

export interface SignedInContext extends RequestContext {
	readonly viewer: Viewer;
	readonly session: SessionRow;
}

const contexts = new WeakMap<Request, RequestContext>();

export const keepContext = (request: Request, context: RequestContext): void =>
	void contexts.set(request, context);

/** The context when the guard has seen the request. Only error pages may live without one. */
export const contextIfAny = (request: Request): RequestContext | undefined => contexts.get(request);

/** The context of a guarded request. */
export function contextOf(request: Request): RequestContext {
	const context = contexts.get(request);
	if (!context) throw new Error("the guard has not seen this request");
	return context;
}

/** The context of a route that the access table gives to roles. */
export function signedIn(request: Request): SignedInContext {
	const context = contextOf(request);
	if (!context.viewer || !context.session) throw new Error("this route is open to people without an account");
	return context as SignedInContext;
}

/** The actor of an audited act. */
export const actorOf = (context: SignedInContext): By["actor"] => ({
	kind: "account",
	id: context.viewer.id,
});

/** Who acts and from where, for services. */
export const byOf = (context: SignedInContext): By => ({
	actor: actorOf(context),
	address: context.address,
});

/** Where a session is opened. */
export const originOf = (request: Request, context: RequestContext): Origin => ({
	address: context.address,
	agent: request.headers.get("user-agent") ?? "",
});

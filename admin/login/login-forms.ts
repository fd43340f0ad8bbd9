/** The cookie of a half-finished sign-in and the small steps that its routes share. */
import type { RequestContext } from "../../server/web/context.ts";
import { clearCookie, SESSION_COOKIE, setCookie } from "../../server/web/cookies.ts";
import { goTo, safePath } from "../../server/web/render.tsx";

/** Holds the ticket between password and code. */
export const TICKET_COOKIE = "__Host-dm-step";

/** Sets the session's cookie, drops the ticket and goes on to the page that was wanted. */
export function enter(rc: RequestContext, token: string, next: unknown): Response {
	const cookies = [setCookie(SESSION_COOKIE, token), clearCookie(TICKET_COOKIE)];
	return goTo(rc, safePath(next, "/"), { cookies });
}

/** The same for scripts: the cookie as a header, the page as an address. */
export function enterJson(token: string, next: unknown): Response {
	const headers = { "set-cookie": setCookie(SESSION_COOKIE, token), "cache-control": "no-store" };
	return Response.json({ to: safePath(next, "/") }, { headers });
}

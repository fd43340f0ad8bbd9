/** Turns JSX into responses: pages, fragments and redirects. Escaping is preact's; nothing here is ever cached. */
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { RequestContext } from "./context.ts";
import { clearCookie, FLASH_COOKIE, setCookie } from "./cookies.ts";
import type { MessageKey } from "./messages.ts";

const HTML = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };

/** A whole document; `tree` starts at `<html>`. Clears the once-only message that the layout has shown. */
export function page(rc: RequestContext, tree: VNode, status = 200): Response {
	const headers = new Headers(HTML);
	if (rc.flash) headers.append("set-cookie", clearCookie(FLASH_COOKIE));
	return new Response(`<!doctype html>${renderToString(tree)}`, { status, headers });
}

/** A part of a page for htmx to swap in. */
export const fragment = (tree: VNode, status = 200): Response =>
	new Response(renderToString(tree), { status, headers: HTML });

export interface Onward {
	/** Shown once on the page that follows. */
	readonly flash?: MessageKey;
	/** Extra `Set-Cookie` values. */
	readonly cookies?: readonly string[];
}

/** Sends the browser to `to` by GET, also when htmx asked. `to` must be a path of this site (see `safePath`). */
export function goTo(rc: RequestContext, to: string, onward: Onward = {}): Response {
	const headers = new Headers({ "cache-control": "no-store" });
	for (const cookie of onward.cookies ?? []) headers.append("set-cookie", cookie);
	if (onward.flash) headers.append("set-cookie", setCookie(FLASH_COOKIE, onward.flash, 60));
	headers.set(rc.fragment ? "hx-redirect" : "location", to);
	return new Response(null, { status: rc.fragment ? 204 : 303, headers });
}

/** JSON for the small browser scripts. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
	Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });

/** A path of this very site, or `fallback`; keeps `next=` from leading elsewhere (`//evil`, `/\evil`). */
export const safePath = (text: unknown, fallback: string): string =>
	typeof text === "string" && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : fallback;

/**
 * What plain HTTP serves: the trust page with its downloads, a sign of life, and the way to HTTPS. Nothing else,
 * and nothing that a person would mind a neighbour reading.
 */
import { readHost, urlOf } from "./host-check.ts";
import { refuse } from "./refusal.ts";
import type { EdgeHandler } from "./security.ts";

export interface PlainOptions {
	readonly httpsPort: number;
	/** The trust page and its files; undefined for any other path. */
	readonly trustSite: (request: Request) => Response | undefined;
}

/** For load balancers, container health checks and curious people alike. */
export const HEALTH_PATH = "/health";

/** A page is redirected; a script or a form is told off, or its secrets would travel in the clear each time (ASVS 4.1.2). */
const isPage = (request: Request, pathname: string): boolean =>
	(request.method === "GET" || request.method === "HEAD") && !pathname.startsWith("/api/");

function toHttps(request: Request, url: URL, httpsPort: number): Response {
	const name = readHost(request)?.name ?? "localhost";
	const location = urlOf("https", name, httpsPort, `${url.pathname}${url.search}`);
	return new Response(null, { status: 308, headers: { location } });
}

/** The handler of the plain listener; put the edge around it, which checks the host that redirects name. */
export const makePlainHandler =
	({ httpsPort, trustSite }: PlainOptions): EdgeHandler =>
	(request) => {
		const url = new URL(request.url);
		const trust = trustSite(request);
		if (trust) return trust;
		if (!isPage(request, url.pathname)) return refuse(request, { status: 403, code: "edge.https_only" });
		if (url.pathname === HEALTH_PATH) return new Response("ok\n");
		return toHttps(request, url, httpsPort);
	};

/**
 * The edge: every request passes here before routing, every response on its way out. Turns away unknown hosts,
 * foreign origins, floods and oversize bodies, and sets the security headers. Knows no route and no session.
 */
import type { Clock } from "../base/units.ts";
import { addressBlock, clientAddress, type EdgeServer, isLoopback } from "./client-address.ts";
import { type HostHeader, readHost } from "./host-check.ts";
import { changesState, isOwnRead, isOwnWrite } from "./origin-check.ts";
import { makeRateCap, type RateCap, type RateLimits } from "./rate-cap.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { secured } from "./security-headers.ts";

export type EdgeHandler = (request: Request, server: EdgeServer) => Response | Promise<Response>;

export interface EdgeOptions {
	readonly scheme: "http" | "https";
	readonly isAllowedHost: (name: string) => boolean;
	readonly clock: Clock;
	/** Receives what a handler threw. */
	readonly onError: (error: unknown, request: Request) => void;
	/** Pages that run WebAssembly. */
	readonly needsWasm?: (pathname: string) => boolean;
	/** Largest body in bytes, where it differs from `DEFAULT_BODY_BYTES`. */
	readonly bodyCap?: (method: string, pathname: string) => number | undefined;
	/** Routes whose callers sign each request and use no cookie (kiosks, terminals, API keys). */
	readonly isSigned?: (pathname: string) => boolean;
	/** Routes that other origins may read; they set their own CORS and CORP headers. */
	readonly isShared?: (pathname: string) => boolean;
	/** True while a publicly trusted certificate is served. */
	readonly hsts?: () => boolean;
	/** Requests per client address; loopback is never limited, since only the box itself can use it. */
	readonly rate?: RateLimits & { readonly capLoopback?: boolean };
}

export const DEFAULT_BODY_BYTES = 1_048_576;

/** A kiosk page asks for some 60 files at once and a shop's phones may share one address behind a router. */
const DEFAULT_RATE: RateLimits = { perSec: 100, burst: 600 };

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

function hostFault(host: HostHeader | undefined, options: EdgeOptions): Refusal | undefined {
	if (!host) return { status: 400, code: "edge.host_malformed" };
	return options.isAllowedHost(host.name) ? undefined : { status: 421, code: "edge.host_unknown" };
}

function methodFault(request: Request): Refusal | undefined {
	if (METHODS.has(request.method)) return undefined;
	return { status: 405, code: "edge.method_unknown", headers: { allow: [...METHODS].join(", ") } };
}

function originFault(
	request: Request,
	host: HostHeader,
	pathname: string,
	options: EdgeOptions,
): Refusal | undefined {
	const isOwn = changesState(request)
		? isOwnWrite(request, `${options.scheme}://${host.authority}`, options.isSigned?.(pathname) ?? false)
		: options.isShared?.(pathname) || isOwnRead(request);
	return isOwn ? undefined : { status: 403, code: "edge.origin_foreign" };
}

/** Bun holds a body to its Content-Length, so the length is enough; a body without one is not taken. */
function bodyFault(request: Request, pathname: string, options: EdgeOptions): Refusal | undefined {
	if (request.headers.has("transfer-encoding")) return { status: 411, code: "edge.length_missing" };
	const bytes = Number(request.headers.get("content-length") ?? 0);
	const reads = request.method === "GET" || request.method === "HEAD";
	const cap = reads ? 0 : (options.bodyCap?.(request.method, pathname) ?? DEFAULT_BODY_BYTES);
	if (bytes <= cap) return undefined;
	const megabytes = Math.max(1, Math.round(cap / 1_048_576));
	return {
		status: 413,
		code: "edge.body_too_large",
		vars: { megabytes },
		headers: { connection: "close" },
	};
}

function rateFault(address: string, cap: RateCap, options: EdgeOptions): Refusal | undefined {
	if (isLoopback(address) && !options.rate?.capLoopback) return undefined;
	const seconds = cap.take(addressBlock(address));
	if (seconds === 0) return undefined;
	return {
		status: 429,
		code: "edge.too_many_requests",
		vars: { seconds },
		// The connection goes with it, or one address could keep thousands open by asking on each now and then.
		headers: { "retry-after": String(seconds), connection: "close" },
	};
}

function pathnameOf(request: Request): string | undefined {
	try {
		return new URL(request.url).pathname;
	} catch {
		return undefined;
	}
}

function faultOf(
	request: Request,
	server: EdgeServer,
	pathname: string | undefined,
	cap: RateCap,
	options: EdgeOptions,
): Refusal | undefined {
	const host = readHost(request);
	const early =
		rateFault(clientAddress(request, server), cap, options) ??
		hostFault(host, options) ??
		methodFault(request);
	if (early || !host || pathname === undefined) return early ?? { status: 400, code: "edge.host_malformed" };
	return originFault(request, host, pathname, options) ?? bodyFault(request, pathname, options);
}

/** An event stream is silent for long and must not idle out. */
function keepStreamOpen(request: Request, server: EdgeServer, response: Response): void {
	if (response.headers.get("content-type")?.startsWith("text/event-stream")) server.timeout(request, 0);
}

/** Puts the edge around `next`, such as Elysia's `app.fetch`. One rate cap per wrapper. */
export function hardenedFetch(next: EdgeHandler, options: EdgeOptions) {
	const cap = makeRateCap(options.rate ?? DEFAULT_RATE, options.clock);
	const answer = async (request: Request, server: EdgeServer, pathname?: string): Promise<Response> => {
		const fault = faultOf(request, server, pathname, cap, options);
		if (fault) return refuse(request, fault);
		try {
			const response = await next(request, server);
			keepStreamOpen(request, server, response);
			return response;
		} catch (error) {
			options.onError(error, request);
			return refuse(request, { status: 500, code: "edge.accident" });
		}
	};
	return async (request: Request, server: EdgeServer): Promise<Response> => {
		const pathname = pathnameOf(request);
		return secured(await answer(request, server, pathname), {
			wasm: options.needsWasm?.(pathname ?? "/") ?? false,
			secure: options.scheme === "https",
			hsts: options.hsts?.() ?? false,
		});
	};
}

/**
 * The two doors of the box: HTTPS for everything, plain HTTP for the trust page and the way to HTTPS.
 * Opens ports, swaps the certificate without losing requests, closes in an orderly way. Routes nothing.
 */
import { type AppError, conflict, forbidden, unavailable } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { EdgeServer } from "./client-address.ts";

/** A handler that has the edge around it (`hardenedFetch`). */
export type ListenerFetch = (request: Request, server: EdgeServer) => Response | Promise<Response>;

/** The certificate for everyone, and the one for clients that ask for one of `byName.names`. PEM. */
export interface ListenerTls {
	readonly cert: string;
	readonly key: string;
	readonly byName: { readonly names: readonly string[]; readonly cert: string; readonly key: string };
}

export interface ListenersOptions {
	readonly tls: ListenerTls;
	readonly secureFetch: ListenerFetch;
	/** Receives the port that HTTPS got, since redirects name it. */
	readonly plainFetch: (httpsPort: number) => ListenerFetch;
	/** Fixed ports (0 picks a free one); without them 443, else 8443, and 80, else 8080. */
	readonly httpsPort?: number;
	readonly httpPort?: number;
	/** Interface address to bind; all of them, IPv4 and IPv6, when absent. */
	readonly hostname?: string;
	/** Largest body that any route takes; the edge caps each route below that. */
	readonly maxBodyBytes?: number;
	/** How long requests in flight may take when a listener closes. */
	readonly drainMs?: number;
}

export interface Listeners {
	readonly httpsPort: number;
	readonly httpPort: number;
	/** Serves another certificate on the same port; requests in flight end on the old one. Throws when Bun refuses it, still serving the old. */
	renew(tls: ListenerTls): void;
	/** Takes no new connection, lets requests in flight end, then closes the rest. */
	stop(): Promise<void>;
}

type Server = Bun.Server<undefined>;

/**
 * Idle seconds. Above the 15 s heartbeat of the event stream; low enough that 2,000 silent sockets are gone in half a
 * minute. Streams are exempt (see `hardenedFetch`).
 */
const IDLE_SEC = 30;
const MAX_BODY_BYTES = 67_108_864;
const DRAIN_MS = 5_000;
const POLL_MS = 20;

/** Bun speaks TLS 1.2 and 1.3 only; a test holds it to that. */
function tlsOptions({ cert, key, byName }: ListenerTls): Bun.TLSOptions[] {
	const named = byName.names.map((serverName) => ({ serverName, cert: byName.cert, key: byName.key }));
	return [{ cert, key }, ...named];
}

function serve(options: ListenersOptions, port: number, fetch: ListenerFetch, tls?: ListenerTls): Server {
	return Bun.serve({
		port,
		...(options.hostname === undefined ? {} : { hostname: options.hostname }),
		...(tls ? { tls: tlsOptions(tls) } : {}),
		idleTimeout: IDLE_SEC,
		maxRequestBodySize: tls ? (options.maxBodyBytes ?? MAX_BODY_BYTES) : 1024,
		development: false,
		// Without this, Bun in production shares the port silently with whoever holds it already.
		reusePort: false,
		fetch: (request, server) => fetch(request, server),
	});
}

function portError(error: unknown, port: number, option: string, hostname = ""): AppError | undefined {
	const code = (error as { code?: string } | null)?.code;
	if (code === "EADDRINUSE") return conflict("tls.port_taken", undefined, { port, option });
	if (code === "EACCES") return forbidden("tls.port_denied", { port, option });
	if (code === "EADDRNOTAVAIL") return unavailable("tls.address_unavailable", { address: hostname });
	return undefined;
}

/** Opens the first port of `ports` that is free and allowed. The failure tells about the last one. */
function openFirst(
	ports: readonly number[],
	option: string,
	options: ListenersOptions,
	open: (port: number) => Server,
): Result<Server> {
	let fault: AppError | undefined;
	for (const port of ports) {
		try {
			return ok(open(port));
		} catch (error) {
			fault = portError(error, port, option, options.hostname);
			if (!fault) throw error;
		}
	}
	return fail(fault ?? unavailable("tls.address_unavailable", { address: options.hostname ?? "" }));
}

async function drain(server: Server, drainMs: number): Promise<void> {
	void server.stop(false);
	const endMs = performance.now() + drainMs;
	while (server.pendingRequests > 0 && performance.now() < endMs) await Bun.sleep(POLL_MS);
	await server.stop(true);
}

/** Opens both doors. Fails with `tls.port_taken`, `tls.port_denied` or `tls.address_unavailable`, leaving none open. */
export async function openListeners(options: ListenersOptions): Promise<Result<Listeners>> {
	const { httpsPort, httpPort, secureFetch, tls } = options;
	const securePorts = httpsPort === undefined ? [443, 8443] : [httpsPort];
	const secure = openFirst(securePorts, "--https-port", options, (port) =>
		serve(options, port, secureFetch, tls),
	);
	if (!secure.ok) return secure;
	const plainFetch = options.plainFetch(secure.value.port!);
	const plainPorts = httpPort === undefined ? [80, 8080] : [httpPort];
	const plain = openFirst(plainPorts, "--http-port", options, (port) => serve(options, port, plainFetch));
	if (plain.ok) return ok(makeListeners(options, secure.value, plain.value));
	await secure.value.stop(true);
	return plain;
}

function makeListeners(options: ListenersOptions, first: Server, plain: Server): Listeners {
	const drainMs = options.drainMs ?? DRAIN_MS;
	const port = first.port!;
	let current = { server: first, tls: options.tls };
	return {
		httpsPort: port,
		httpPort: plain.port!,
		renew(tls) {
			const old = current;
			// The old socket is closed at once and the new one opened in the same turn: nobody finds the door shut.
			void old.server.stop(false);
			try {
				current = { server: serve(options, port, options.secureFetch, tls), tls };
			} catch (error) {
				current = { server: serve(options, port, options.secureFetch, old.tls), tls: old.tls };
				throw error;
			} finally {
				void drain(old.server, drainMs);
			}
		},
		stop: async () => void (await Promise.all([drain(current.server, drainMs), drain(plain, drainMs)])),
	};
}

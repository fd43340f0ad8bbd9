/** A box's edge on real sockets, for the attack rows: both listeners around a small app, and raw requests byte by byte. */
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { makeTrustSite, TRUST_CHECK_PATH } from "../../admin/trust/trust-site.tsx";
import type { TrustBox } from "../../admin/trust/trust-view.ts";
import { must } from "../../server/base/result.ts";
import { systemClock } from "../../server/base/units.ts";
import { type Authority, openAuthority } from "../../server/tls/authority.ts";
import { createAuthority } from "../../server/tls/issue-authority.ts";
import { issueLeaf } from "../../server/tls/issue-leaf.ts";
import type { Leaf } from "../../server/tls/leaf.ts";
import { makeHostCheck } from "../../server/web/host-check.ts";
import { type Listeners, openListeners } from "../../server/web/listeners.ts";
import { makePlainHandler } from "../../server/web/plain-listener.ts";
import { type EdgeHandler, type EdgeOptions, hardenedFetch } from "../../server/web/security.ts";

export const NAMES = ["dianmao.local", "192.168.1.20", "localhost", "127.0.0.1"];

export const tlsOf = (leaf: Leaf) => ({
	cert: leaf.chainPem,
	key: leaf.keyPem,
	byName: { names: ["localhost", "dianmao.local"], cert: leaf.nameChainPem, key: leaf.keyPem },
});

export interface TestBox {
	readonly listeners: Listeners;
	readonly authority: Authority;
	/** Paths that reached the app, in order. */
	readonly reached: string[];
	readonly errors: unknown[];
	readonly secureUrl: string;
	readonly plainUrl: string;
	/** A TLS request through Bun's client with the authority pinned. */
	get(path: string, init?: RequestInit): Promise<Response>;
}

interface Ports {
	https: number;
	http: number;
}

const trustBoxOf = (authority: Authority, ports: Ports): TrustBox => ({
	authority: () => authority,
	usesOwnCertificate: () => false,
	names: () => NAMES,
	isAllowedHost: makeHostCheck(() => NAMES, systemClock),
	httpsPort: () => ports.https,
	httpPort: () => ports.http,
});

/** Opens a box on free ports of the loopback; `app` answers what passes the edge. */
export async function openTestBox(
	app: EdgeHandler = () => new Response("in"),
	changes: Partial<EdgeOptions> = {},
): Promise<TestBox> {
	const made = await createAuthority("box-1", Date.now());
	const authority = openAuthority(made.certPem, made.keyPem)!;
	const reached: string[] = [];
	const errors: unknown[] = [];
	const ports: Ports = { https: 0, http: 0 };
	const trustBox = trustBoxOf(authority, ports);
	const trustSite = makeTrustSite(trustBox);
	const options: Omit<EdgeOptions, "scheme"> = {
		isAllowedHost: trustBox.isAllowedHost,
		clock: systemClock,
		onError: (error) => errors.push(error),
		isShared: (path) => path === TRUST_CHECK_PATH,
		isSigned: (path) => path.startsWith("/api/kiosk/"),
		needsWasm: (path) => path.startsWith("/kiosk"),
		...changes,
	};
	const inner: EdgeHandler = (request, server) => {
		reached.push(new URL(request.url).pathname);
		return trustSite(request) ?? app(request, server);
	};
	const listeners = await openDoors(await issueLeaf(authority, NAMES, Date.now()), inner, trustSite, options);
	Object.assign(ports, { https: listeners.httpsPort, http: listeners.httpPort });
	const secureUrl = `https://localhost:${ports.https}`;
	const get: TestBox["get"] = (path, init = {}) => {
		const pinned = { redirect: "manual", ...init, tls: { ca: authority.pem } } as RequestInit;
		return fetch(`${secureUrl}${path}`, pinned);
	};
	const plainUrl = `http://localhost:${ports.http}`;
	return { listeners, authority, reached, errors, secureUrl, plainUrl, get };
}

async function openDoors(
	leaf: Leaf,
	inner: EdgeHandler,
	trustSite: ReturnType<typeof makeTrustSite>,
	options: Omit<EdgeOptions, "scheme">,
): Promise<Listeners> {
	const plain = (httpsPort: number) => makePlainHandler({ httpsPort, trustSite });
	const opened = await openListeners({
		tls: tlsOf(leaf),
		hostname: "127.0.0.1",
		httpsPort: 0,
		httpPort: 0,
		drainMs: 1_000,
		secureFetch: hardenedFetch(inner, { ...options, scheme: "https" }),
		plainFetch: (httpsPort) => hardenedFetch(plain(httpsPort), { ...options, scheme: "http" }),
	});
	return must(opened);
}

/** Sends raw bytes and returns all that comes back until the other side closes, or `waitMs` pass. */
export function sendRaw(port: number, text: string, waitMs = 3_000, tlsCa?: string): Promise<string> {
	return new Promise((done) => {
		let answer = "";
		const socket = tlsCa
			? connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => socket.write(text))
			: connect(port, "127.0.0.1", () => socket.write(text));
		const timer = setTimeout(() => socket.destroy(), waitMs);
		socket.on("data", (chunk) => {
			answer += chunk;
		});
		socket.on("error", () => undefined);
		socket.on("close", () => {
			clearTimeout(timer);
			done(answer);
		});
	});
}

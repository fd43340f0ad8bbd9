/** Opens the doors of a composed box: certificate, HTTPS and plain HTTP with the edge around them. */
import { enrolNeedsWasm } from "../../admin/enrol/deps.ts";
import { makeTrustSite, TRUST_CHECK_PATH } from "../../admin/trust/trust-site.tsx";
import type { TrustBox } from "../../admin/trust/trust-view.ts";
import { readSetting, writeSetting } from "../../db/setting.ts";
import { type App, makeApp } from "../app.ts";
import type { AppError } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Services } from "../compose.ts";
import type { Config } from "../config.ts";
import { type Mdns, type MdnsState, startMdns } from "../mdns.ts";
import { extraHosts } from "../services/choices.ts";
import { boxNames } from "../tls/box-names.ts";
import { currentLanAddresses, namedLanAddresses } from "../tls/lan-addresses.ts";
import { openTlsKeeper, type TlsKeeper } from "../tls/tls-keeper.ts";
import { assetResponse } from "../web/assets.ts";
import { clientAddress } from "../web/client-address.ts";
import { makeHostCheck } from "../web/host-check.ts";
import { type Listeners, openListeners } from "../web/listeners.ts";
import { makePlainHandler } from "../web/plain-listener.ts";
import { type EdgeHandler, hardenedFetch } from "../web/security.ts";
import { bodyCap, LARGEST_BODY } from "./body-caps.ts";
import { networkFacts } from "./network-facts.ts";

export interface Doors {
	readonly listeners: Listeners;
	readonly tls: TlsKeeper;
	/** Names and addresses of the box, the best one first, loopback last. */
	names(): readonly string[];
	/** How the box is found by name; undefined when switched off. */
	mdns(): MdnsState | undefined;
	stop(): Promise<void>;
}

/** Generous for a shop behind one router, hopeless for a flood. */
const RATE = { perSec: 60, burst: 240 };
const ADDRESS_CACHE_MS = 5_000;

/** Opens certificate and ports; fails when a port is taken or not allowed, or the owner's certificate cannot be used. */
export async function openDoors(services: Services, config: Config): Promise<Result<Doors>> {
	const { clock, onError, store } = services;
	const localName = readSetting<string>(store, MDNS_SETTING) ?? `${config.mdnsName}.local`;
	const mdns = config.mdns ? openMdns(localName, services) : undefined;
	const names = makeNames(config, services, () => mdns?.state().name ?? localName);
	const { hostName } = config;
	const keeper = await openTlsKeeper({ ...tlsFolder(services), clock, hostName, names, onError });
	if (!keeper.ok) return keeper;
	const tls = keeper.value;
	const own = await useOwnFiles(tls, config);
	if (!own.ok) return own;
	const ports = { https: 0, http: 0 };
	const isAllowedHost = makeHostCheck(() => [...names(), ...ownNames(tls)], clock);
	const trustSite = makeTrustSite(trustBox(tls, names, isAllowedHost, ports));
	const edge = { clock, onError, isAllowedHost, rate: RATE };
	const addresses = new WeakMap<Request, string>();
	const addressOf = (request: Request) => addresses.get(request) ?? "unknown";
	const app = makeApp(services, addressOf, () => networkFacts({ tls, mdns: mdns?.state, localName, ports }));
	const secure = hardenedFetch(route(app, trustSite, addresses), {
		...edge,
		scheme: "https",
		bodyCap,
		needsWasm: (path) => path === "/kiosk" || enrolNeedsWasm(path),
		isSigned: (path) => path.startsWith("/api/kiosk/"),
		isShared: (path) => path === TRUST_CHECK_PATH,
		hsts: () => tls.current().publiclyTrusted,
	});
	const opened = await openListeners({
		tls: tls.current(),
		secureFetch: secure,
		plainFetch: (httpsPort) =>
			hardenedFetch(makePlainHandler({ httpsPort, trustSite }), { ...edge, scheme: "http" }),
		httpsPort: config.httpsPort,
		httpPort: config.httpPort,
		hostname: config.bind === "0.0.0.0" ? undefined : config.bind,
		maxBodyBytes: LARGEST_BODY,
	});
	if (!opened.ok) return opened;
	const listeners = opened.value;
	ports.https = listeners.httpsPort;
	ports.http = listeners.httpPort;
	tls.on("renewed", (material) => listeners.renew(material));
	tls.start();
	const stop = async () => {
		await mdns?.stop();
		tls.stop();
		await listeners.stop();
	};
	return ok({ listeners, tls, names, mdns: () => mdns?.state(), stop });
}

const tlsFolder = ({ box }: Services) => ({ folder: box.folder.tls, sealer: box.vault });

/** A certificate of the owner brings names of its own. */
const ownNames = (tls: TlsKeeper): readonly string[] =>
	tls.current().source === "own-certificate" ? tls.current().names : [];

type TrustSite = ReturnType<typeof makeTrustSite>;

/** Trust page and assets first: they need no session, no database. */
const route =
	(app: App, trustSite: TrustSite, addresses: WeakMap<Request, string>): EdgeHandler =>
	(request, server) => {
		const early = trustSite(request) ?? assetResponse(new URL(request.url).pathname, request);
		if (early) return early;
		addresses.set(request, clientAddress(request, server));
		return app.fetch(request);
	};

/** The name held last time is claimed again, or two boxes might swap theirs after a power cut. */
const MDNS_SETTING = "mdns.name";

const openMdns = (name: string, { store, clock, log, onError }: Services): Mdns =>
	startMdns({
		name,
		addresses: () => namedLanAddresses(),
		onState(state) {
			log.info({ mdns: state }, "mdns");
			if (state.phase !== "announced" || readSetting(store, MDNS_SETTING) === state.name) return;
			store.commit((tx) => writeSetting(tx, MDNS_SETTING, state.name, clock.nowMs())).catch(onError);
		},
		onWarning: (error) => log.warn({ reason: error.message }, "mdns"),
	});

function makeNames(
	{ hostName, hosts }: Config,
	{ store, clock }: Services,
	localName: () => string,
): () => readonly string[] {
	let cached: { names: readonly string[]; atMs: number } | undefined;
	return () => {
		if (cached && clock.monoMs() - cached.atMs < ADDRESS_CACHE_MS) return cached.names;
		const addresses = currentLanAddresses().map(({ address }) => address);
		const names = boxNames({
			mdnsName: localName(),
			hostName,
			addresses,
			extra: [...hosts, ...extraHosts(store)],
		});
		cached = { names, atMs: clock.monoMs() };
		return names;
	};
}

const trustBox = (
	tls: TlsKeeper,
	names: () => readonly string[],
	isAllowedHost: (name: string) => boolean,
	ports: { readonly https: number; readonly http: number },
): TrustBox => ({
	authority: tls.authority,
	usesOwnCertificate: () => tls.current().source === "own-certificate",
	names,
	isAllowedHost,
	httpsPort: () => ports.https,
	httpPort: () => ports.http,
});

/** The certificate named on the command line, checked and stored like one uploaded in the settings. */
async function useOwnFiles(
	tls: TlsKeeper,
	{ certFile, keyFile, hosts }: Config,
): Promise<Result<void, AppError>> {
	if (!certFile || !keyFile) return ok(undefined);
	const certificate = await Bun.file(certFile).text();
	const key = await Bun.file(keyFile).text();
	const used = await tls.useOwnCertificate({ certificate, key }, hosts);
	return used.ok ? ok(undefined) : fail(used.error);
}

/** Gathers what the office shows of the network: links, name, certificate, ports. Asks the system at each call; pages are few. */
import type { MdnsState } from "../mdns.ts";
import { currentLinks } from "../tls/lan-links.ts";
import type { TlsKeeper } from "../tls/tls-keeper.ts";
import type { NetworkFacts } from "../web/network.ts";

export interface NetworkSources {
	readonly tls: TlsKeeper;
	/** Undefined when switched off. */
	readonly mdns?: () => MdnsState;
	/** The name it would have. */
	readonly localName: string;
	readonly ports: { readonly https: number; readonly http: number };
}

export function networkFacts({ tls, mdns, localName, ports }: NetworkSources): NetworkFacts {
	const { source, publiclyTrusted, names, leftOut, notAfterMs } = tls.current();
	return {
		links: currentLinks(),
		name: mdns?.() ?? { name: localName, phase: "off" },
		certificate: {
			...{ source, publiclyTrusted, names, leftOut, endsMs: notAfterMs },
			problem: tls.ownProblem(),
			authorityEndsMs: tls.authority().notAfterMs,
		},
		httpsPort: ports.https,
		httpPort: ports.http,
	};
}

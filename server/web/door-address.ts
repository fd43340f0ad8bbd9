/** Where a tablet opens the door page: by a name that stays when the router gives out new addresses, and by address for those that know no `.local`. */
import { isLoopback } from "./client-address.ts";
import { inUrl, urlOf } from "./host-check.ts";
import type { NetworkFacts } from "./network.ts";

export interface DoorAddress {
	readonly best: string;
	/** The same by address, when `best` is a name of the local network that old Android cannot look up. */
	readonly byAddress?: string;
}

const PATH = "/kiosk";

/**
 * The first name of the owner's certificate, since no other is trusted with it; else the announced name; else the host the
 * office itself was opened under, `localhost` replaced by an address of the LAN.
 */
export function doorAddress(openedUrl: string, facts: NetworkFacts | undefined): DoorAddress {
	const opened = new URL(PATH, openedUrl);
	if (!facts) return { best: opened.href };
	const { certificate, name, httpsPort, links } = facts;
	const address = links.find((one) => one.isUp)?.addresses[0];
	const at = (host: string) => urlOf("https", host, httpsPort, PATH);
	const owned = certificate.source === "own-certificate" && certificate.names.find(isHostName);
	if (owned) return { best: at(owned) };
	if (name.phase === "announced") return { best: at(name.name), byAddress: address && at(address) };
	const host = opened.hostname.replace(/^\[|\]$/g, "");
	if (host !== "localhost" && !isLoopback(host)) return { best: opened.href };
	if (address) opened.hostname = inUrl(address);
	return { best: opened.href };
}

/** Neither a wildcard nor an address. */
const isHostName = (name: string): boolean =>
	/[a-z]/i.test(name) && !name.includes("*") && !name.includes(":");

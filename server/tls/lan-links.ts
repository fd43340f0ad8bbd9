/** The network interfaces of the machine and whether anything is plugged in. Where the system does not tell, a link with an address is up. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { currentLanAddresses, isVirtualLink, type LanAddress } from "./lan-addresses.ts";

export interface LanLink {
	readonly link: string;
	/** True while the cable is in or the Wi-Fi is joined. */
	readonly isUp: boolean;
	/** IPv4 first. */
	readonly addresses: readonly string[];
}

const SYSTEM = "/sys/class/net";

/** Links that are up first. `folder` and `read` stand in for the system in tests. */
export function currentLinks(
	folder = SYSTEM,
	read: () => readonly LanAddress[] = currentLanAddresses,
): LanLink[] {
	const found = new Map<string, string[]>(realLinks(folder).map((link) => [link, []]));
	for (const { link, address } of read()) found.set(link, [...(found.get(link) ?? []), address]);
	return [...found]
		.map(([link, addresses]) => ({ link, addresses, isUp: isUp(folder, link, addresses) }))
		.sort((a, b) => Number(b.isUp) - Number(a.isUp) || b.addresses.length - a.addresses.length);
}

/** Cards of the machine, which have a device behind them; none where the system keeps no such list. */
function realLinks(folder: string): string[] {
	try {
		const links = readdirSync(folder).sort();
		return links.filter((link) => !isVirtualLink(link) && existsSync(join(folder, link, "device")));
	} catch {
		return [];
	}
}

function isUp(folder: string, link: string, addresses: readonly string[]): boolean {
	try {
		const state = readFileSync(join(folder, link, "operstate"), "utf8").trim();
		return state === "up" || (state === "unknown" && addresses.length > 0);
	} catch {
		return addresses.length > 0;
	}
}

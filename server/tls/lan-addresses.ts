/** The addresses under which other devices reach this box, as the operating system reports them now. */
import { networkInterfaces } from "node:os";

export interface LanAddress {
	readonly address: string;
	readonly family: 4 | 6;
	/** The address with its prefix length, as `192.168.1.5/24`. */
	readonly cidr: string;
	/** Name of the network interface. */
	readonly link: string;
}

/** Interfaces of containers and virtual machines: nobody in the shop can reach those addresses. */
const VIRTUAL = /^(docker|br-|veth|virbr|vnet|podman|cni|lxc)/;

/** IPv6 link-local needs a zone id, which browsers do not accept in an address. */
const isUsable = (entry: { internal: boolean; address: string; cidr: string | null }): boolean =>
	!entry.internal && entry.cidr !== null && !entry.address.toLowerCase().startsWith("fe80:");

/** All usable addresses, IPv4 first; empty when the cable is out. `read` stands in for the system in tests. */
export function currentLanAddresses(read: typeof networkInterfaces = networkInterfaces): LanAddress[] {
	const found: LanAddress[] = [];
	for (const [link, entries] of Object.entries(read())) {
		if (VIRTUAL.test(link)) continue;
		for (const entry of (entries ?? []).filter(isUsable))
			found.push({
				address: entry.address,
				family: String(entry.family).endsWith("4") ? 4 : 6,
				cidr: entry.cidr!,
				link,
			});
	}
	return found.sort((a, b) => a.family - b.family);
}

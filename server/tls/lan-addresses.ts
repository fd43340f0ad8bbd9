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

export const isVirtualLink = (link: string): boolean => VIRTUAL.test(link);

type Read = typeof networkInterfaces;
type Entry = NonNullable<ReturnType<Read>[string]>[number];

const isLinkLocal = ({ address }: { readonly address: string }): boolean =>
	address.toLowerCase().startsWith("fe80:");

/** All addresses of real links, IPv4 first. */
function lanAddresses(read: Read): LanAddress[] {
	const found = Object.entries(read())
		.filter(([link]) => !isVirtualLink(link))
		.flatMap(([link, entries]) => (entries ?? []).flatMap((entry) => fromEntry(link, entry)));
	return found.sort((a, b) => a.family - b.family);
}

const fromEntry = (link: string, { internal, address, cidr, family }: Entry): LanAddress[] =>
	internal || cidr === null ? [] : [{ address, family: String(family).endsWith("4") ? 4 : 6, cidr, link }];

/**
 * All usable addresses, IPv4 first; empty when the cable is out. IPv6 link-local is not among them: it needs a zone id,
 * which browsers do not accept in an address. `read` stands in for the system in tests.
 */
export const currentLanAddresses = (read: Read = networkInterfaces): LanAddress[] =>
	lanAddresses(read).filter((one) => !isLinkLocal(one));

/**
 * What a name of the local network may stand for: link-local too where a link has no other IPv6 address, since whoever
 * looks the name up learns the zone with it. With a better address at hand it would only be tried in vain.
 */
export function namedLanAddresses(read: Read = networkInterfaces): LanAddress[] {
	const all = lanAddresses(read);
	const better = all.filter((one) => one.family === 6 && !isLinkLocal(one)).map((one) => one.link);
	return all.filter((one) => !isLinkLocal(one) || !better.includes(one.link));
}

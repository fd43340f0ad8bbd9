/** Which IP addresses count as local, and membership of address ranges. Names are none of its business. */
import { BlockList, isIP } from "node:net";

/** Loopback, private and link-local ranges (RFC 1122, 1918, 3927, 4193, 4291). */
export const LOCAL_RANGES: readonly string[] = [
	"127.0.0.0/8",
	"10.0.0.0/8",
	"172.16.0.0/12",
	"192.168.0.0/16",
	"169.254.0.0/16",
	"::1/128",
	"fc00::/7",
	"fe80::/10",
];

/** True when `address` lies in one of the `ranges` (CIDR). Text that is no address lies nowhere. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
	const version = isIP(address);
	if (version === 0) return false;
	const list = new BlockList();
	for (const range of ranges) {
		const [base = "", bits = ""] = range.split("/");
		if (isIP(base) === version) list.addSubnet(base, Number(bits), version === 4 ? "ipv4" : "ipv6");
	}
	return list.check(address, version === 4 ? "ipv4" : "ipv6");
}

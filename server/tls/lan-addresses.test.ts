import { expect, test } from "bun:test";
import type { networkInterfaces } from "node:os";
import { currentLanAddresses, namedLanAddresses } from "./lan-addresses.ts";

const entry = (cidr: string, internal = false) => {
	const address = cidr.split("/")[0]!;
	const family = address.includes(":") ? "IPv6" : "IPv4";
	return { address, cidr, family, internal, netmask: "", mac: "", scopeid: 0 };
};
const read = (links: Record<string, ReturnType<typeof entry>[]>) => () =>
	links as ReturnType<typeof networkInterfaces>;
const LINKS = read({
	lo: [entry("127.0.0.1/8", true)],
	eth0: [entry("fe80::1/64"), entry("fd00::2/64"), entry("192.168.1.5/24")],
	wlan0: [entry("fe80::3/64"), entry("10.0.0.5/8")],
	docker0: [entry("172.17.0.1/16")],
});
const addresses = (found: readonly { address: string }[]) => found.map(({ address }) => address);

test("what a browser may type: real links, IPv4 first, no link-local", () =>
	expect(addresses(currentLanAddresses(LINKS))).toEqual(["192.168.1.5", "10.0.0.5", "fd00::2"]));

test("what a name may stand for: link-local only where a link has no better IPv6 address", () =>
	expect(addresses(namedLanAddresses(LINKS))).toEqual(["192.168.1.5", "10.0.0.5", "fd00::2", "fe80::3"]));

/** All names under which the box answers: one list for the certificate, the Host allow-list and the trust page. */
import { isIP } from "node:net";

export interface BoxNameSources {
	/** The name announced on the network, as `dianmao.local`. */
	readonly mdnsName: string;
	/** What the operating system calls the machine. */
	readonly hostName: string;
	/** Current LAN addresses. */
	readonly addresses: readonly string[];
	/** Names and addresses from the configuration: a router's entry, the host of a container. */
	readonly extra: readonly string[];
}

const LOOPBACK = ["localhost", "127.0.0.1", "::1"];
const DNS_NAME =
	/^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*$/;

/** Lower-case, without doubles, the best one to tell people first; what is no host name at all is dropped. */
export function boxNames({ mdnsName, hostName, addresses, extra }: BoxNameSources): string[] {
	const short = hostName.split(".")[0] ?? "";
	const all = [mdnsName, ...extra, ...addresses, hostName, short && `${short}.local`, ...LOOPBACK];
	const clean = all.map((name) => name.trim().toLowerCase());
	return [...new Set(clean)].filter((name) => isIP(name) !== 0 || DNS_NAME.test(name));
}

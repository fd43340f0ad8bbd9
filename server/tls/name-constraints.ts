/**
 * What the box's own CA may vouch for: names and addresses of the local network and nothing else.
 * A stolen CA key can therefore not impersonate a site of the internet (RFC 5280 §4.2.1.10).
 */
import { isIP } from "node:net";
import { permittedTrees } from "./certificate-reader.ts";
import { isInRanges, LOCAL_RANGES } from "./ip-ranges.ts";

/** Permitted DNS trees and IP ranges. */
export interface Permitted {
	readonly dns: readonly string[];
	readonly ranges: readonly string[];
}

/** Names that public DNS never resolves: RFC 6762, 6761, 8375, ICANN's .internal, and what home routers hand out. */
const LOCAL_TREES: readonly string[] = ["local", "localhost", "lan", "home.arpa", "internal"];

/**
 * A host name without a dot may equal a public top-level domain (`shop`, `box`), and a constraint always covers
 * the whole tree below. No such domain holds a digit or a hyphen apart from `xn--`, so only those names are let in.
 */
function isSafeTree(hostName: string): boolean {
	if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(hostName) || isIP(hostName) !== 0) return false;
	return hostName.includes(".") || (/[\d-]/.test(hostName) && !hostName.startsWith("xn--"));
}

/** What a CA made on a machine called `hostName` is limited to. */
export function permittedFor(hostName: string): Permitted {
	const own = hostName.toLowerCase();
	const dns = isSafeTree(own) && !isUnder(own, LOCAL_TREES) ? [...LOCAL_TREES, own] : LOCAL_TREES;
	return { dns, ranges: LOCAL_RANGES };
}

const isUnder = (name: string, trees: readonly string[]): boolean =>
	trees.some((tree) => name === tree || name.endsWith(`.${tree}`));

/** True when a leaf may carry `name`, a DNS name or an IP address. One name too many spoils the whole leaf. */
export const isPermitted = (name: string, permitted: Permitted): boolean =>
	isIP(name) === 0 ? isUnder(name.toLowerCase(), permitted.dns) : isInRanges(name, permitted.ranges);

/** Reads the constraints of a CA certificate (DER); one without any permits nothing here. */
export const readConstraints = (der: Uint8Array): Permitted => permittedTrees(der);

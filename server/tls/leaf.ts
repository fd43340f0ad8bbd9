/** The certificate the box serves: short-lived, for its current names and addresses. Reads and judges it; `issue-leaf.ts` signs one. */
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { DAY_MS } from "../base/units.ts";
import { alternativeNames } from "./certificate-reader.ts";
import { isPermitted, type Permitted } from "./name-constraints.ts";

/** Renewed this long before the end, so a box that sleeps over the holidays wakes with a good one. */
const RENEW_BEFORE_MS = 30 * DAY_MS;

export interface Leaf {
	/** The certificate for all names and addresses, then the authority, so that clients may pin either. */
	readonly chainPem: string;
	/**
	 * The same key under DNS names alone, for connections that name the server (SNI). BoringSSL's verifier, and so Bun,
	 * gives up on a chain in which both a constraint and the leaf hold IP addresses.
	 */
	readonly nameChainPem: string;
	readonly keyPem: string;
	readonly names: readonly string[];
	readonly notBeforeMs: number;
	readonly notAfterMs: number;
}

/** The wanted names that the authority may vouch for, without doubles, and those it may not. */
export function splitNames(
	wanted: readonly string[],
	permitted: Permitted,
): { names: string[]; leftOut: string[] } {
	const all = [...new Set(wanted.map((name) => name.toLowerCase()))];
	return {
		names: all.filter((name) => isPermitted(name, permitted)),
		leftOut: all.filter((name) => !isPermitted(name, permitted)),
	};
}

/** The names that a client can send as SNI. */
export const dnsNames = (names: readonly string[]): string[] => names.filter((name) => isIP(name) === 0);

/** Reads a leaf from its certificates (all names, DNS names, authority) and key; throws on damaged text. */
export function openLeaf(certificates: readonly string[], keyPem: string): Leaf {
	const [whole = "", named = "", authority = ""] = certificates.map((pem) => pem.trim());
	const certificate = new X509Certificate(whole);
	return {
		chainPem: `${whole}\n${authority}\n`,
		nameChainPem: `${named}\n${authority}\n`,
		keyPem,
		names: alternativeNames(certificate.raw).map((name) => name.toLowerCase()),
		notBeforeMs: Date.parse(certificate.validFrom),
		notAfterMs: Date.parse(certificate.validTo),
	};
}

/** True when the leaf is near its end, not yet valid (the clock was wrong), or lacks a name that is now needed. */
export function isLeafDue(leaf: Leaf, names: readonly string[], nowMs: number): boolean {
	if (nowMs < leaf.notBeforeMs || leaf.notAfterMs - nowMs < RENEW_BEFORE_MS) return true;
	return names.some((name) => !leaf.names.includes(name.toLowerCase()));
}

/** The certificate the box serves: short-lived, for its current names and addresses, signed by its own authority. */
import "reflect-metadata";
import { isIP } from "node:net";
import {
	AuthorityKeyIdentifierExtension,
	BasicConstraintsExtension,
	ExtendedKeyUsage,
	ExtendedKeyUsageExtension,
	type GeneralNameType,
	KeyUsageFlags,
	KeyUsagesExtension,
	SubjectAlternativeNameExtension,
	SubjectKeyIdentifierExtension,
	X509Certificate,
	X509CertificateGenerator,
} from "@peculiar/x509";
import { DAY_MS } from "../base/units.ts";
import {
	type Authority,
	BACKDATE_MS,
	exportKey,
	generateKeys,
	KEY_ALGORITHM,
	randomSerial,
} from "./authority.ts";
import { isPermitted, type Permitted } from "./name-constraints.ts";

/** Browsers refuse more than 398 days (CA/Browser Forum ballot SC31); the backdated day counts. */
const LEAF_DAYS = 396;

/** Not a host name: openssl holds a common name that looks like one against the constraints. */
const COMMON_NAME = "CN=Dianmao box, O=Dianmao";

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

const alternativeName = (name: string) => ({
	type: (isIP(name) === 0 ? "dns" : "ip") as GeneralNameType,
	value: name,
});

async function leafExtensions(keys: CryptoKeyPair, authority: Authority, names: readonly string[]) {
	return [
		new BasicConstraintsExtension(false, undefined, true),
		new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
		new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
		new SubjectAlternativeNameExtension(names.map(alternativeName)),
		await SubjectKeyIdentifierExtension.create(keys.publicKey),
		await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
	];
}

async function sign(authority: Authority, keys: CryptoKeyPair, names: readonly string[], nowMs: number) {
	const certificate = await X509CertificateGenerator.create({
		serialNumber: randomSerial(),
		subject: COMMON_NAME,
		issuer: authority.certificate.subjectName,
		notBefore: new Date(nowMs - BACKDATE_MS),
		notAfter: new Date(Math.min(nowMs + LEAF_DAYS * DAY_MS, authority.notAfterMs)),
		signingAlgorithm: KEY_ALGORITHM,
		publicKey: keys.publicKey,
		signingKey: authority.key,
		extensions: await leafExtensions(keys, authority, names),
	});
	return certificate.toString("pem").trim();
}

/** Signs a new leaf for exactly `names`, which must hold a DNS name. Does not filter them: see `splitNames`. */
export async function issueLeaf(
	authority: Authority,
	names: readonly string[],
	nowMs: number,
): Promise<Leaf> {
	const keys = await generateKeys();
	const whole = await sign(authority, keys, names, nowMs);
	const named = await sign(authority, keys, dnsNames(names), nowMs);
	return openLeaf([whole, named, authority.pem], await exportKey(keys.privateKey));
}

/** The names that a client can send as SNI. */
export const dnsNames = (names: readonly string[]): string[] => names.filter((name) => isIP(name) === 0);

/** Reads a leaf from its certificates (all names, DNS names, authority) and key; throws on damaged text. */
export function openLeaf(certificates: readonly string[], keyPem: string): Leaf {
	const [whole = "", named = "", authority = ""] = certificates.map((pem) => pem.trim());
	const certificate = new X509Certificate(whole);
	const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
	return {
		chainPem: `${whole}\n${authority}\n`,
		nameChainPem: `${named}\n${authority}\n`,
		keyPem,
		names: names.map((name) => name.value.toLowerCase()),
		notBeforeMs: certificate.notBefore.getTime(),
		notAfterMs: certificate.notAfter.getTime(),
	};
}

/** True when the leaf is near its end, not yet valid (the clock was wrong), or lacks a name that is now needed. */
export function isLeafDue(leaf: Leaf, names: readonly string[], nowMs: number): boolean {
	if (nowMs < leaf.notBeforeMs || leaf.notAfterMs - nowMs < RENEW_BEFORE_MS) return true;
	return names.some((name) => !leaf.names.includes(name.toLowerCase()));
}

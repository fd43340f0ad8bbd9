/** Signs leaves with the box's own authority. Loads the X.509 library, so import it only when there is one to sign. */
import "reflect-metadata";
import "./reflect.ts";
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
import type { Authority } from "./authority.ts";
import { BACKDATE_MS, exportKey, generateKeys, KEY_ALGORITHM, randomSerial } from "./issuing.ts";
import { dnsNames, type Leaf, openLeaf } from "./leaf.ts";

/** Browsers refuse more than 398 days (CA/Browser Forum ballot SC31); the backdated day counts. */
const LEAF_DAYS = 396;

/** Not a host name: openssl holds a common name that looks like one against the constraints. */
const COMMON_NAME = "CN=Dianmao box, O=Dianmao";

/** Signs a new leaf for exactly `names`, which must hold a DNS name. Does not filter them: see `splitNames`. */
export async function issueLeaf(
	authority: Authority,
	names: readonly string[],
	nowMs: number,
): Promise<Leaf> {
	const keys = await generateKeys();
	const whole = await sign(authority, keys, names, nowMs);
	const named = await sign(authority, keys, dnsNames(names), nowMs);
	return openLeaf([whole, named, authority.pem], exportKey(keys.privateKey));
}

async function sign(authority: Authority, keys: CryptoKeyPair, names: readonly string[], nowMs: number) {
	const issuer = new X509Certificate(authority.der);
	const certificate = await X509CertificateGenerator.create({
		serialNumber: randomSerial(),
		subject: COMMON_NAME,
		issuer: issuer.subjectName,
		notBefore: new Date(nowMs - BACKDATE_MS),
		notAfter: new Date(Math.min(nowMs + LEAF_DAYS * DAY_MS, authority.notAfterMs)),
		signingAlgorithm: KEY_ALGORITHM,
		publicKey: keys.publicKey,
		signingKey: await signingKey(authority),
		extensions: await leafExtensions(keys, issuer, names),
	});
	return certificate.toString("pem").trim();
}

const signingKey = ({ key }: Authority): Promise<CryptoKey> =>
	crypto.subtle.importKey("pkcs8", key.export({ type: "pkcs8", format: "der" }), KEY_ALGORITHM, false, [
		"sign",
	]);

async function leafExtensions(keys: CryptoKeyPair, issuer: X509Certificate, names: readonly string[]) {
	return [
		new BasicConstraintsExtension(false, undefined, true),
		new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
		new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
		new SubjectAlternativeNameExtension(names.map(alternativeName)),
		await SubjectKeyIdentifierExtension.create(keys.publicKey),
		await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
	];
}

const alternativeName = (name: string) => ({
	type: (isIP(name) === 0 ? "dns" : "ip") as GeneralNameType,
	value: name,
});

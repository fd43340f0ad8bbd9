/**
 * The box's own certificate authority: one ECDSA P-256 key that may only sign leaves for the local network.
 * Makes and opens it; files are `store.ts`, leaves `leaf.ts`.
 */
import "reflect-metadata";
import {
	BasicConstraintsExtension,
	ExtendedKeyUsage,
	ExtendedKeyUsageExtension,
	KeyUsageFlags,
	KeyUsagesExtension,
	PemConverter,
	SubjectKeyIdentifierExtension,
	X509Certificate,
	X509CertificateGenerator,
} from "@peculiar/x509";
import { type Bytes, toHex } from "../base/bytes.ts";
import { DAY_MS } from "../base/units.ts";
import { fingerprintOf, pinOf } from "./fingerprint.ts";
import { constraintsExtension, type Permitted, permittedFor, readConstraints } from "./name-constraints.ts";

export const KEY_ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** Ten years: the CA is carried to every tablet by hand, so it outlives the hardware. */
const AUTHORITY_DAYS = 3652;

/** Clocks of tablets lag; a certificate that starts "tomorrow" looks like an attack to them. */
export const BACKDATE_MS = DAY_MS;

export interface Authority {
	readonly certificate: X509Certificate;
	readonly pem: string;
	readonly der: Bytes;
	readonly key: CryptoKey;
	readonly permitted: Permitted;
	/** Name shown by operating systems in their lists of authorities. */
	readonly name: string;
	/** SHA-256, for people to compare. */
	readonly fingerprint: string;
	/** For `--ignore-certificate-errors-spki-list` of a kiosk image. */
	readonly pin: string;
	readonly notAfterMs: number;
}

/** A positive serial of 127 random bits (RFC 5280 §4.1.2.2 allows 20 octets). */
export function randomSerial(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[0] = (bytes[0]! & 0x3f) | 0x40;
	return toHex(bytes);
}

export const generateKeys = (): Promise<CryptoKeyPair> =>
	crypto.subtle.generateKey(KEY_ALGORITHM, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;

/** The private key as PKCS #8 PEM. */
export const exportKey = async (key: CryptoKey): Promise<string> =>
	PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");

const importKey = (pem: string): Promise<CryptoKey> =>
	crypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(pem), KEY_ALGORITHM, false, ["sign"]);

async function authorityExtensions(keys: CryptoKeyPair, hostName: string) {
	return [
		new BasicConstraintsExtension(true, 0, true),
		new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
		// Windows trusts a root for code signing too, unless the root itself says otherwise.
		new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
		await SubjectKeyIdentifierExtension.create(keys.publicKey),
		constraintsExtension(permittedFor(hostName)),
	];
}

/** Makes a new authority for a machine called `hostName`, valid from a day before `nowMs`. Returns both PEM texts. */
export async function createAuthority(
	hostName: string,
	nowMs: number,
): Promise<{ certPem: string; keyPem: string }> {
	const keys = await generateKeys();
	const serialNumber = randomSerial();
	const certificate = await X509CertificateGenerator.createSelfSigned({
		serialNumber,
		name: `O=Dianmao, CN=Dianmao box ${serialNumber.slice(-4).toUpperCase()}`,
		notBefore: new Date(nowMs - BACKDATE_MS),
		notAfter: new Date(nowMs + AUTHORITY_DAYS * DAY_MS),
		signingAlgorithm: KEY_ALGORITHM,
		keys,
		extensions: await authorityExtensions(keys, hostName),
	});
	return { certPem: certificate.toString("pem"), keyPem: await exportKey(keys.privateKey) };
}

async function isPair(certificate: X509Certificate, key: CryptoKey): Promise<boolean> {
	const message = crypto.getRandomValues(new Uint8Array(32));
	const signature = await crypto.subtle.sign(KEY_ALGORITHM, key, message);
	const publicKey = await certificate.publicKey.export(KEY_ALGORITHM, ["verify"]);
	return crypto.subtle.verify(KEY_ALGORITHM, publicKey, signature, message);
}

/** Opens a stored authority. Undefined when a text is damaged or the key belongs to another certificate. */
export async function openAuthority(certPem: string, keyPem: string): Promise<Authority | undefined> {
	try {
		const certificate = new X509Certificate(certPem);
		const key = await importKey(keyPem);
		return (await isPair(certificate, key)) ? describe(certificate, key) : undefined;
	} catch {
		return undefined;
	}
}

function describe(certificate: X509Certificate, key: CryptoKey): Authority {
	const der = new Uint8Array(certificate.rawData);
	return {
		certificate,
		pem: `${certificate.toString("pem").trim()}\n`,
		der,
		key,
		permitted: readConstraints(certificate),
		name: certificate.subjectName.getField("CN")[0] ?? "Dianmao",
		fingerprint: fingerprintOf(der),
		pin: pinOf(new Uint8Array(certificate.publicKey.rawData)),
		notAfterMs: certificate.notAfter.getTime(),
	};
}

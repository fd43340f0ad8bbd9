/**
 * The box's own certificate authority: one ECDSA P-256 key that may only sign leaves for the local network.
 * Opens it; making one is `issue-authority.ts`, files are `store.ts`, leaves `leaf.ts`.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { Bytes } from "../base/bytes.ts";
import { fingerprintOf, pinOf } from "./fingerprint.ts";
import { type Permitted, readConstraints } from "./name-constraints.ts";

export interface Authority {
	readonly pem: string;
	readonly der: Bytes;
	readonly key: KeyObject;
	readonly permitted: Permitted;
	/** Name shown by operating systems in their lists of authorities. */
	readonly name: string;
	/** SHA-256, for people to compare. */
	readonly fingerprint: string;
	/** For `--ignore-certificate-errors-spki-list` of a kiosk image. */
	readonly pin: string;
	readonly notAfterMs: number;
}

/** Opens a stored authority. Undefined when a text is damaged or the key belongs to another certificate. */
export function openAuthority(certPem: string, keyPem: string): Authority | undefined {
	try {
		const certificate = new X509Certificate(certPem);
		const key = createPrivateKey(keyPem);
		const isOurs = key.asymmetricKeyDetails?.namedCurve === "prime256v1" && certificate.checkPrivateKey(key);
		return isOurs ? describe(certificate, key) : undefined;
	} catch {
		return undefined;
	}
}

function describe(certificate: X509Certificate, key: KeyObject): Authority {
	const der = new Uint8Array(certificate.raw);
	return {
		pem: `${certificate.toString().trim()}\n`,
		der,
		key,
		permitted: readConstraints(der),
		name: /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? "Dianmao",
		fingerprint: fingerprintOf(der),
		pin: pinOf(certificate.publicKey.export({ type: "spki", format: "der" })),
		notAfterMs: Date.parse(certificate.validTo),
	};
}

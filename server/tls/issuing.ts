/** What making an authority and making a leaf have in common: the kind of key, serial numbers, dates. */
import { KeyObject } from "node:crypto";
import { toHex } from "../base/bytes.ts";
import { DAY_MS } from "../base/units.ts";

export const KEY_ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** Clocks of tablets lag; a certificate that starts "tomorrow" looks like an attack to them. */
export const BACKDATE_MS = DAY_MS;

/** A positive serial of 127 random bits (RFC 5280 §4.1.2.2 allows 20 octets). */
export function randomSerial(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[0] = (bytes[0]! & 0x3f) | 0x40;
	return toHex(bytes);
}

export const generateKeys = (): Promise<CryptoKeyPair> =>
	crypto.subtle.generateKey(KEY_ALGORITHM, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;

/** The private key as PKCS #8 PEM. */
export const exportKey = (key: CryptoKey): string =>
	KeyObject.from(key).export({ type: "pkcs8", format: "pem" }).toString();

/** A kiosk's side of `attkiosk/v1` with node's crypto: a key, and signed requests that tests may spoil. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { toBase64Url } from "../../server/base/bytes.ts";
import { SIGNED_HEADERS, type SignedParts, signedBytes } from "../../server/protocol/signing.ts";

export interface KioskKey {
	/** SPKI, base64url. */
	readonly publicKey: string;
	readonly privateKey: KeyObject;
}

export function makeKioskKey(): KioskKey {
	const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	return { publicKey: toBase64Url(publicKey.export({ format: "der", type: "spki" })), privateKey };
}

export const bodyHashOf = (body: string): string => createHash("sha256").update(body).digest("base64url");

/** Headers for these parts; `signature` covers exactly them. */
export function signedHeaders(key: KioskKey, parts: SignedParts): Record<string, string> {
	const signature = sign("sha256", signedBytes(parts), { key: key.privateKey, dsaEncoding: "ieee-p1363" });
	return {
		"content-type": "application/json",
		[SIGNED_HEADERS.kiosk]: parts.kiosk,
		[SIGNED_HEADERS.nonce]: parts.nonce,
		[SIGNED_HEADERS.counter]: String(parts.counter),
		[SIGNED_HEADERS.timeMs]: String(parts.timeMs),
		[SIGNED_HEADERS.signature]: toBase64Url(signature),
	};
}

/**
 * Seals a queued punch so that only the box can read it: ephemeral P-256 ECDH, HKDF-SHA256 (empty salt), AES-256-GCM.
 * The ephemeral private key is dropped at once, so the kiosk itself cannot open what it stored.
 */
import { concatBytes, fromBase64Url, toBase64, utf8 } from "../../server/base/bytes.ts";
import { QUEUE_SEAL_INFO } from "../../server/protocol/kiosk.ts";

const ECDH_P256 = { name: "ECDH", namedCurve: "P-256" };

/** Imports the box's SPKI (base64url); rejects on anything that is not a P-256 key. */
export const importBoxKey = (spki: string): Promise<CryptoKey> =>
	crypto.subtle.importKey("spki", fromBase64Url(spki), ECDH_P256, false, []);

/** Base64 of point (65) ‖ IV (12) ‖ ciphertext with tag, over the JSON of `value`. */
export async function seal(boxKey: CryptoKey, value: unknown): Promise<string> {
	const ephemeral = await crypto.subtle.generateKey(ECDH_P256, false, ["deriveBits"]);
	const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: boxKey }, ephemeral.privateKey, 256);
	const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
	const key = await crypto.subtle.deriveKey(
		{ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8(QUEUE_SEAL_INFO) },
		material,
		{ name: "AES-GCM", length: 256 },
		false,
		["encrypt"],
	);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, utf8(JSON.stringify(value)));
	const point = await crypto.subtle.exportKey("raw", ephemeral.publicKey);
	return toBase64(concatBytes(new Uint8Array(point), iv, new Uint8Array(sealed)));
}

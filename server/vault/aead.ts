/** AES-256-GCM with a version byte and a 96-bit random IV. The context binds a ciphertext to its row, so rows cannot be swapped. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { type Bytes, concatBytes, utf8 } from "../base/bytes.ts";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** version ‖ IV ‖ ciphertext ‖ tag. `context` is authenticated, not stored: the reader must name the same one. */
export function seal(key: Uint8Array, plain: Uint8Array, context: string): Bytes {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv("aes-256-gcm", key, iv);
	cipher.setAAD(utf8(context));
	const body = cipher.update(plain);
	cipher.final();
	return concatBytes(Uint8Array.of(VERSION), iv, body, cipher.getAuthTag());
}

/** Reverses `seal`; throws when key, context or any byte differs. */
export function open(key: Uint8Array, sealed: Uint8Array, context: string): Bytes {
	if (sealed.length < 1 + IV_BYTES + TAG_BYTES || sealed[0] !== VERSION)
		throw new Error("not a sealed value");
	const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + IV_BYTES));
	decipher.setAAD(utf8(context));
	decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
	const body = decipher.update(sealed.subarray(1 + IV_BYTES, sealed.length - TAG_BYTES));
	decipher.final();
	return new Uint8Array(body) as Bytes;
}

/** A 32-byte key for one purpose (HKDF-SHA256, no salt, the purpose as info). */
export const deriveKey = (root: Uint8Array, purpose: string): Bytes =>
	new Uint8Array(hkdfSync("sha256", root, new Uint8Array(0), utf8(purpose), 32)) as Bytes;

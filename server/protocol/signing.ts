/**
 * `attkiosk/v1`: the text a kiosk signs for each request (ECDSA P-256, SHA-256, raw r‖s).
 * Pure; used by the kiosk page to sign and by the box to check.
 */
import { type Bytes, utf8 } from "../base/bytes.ts";

/** Names of the request headers that carry the signed parts. */
export const SIGNED_HEADERS = {
	kiosk: "x-kiosk-id",
	nonce: "x-kiosk-nonce",
	counter: "x-kiosk-counter",
	timeMs: "x-kiosk-time",
	signature: "x-kiosk-signature",
} as const;

/** Response header with the nonce for this kiosk's next request. */
export const NEXT_NONCE_HEADER = "x-kiosk-next-nonce";

/** A nonce lives this long and serves once. */
export const NONCE_LIFE_MS = 60_000;
/** How far a live request's time stamp may lie from the box's clock. */
export const SIGNED_TIME_TOLERANCE_MS = 30_000;

export interface SignedParts {
	readonly method: string;
	/** Path with query, as sent. */
	readonly path: string;
	readonly kiosk: string;
	readonly nonce: string;
	readonly counter: number;
	readonly timeMs: number;
	/** base64url of SHA-256 over the body bytes. */
	readonly bodyHash: string;
}

/** The exact bytes to sign. */
export function signedBytes(parts: SignedParts): Bytes {
	const { method, path, kiosk, nonce, counter, timeMs, bodyHash } = parts;
	return utf8(`attkiosk/v1\n${method}\n${path}\n${kiosk}\n${nonce}\n${counter}\n${timeMs}\n${bodyHash}\n`);
}

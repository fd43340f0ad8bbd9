/**
 * Nonces for signed requests, told apart by a MAC instead of a list: time of issue ‖ chance ‖ HMAC over both and the kiosk.
 * Asking for one costs the same each time and pushes nobody else's out; only nonces that served are remembered, and only
 * the holder of the kiosk's key can make one serve. The key lives in memory: after a restart kiosks ask for new ones.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from "../base/bytes.ts";
import type { Clock } from "../base/units.ts";
import { NONCE_LIFE_MS } from "../protocol/signing.ts";

export type NonceState = "fresh" | "old" | "unknown";

export interface KioskNonces {
	/** Good once, for this kiosk, for `NONCE_LIFE_MS`. */
	issue(kioskId: string): string;
	/** `unknown`: not ours, another kiosk's, from before the restart, or it served already. */
	stateOf(kioskId: string, nonce: string): NonceState;
	/** Marks a fresh nonce as served. Call it only for a request whose signature holds. */
	spend(kioskId: string, nonce: string): void;
}

/** Bytes: monotonic milliseconds (8 900 years), chance, HMAC-SHA256 cut to 128 bits (RFC 2104 §5 allows half). */
const TIME_BYTES = 6;
const CHANCE_BYTES = 8;
const MAC_BYTES = 16;
const HEAD_BYTES = TIME_BYTES + CHANCE_BYTES;

/** Served nonces remembered per kiosk: more than the rate cap lets through in a nonce's life. A full list refuses. */
const MOST_SERVED = 4_096;

export function makeKioskNonces(clock: Clock, mostServed = MOST_SERVED): KioskNonces {
	const key = randomBytes(32);
	/** kiosk → nonce → monotonic time of serving, oldest first. */
	const served = new Map<string, Map<string, number>>();
	const macOf = (kioskId: string, head: Uint8Array): Uint8Array =>
		createHmac("sha256", key).update(utf8(kioskId)).update(head).digest().subarray(0, MAC_BYTES);
	const servedBy = (kioskId: string): Map<string, number> => {
		const mine = served.get(kioskId) ?? new Map<string, number>();
		for (const [nonce, atMs] of mine) {
			if (clock.monoMs() - atMs <= NONCE_LIFE_MS) break;
			mine.delete(nonce);
		}
		return mine;
	};
	return {
		issue(kioskId) {
			const head = Buffer.alloc(HEAD_BYTES);
			head.writeUIntBE(Math.floor(clock.monoMs()), 0, TIME_BYTES);
			randomBytes(CHANCE_BYTES).copy(head, TIME_BYTES);
			return toBase64Url(concatBytes(head, macOf(kioskId, head)));
		},
		stateOf(kioskId, nonce) {
			const bytes = read(nonce);
			if (!bytes) return "unknown";
			const head = bytes.subarray(0, HEAD_BYTES);
			if (!timingSafeEqual(bytes.subarray(HEAD_BYTES), macOf(kioskId, head))) return "unknown";
			if (clock.monoMs() - head.readUIntBE(0, TIME_BYTES) > NONCE_LIFE_MS) return "old";
			const mine = servedBy(kioskId);
			return mine.has(nonce) || mine.size >= mostServed ? "unknown" : "fresh";
		},
		spend(kioskId, nonce) {
			served.set(kioskId, servedBy(kioskId).set(nonce, clock.monoMs()));
		},
	};
}

function read(nonce: string): Buffer | undefined {
	if (nonce.length !== Math.ceil(((HEAD_BYTES + MAC_BYTES) * 4) / 3)) return undefined;
	try {
		return Buffer.from(fromBase64Url(nonce));
	} catch {
		return undefined;
	}
}

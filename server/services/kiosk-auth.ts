/**
 * Proves that a request comes from a paired kiosk, once, unaltered and now (`attkiosk/v1`).
 * What a nonce is worth is `kiosk-nonces.ts`; after a restart every kiosk simply asks for a new one.
 */
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type KioskRow, kioskById } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, forbidden } from "../base/app-error.ts";
import { fromBase64Url } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { AuthCode, AuthReason } from "../protocol/refusals.ts";
import { SIGNED_TIME_TOLERANCE_MS, type SignedParts, signedBytes } from "../protocol/signing.ts";
import { type KioskNonces, makeKioskNonces } from "./kiosk-nonces.ts";

/** What arrived in the headers, unproved. `signature` is raw r‖s, base64url. */
export type SignedClaim = Omit<SignedParts, "bodyHash"> & { readonly signature: string };

export interface ProvedKiosk {
	readonly kiosk: KioskRow;
	readonly counter: number;
}

export interface KioskAuth {
	/** A fresh nonce for a known kiosk; undefined for an unknown one. */
	issueNonce(kioskId: string): string | undefined;
	/**
	 * Fails with a `kiosk.auth.*` code; each refusal has its own, an undefined claim is `unsigned`.
	 * Pending kiosks pass: the caller looks at `status`. `address` goes to alarms and audit.
	 */
	prove(claim: SignedClaim | undefined, body: Uint8Array, address: string): Result<ProvedKiosk>;
	/** Reads the kiosk's row and key anew after it was approved, renamed, suspended or revoked. */
	reload(kioskId: string): void;
}

export interface KioskAuthDeps {
	readonly db: Db;
	readonly clock: Clock;
	/** The same counter came twice under a valid signature: somebody copied the kiosk's profile. */
	readonly onClash: (kioskId: string) => void;
	/** A request failed its proof; for alarms and the audit. */
	readonly onRefused: (kioskId: string, code: string, address: string) => void;
}

interface Known {
	readonly row: KioskRow;
	readonly key: KeyObject;
	counter: number;
}

export function makeKioskAuth(deps: KioskAuthDeps): KioskAuth {
	const nonces = makeKioskNonces(deps.clock);
	const known = new Map<string, Known>();
	const find = (id: string): Known | undefined => {
		const cached = known.get(id);
		if (cached) return cached;
		const row = kioskById(deps.db, id);
		if (!row) return undefined;
		const key = createPublicKey({ key: Buffer.from(row.publicKey), format: "der", type: "spki" });
		const fresh = { row, key, counter: row.counter };
		known.set(id, fresh);
		return fresh;
	};
	return {
		issueNonce(kioskId) {
			return find(kioskId) && nonces.issue(kioskId);
		},
		prove(claim, body, address) {
			const proof = claim ? proofOf(find(claim.kiosk), claim, body, { ...deps, nonces }) : refuse("unsigned");
			if (!proof.ok) deps.onRefused(claim?.kiosk ?? "", proof.error.code, address);
			return proof;
		},
		reload(kioskId) {
			const old = known.get(kioskId);
			known.delete(kioskId);
			const fresh = find(kioskId);
			if (!old || !fresh) return;
			fresh.counter = Math.max(old.counter, fresh.counter);
		},
	};
}

type Checks = KioskAuthDeps & { readonly nonces: KioskNonces };

const proofOf = (entry: Known | undefined, claim: SignedClaim, body: Uint8Array, deps: Checks) =>
	entry ? check(entry, claim, body, deps) : refuse("unknown_kiosk");

function check(entry: Known, claim: SignedClaim, body: Uint8Array, deps: Checks): Result<ProvedKiosk> {
	if (entry.row.status === "revoked") return refuse("revoked");
	if (entry.row.status === "suspended") return refuse("suspended");
	const nonce = deps.nonces.stateOf(claim.kiosk, claim.nonce);
	if (nonce !== "fresh") return refuse(`nonce_${nonce}`);
	if (!isSigned(entry.key, claim, body)) return refuse("signature");
	deps.nonces.spend(claim.kiosk, claim.nonce);
	if (Math.abs(claim.timeMs - deps.clock.nowMs()) > SIGNED_TIME_TOLERANCE_MS) return refuse("time");
	if (claim.counter === entry.counter) {
		deps.onClash(claim.kiosk);
		return refuse("counter_clash");
	}
	if (claim.counter < entry.counter) return refuse("counter_low");
	entry.counter = claim.counter;
	return ok({ kiosk: entry.row, counter: claim.counter });
}

function isSigned(key: KeyObject, claim: SignedClaim, body: Uint8Array): boolean {
	const bodyHash = createHash("sha256").update(body).digest("base64url");
	try {
		const signature = fromBase64Url(claim.signature);
		return verify(
			"sha256",
			signedBytes({ ...claim, bodyHash }),
			{ key, dsaEncoding: "ieee-p1363" },
			signature,
		);
	} catch {
		return false;
	}
}

const refuse = (reason: AuthReason): Result<never, AppError> => {
	const code: AuthCode = `kiosk.auth.${reason}`;
	return fail(forbidden(code));
};

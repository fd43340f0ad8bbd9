/**
 * Who this kiosk is: a P-256 key that cannot be exported, and the id the box gave it.
 * A copied browser profile could still use the key, which the box notices by the clash of counters.
 */
import { type Bytes, toBase64Url, toHex } from "../../server/base/bytes.ts";
import { KIOSK_ROUTES, type PairReply, type PairRequest } from "../../server/protocol/kiosk.ts";
import type { KioskDb, StoredIdentity } from "./store.ts";

const ECDSA_P256 = { name: "ECDSA", namedCurve: "P-256" };

/** The stored identity, or a fresh key that is stored at once. */
export async function loadIdentity(db: KioskDb): Promise<StoredIdentity> {
	const known = (await db.get("single", "identity")) as StoredIdentity | undefined;
	if (known) return known;
	const keys = await crypto.subtle.generateKey(ECDSA_P256, false, ["sign", "verify"]);
	const spki = await crypto.subtle.exportKey("spki", keys.publicKey);
	const fresh: StoredIdentity = { keys, publicKey: toBase64Url(new Uint8Array(spki)) };
	await db.put("single", fresh, "identity");
	return fresh;
}

/** Forgets key and id, so that the kiosk asks to be paired anew. The queue stays. */
export const forgetIdentity = (db: KioskDb): Promise<void> => db.delete("single", "identity");

/** Sixteen hex digits of the key's SHA-256 in groups of four, for the admin to compare by eye. */
export async function fingerprint(publicKey: string): Promise<string> {
	const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(publicKey));
	const hex = toHex(new Uint8Array(hash).slice(0, 8)).toUpperCase();
	return hex.match(/.{4}/g)!.join(" ");
}

/** Signs bytes with raw r‖s as base64url. */
export async function signWith(identity: StoredIdentity, bytes: Bytes): Promise<string> {
	const algorithm = { name: "ECDSA", hash: "SHA-256" };
	const signature = await crypto.subtle.sign(algorithm, identity.keys.privateKey, bytes);
	return toBase64Url(new Uint8Array(signature));
}

export type PairResult =
	| { readonly kind: "paired"; readonly identity: StoredIdentity; readonly nonce: string }
	| { readonly kind: "refused"; readonly code: string }
	| { readonly kind: "unreachable" };

/** Shows the one-time code to the box and stores the id it answers with. */
export async function pair(db: KioskDb, identity: StoredIdentity, code: string): Promise<PairResult> {
	const request: PairRequest = { code, publicKey: identity.publicKey, label: deviceLabel() };
	const response = await fetch(KIOSK_ROUTES.pair, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(request),
		signal: AbortSignal.timeout(10_000),
	}).catch(() => undefined);
	if (!response) return { kind: "unreachable" };
	const body = await response.json().catch(() => undefined);
	if (!response.ok) return { kind: "refused", code: refusalCode(response.status, body?.error?.code) };
	const { kioskId, nonce } = body as PairReply;
	const paired = { ...identity, kioskId };
	await db.put("single", paired, "identity");
	return { kind: "paired", identity: paired, nonce };
}

/** Before the first run is over, and while tries are throttled, the box answers 503 with codes of other areas. */
function refusalCode(status: number, code?: string): string {
	if (code === "errors.wait" || status === 429) return "kiosk.refused.too_many_tries";
	if (status >= 500) return status === 503 ? "kiosk.pair.not_ready" : "kiosk.pair.unreachable";
	return code ?? "kiosk.pair.wrong_code";
}

function deviceLabel(): string {
	const data = (navigator as { userAgentData?: { platform: string; brands: { brand: string }[] } })
		.userAgentData;
	const brand = data?.brands.map((b) => b.brand).find((b) => !/not|brand/i.test(b));
	const screenSize = `${screen.width}×${screen.height}`;
	return `${brand ?? navigator.userAgent.slice(0, 60)} · ${data?.platform ?? ""} · ${screenSize}`.slice(
		0,
		120,
	);
}

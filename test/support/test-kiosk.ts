/** A paired kiosk for tests: speaks to the box through any `fetch`, keeps nonce and counter like the real one. */
import { newId } from "../../server/base/ids.ts";
import { KIOSK_ROUTES, type PunchReply, type PunchRequest } from "../../server/protocol/kiosk.ts";
import { NEXT_NONCE_HEADER, NONCE_LIFE_MS } from "../../server/protocol/signing.ts";
import { bodyHashOf, type KioskKey, makeKioskKey, signedHeaders } from "./kiosk-key.ts";

export type SendRequest = (path: string, init?: RequestInit) => Promise<Response>;

export interface TestKiosk {
	readonly id: string;
	readonly key: KioskKey;
	/** A signed POST; the body may be any JSON value. */
	call(path: string, body: unknown): Promise<Response>;
	/** The parts and headers of the next call without sending it, for tests that spoil them. */
	prepare(path: string, body: unknown): Promise<{ path: string; init: RequestInit }>;
	punch(method: PunchRequest["method"], more?: Partial<PunchRequest>): Promise<PunchReply>;
}

/** Pairs with a code; the kiosk is pending until somebody approves it. */
export async function pairKiosk(send: SendRequest, code: string, nowMs: () => number): Promise<TestKiosk> {
	const key = makeKioskKey();
	const body = JSON.stringify({ code, publicKey: key.publicKey, label: "test kiosk" });
	const headers = { "content-type": "application/json" };
	const response = await send(KIOSK_ROUTES.pair, { method: "POST", headers, body });
	if (!response.ok) throw new Error(`pairing answered ${response.status}: ${await response.text()}`);
	const { kioskId, nonce } = (await response.json()) as { kioskId: string; nonce: string };
	return makeTestKiosk(send, { id: kioskId, key, nonce }, nowMs);
}

/** Continues with a known identity, as after a reload. */
export function makeTestKiosk(
	send: SendRequest,
	{ id, key, nonce, counter = 0 }: { id: string; key: KioskKey; nonce?: string; counter?: number },
	nowMs: () => number,
): TestKiosk {
	let held = nonce;
	let heldMs = nowMs();
	let count = counter;
	const freshNonce = async (): Promise<string> => {
		const response = await send(`${KIOSK_ROUTES.nonce}?kiosk=${id}`);
		return ((await response.json()) as { nonce: string }).nonce;
	};
	const prepare = async (path: string, value: unknown) => {
		const body = typeof value === "string" ? value : JSON.stringify(value);
		const use = held && nowMs() - heldMs < NONCE_LIFE_MS ? held : await freshNonce();
		held = undefined;
		count += 1;
		const parts = { method: "POST", path, kiosk: id, nonce: use, counter: count, timeMs: nowMs() };
		const headers = signedHeaders(key, { ...parts, bodyHash: bodyHashOf(body) });
		return { path, init: { method: "POST", headers, body } };
	};
	const call = async (path: string, value: unknown) => {
		const { init } = await prepare(path, value);
		const response = await send(path, init);
		held = response.headers.get(NEXT_NONCE_HEADER) ?? undefined;
		heldMs = nowMs();
		return response;
	};
	return {
		id,
		key,
		call,
		prepare,
		async punch(method, more = {}) {
			const atMs = nowMs();
			const request: PunchRequest = { id: newId(atMs), atMs, method, direction: "auto", doubts: [], ...more };
			const response = await call(KIOSK_ROUTES.punch, request);
			if (!response.ok) throw new Error(`punch answered ${response.status}: ${await response.text()}`);
			return (await response.json()) as PunchReply;
		},
	};
}

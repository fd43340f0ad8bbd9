/**
 * Signed calls to the box (`attkiosk/v1`): one at a time, fresh nonce, rising counter, body hash.
 * Says honestly what is known afterwards; whether to ask again is the caller's business.
 */
import { toBase64Url, utf8 } from "../../server/base/bytes.ts";
import { type ErrorReply, KIOSK_ROUTES, type NonceReply } from "../../server/protocol/kiosk.ts";
import {
	NEXT_NONCE_HEADER,
	NONCE_LIFE_MS,
	SIGNED_HEADERS,
	signedBytes,
} from "../../server/protocol/signing.ts";
import type { BoxClock } from "./box-clock.ts";
import type { Counter } from "./counter.ts";
import { signWith } from "./identity.ts";
import type { StoredIdentity } from "./store.ts";
import { makeTurnTaking } from "./turn-taking.ts";

export type CallResult<T> =
	| { readonly kind: "answer"; readonly value: T }
	/** The box read the request and refused it (4xx). */
	| { readonly kind: "refused"; readonly status: number; readonly code: string }
	/** Nothing was sent. */
	| { readonly kind: "unreachable" }
	/** Sent, but no clear answer: it may or may not have been done. */
	| { readonly kind: "unknown" }
	/** Stopped half-way for an urgent call; as unknown, but says nothing about the link. */
	| { readonly kind: "yielded" };

export interface CallOptions {
	readonly timeoutMs: number;
	/** A person is waiting: goes before heartbeats and the queue. */
	readonly urgent: boolean;
}

export interface SignedFetch {
	call<T>(path: string, body: unknown, options: CallOptions): Promise<CallResult<T>>;
}

export interface SignedFetchDeps {
	readonly identity: StoredIdentity & { readonly kioskId: string };
	readonly counter: Counter;
	readonly clock: BoxClock;
	readonly firstNonce?: string;
}

/** Refusals that a new nonce and a corrected clock can cure. */
const CURABLE = /^kiosk\.auth\.(?!revoked|suspended|unknown_kiosk|counter_clash)/;

export function makeSignedFetch(deps: SignedFetchDeps): SignedFetch {
	const turns = makeTurnTaking();
	const nonces = makeNonces(deps);

	async function once<T>(path: string, body: string, signal: AbortSignal): Promise<CallResult<T>> {
		const nonce = await nonces.take(signal);
		if (typeof nonce !== "string") return nonce;
		const headers = await signedHeaders(deps, path, body, nonce);
		const response = await fetch(path, { method: "POST", body, headers, signal, cache: "no-store" }).catch(
			() => undefined,
		);
		if (!response) return { kind: "unknown" };
		nonces.keep(response.headers.get(NEXT_NONCE_HEADER));
		return readAnswer<T>(response);
	}

	async function withCure<T>(path: string, body: string, signal: AbortSignal): Promise<CallResult<T>> {
		const first = await once<T>(path, body, signal);
		if (first.kind !== "refused" || !CURABLE.test(first.code)) return first;
		if (first.code === "kiosk.auth.counter_low") deps.counter.leap();
		nonces.keep(null);
		return once<T>(path, body, signal);
	}

	return {
		call: (path, body, { timeoutMs, urgent }) =>
			turns.run(urgent, async (stop) => {
				const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
				const result = await withCure<never>(path, JSON.stringify(body), signal);
				const silent = result.kind === "unknown" || result.kind === "unreachable";
				return silent && stop.aborted ? { kind: "yielded" } : result;
			}),
	};
}

async function readAnswer<T>(response: Response): Promise<CallResult<T>> {
	const body: unknown = await response.json().catch(() => undefined);
	if (response.ok && body !== undefined) return { kind: "answer", value: body as T };
	if (response.status < 400 || response.status >= 500) return { kind: "unknown" };
	return {
		kind: "refused",
		status: response.status,
		code: (body as Partial<ErrorReply> | undefined)?.error?.code ?? "kiosk.refused.other",
	};
}

async function signedHeaders(deps: SignedFetchDeps, path: string, body: string, nonce: string) {
	const hash = await crypto.subtle.digest("SHA-256", utf8(body));
	const parts = {
		method: "POST",
		path,
		kiosk: deps.identity.kioskId,
		nonce,
		counter: await deps.counter.next(),
		timeMs: deps.clock.nowMs(),
		bodyHash: toBase64Url(new Uint8Array(hash)),
	};
	return {
		"content-type": "application/json",
		[SIGNED_HEADERS.kiosk]: parts.kiosk,
		[SIGNED_HEADERS.nonce]: nonce,
		[SIGNED_HEADERS.counter]: String(parts.counter),
		[SIGNED_HEADERS.timeMs]: String(parts.timeMs),
		[SIGNED_HEADERS.signature]: await signWith(deps.identity, signedBytes(parts)),
	};
}

/** Holds the nonce of the last answer while it is surely alive; asks for one otherwise. */
function makeNonces({ identity, clock, firstNonce }: SignedFetchDeps) {
	const lifeMs = NONCE_LIFE_MS - 10_000;
	let held = firstNonce ? { nonce: firstNonce, atMs: performance.now() } : undefined;
	return {
		keep(nonce: string | null) {
			held = nonce ? { nonce, atMs: performance.now() } : undefined;
		},
		async take(signal: AbortSignal): Promise<string | CallResult<never>> {
			const known = held;
			held = undefined;
			if (known && performance.now() - known.atMs < lifeMs) return known.nonce;
			const url = `${KIOSK_ROUTES.nonce}?kiosk=${encodeURIComponent(identity.kioskId)}`;
			const response = await fetch(url, { signal, cache: "no-store" }).catch(() => undefined);
			const answer = response && (await readAnswer<NonceReply>(response));
			if (answer?.kind === "refused") return answer;
			if (answer?.kind !== "answer") return { kind: "unreachable" };
			clock.learn(answer.value.serverNowMs);
			return answer.value.nonce;
		},
	};
}

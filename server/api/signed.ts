/** Reads a signed kiosk request: headers, proof, schema. One wrapper for all kiosk routes, so none can forget a check. */
import type { Static, TSchema } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler";
import { type AppError, forbidden, invalid } from "../base/app-error.ts";
import { fromUtf8 } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { AuthCode, RefusalCode } from "../protocol/refusals.ts";
import { NEXT_NONCE_HEADER, SIGNED_HEADERS } from "../protocol/signing.ts";
import type { KioskAuth, ProvedKiosk, SignedClaim } from "../services/kiosk-auth.ts";
import { errorAnswer } from "../web/status.tsx";

export interface SignedCall<B> {
	readonly proved: ProvedKiosk;
	readonly body: B;
	/** Network address of the kiosk. */
	readonly address: string;
}

export interface SignedDeps {
	readonly auth: KioskAuth;
	/** Network address behind a request. */
	readonly addressOf: (request: Request) => string;
}

export interface SignedOptions {
	/** Kiosks that wait for approval may call too. */
	readonly whilePending?: true;
}

/** What Elysia hands to a handler, as far as it matters here. */
export interface RawCall {
	readonly request: Request;
}

/** Wraps a handler: 401 with its own code for each failed proof, 422 for a body that does not fit the schema. */
export function signed<S extends TSchema, R extends object>(
	{ auth, addressOf }: SignedDeps,
	schema: S,
	handle: (call: SignedCall<Static<S>>) => Promise<R>,
	options: SignedOptions = {},
): (raw: RawCall) => Promise<Response> {
	let compiled: TypeCheck<S> | undefined;
	const fits = (value: unknown): value is Static<S> => {
		compiled ??= TypeCompiler.Compile(schema);
		return compiled.Check(value);
	};
	return async ({ request }) => {
		const bytes = new Uint8Array(await request.arrayBuffer());
		const address = addressOf(request);
		const proof = auth.prove(claimOf(request), bytes, address);
		if (!proof.ok) return refusal(request, proof.error, 401);
		const nonce = auth.issueNonce(proof.value.kiosk.id) ?? "";
		if (proof.value.kiosk.status === "pending" && !options.whilePending)
			return withNonce(refusal(request, forbidden("kiosk.auth.pending" satisfies AuthCode), 403), nonce);
		const body = parse(bytes, fits);
		if (!body.ok) return withNonce(refusal(request, body.error, 422), nonce);
		const reply = await handle({ proved: proof.value, body: body.value, address });
		return withNonce(Response.json(reply, NO_STORE), nonce);
	};
}

const NO_STORE = { headers: { "cache-control": "no-store" } };

function claimOf(request: Request): SignedClaim | undefined {
	const header = (name: keyof typeof SIGNED_HEADERS) => request.headers.get(SIGNED_HEADERS[name]) ?? "";
	const counter = Number(header("counter"));
	const timeMs = Number(header("timeMs"));
	if (
		!header("kiosk") ||
		!header("signature") ||
		!Number.isSafeInteger(counter) ||
		!Number.isSafeInteger(timeMs)
	)
		return undefined;
	const { pathname, search } = new URL(request.url);
	const parts = { kiosk: header("kiosk"), nonce: header("nonce"), signature: header("signature") };
	return { ...parts, method: request.method, path: pathname + search, counter, timeMs };
}

function parse<B>(bytes: Uint8Array, fits: (value: unknown) => value is B): Result<B> {
	try {
		const value: unknown = JSON.parse(fromUtf8(bytes));
		if (fits(value)) return ok(value);
	} catch {
		// Not JSON or not UTF-8: the same answer as a wrong shape.
	}
	return fail(invalid("kiosk.refused.malformed" satisfies RefusalCode));
}

function withNonce(response: Response, nonce: string): Response {
	response.headers.set(NEXT_NONCE_HEADER, nonce);
	return response;
}

/** A refusal with a status of its own: proofs answer 401 whatever their kind. */
export function refusal(request: Request, error: AppError, status: number): Response {
	const answer = errorAnswer(request, error);
	return new Response(answer.body, { status, headers: answer.headers });
}

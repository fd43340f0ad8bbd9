/** The calls besides punches: "not me", make-up, consent text, enrolment. Each answers with a code or nothing. */
import { newId } from "../../server/base/ids.ts";
import type { Lang } from "../../server/base/translate.ts";
import {
	type ConsentText,
	type EnrolReply,
	type EnrolRequest,
	KIOSK_ROUTES,
	type MakeupReply,
	type MakeupRequest,
} from "../../server/protocol/kiosk.ts";
import type { CallResult, SignedFetch } from "../device/signed-fetch.ts";
import type { MakeupReason, Shot } from "./state.ts";

const CALL = { timeoutMs: 8_000, urgent: true };
/** Five photos over a slow link. */
const ENROL = { timeoutMs: 45_000, urgent: true };
const TRIES = 3;

/** The code of a failed call, `undefined` for success. */
function codeOf(result: CallResult<{ outcome: string; code?: string }>): string | undefined {
	if (result.kind === "refused") return result.code;
	if (result.kind !== "answer") return "kiosk.problem.unreachable";
	return result.value.outcome === "refused" ? (result.value.code ?? "kiosk.refused.other") : undefined;
}

/** The same id each time, so a repeat after a lost answer changes nothing. */
async function callAgain<T>(
	signed: SignedFetch,
	path: string,
	body: unknown,
	options = CALL,
): Promise<CallResult<T>> {
	let result: CallResult<T> = { kind: "unreachable" };
	for (let i = 0; i < TRIES; i++) {
		result = await signed.call<T>(path, body, options);
		if (result.kind === "answer" || result.kind === "refused") return result;
		await new Promise((wake) => setTimeout(wake, 400 * (i + 1)));
	}
	return result;
}

export async function sendNotMe(signed: SignedFetch, punchId: string): Promise<void> {
	await callAgain(signed, KIOSK_ROUTES.notMe, { id: newId(), punchId });
}

export async function askMakeup(
	signed: SignedFetch,
	number: string,
	atMs: number,
	reason: MakeupReason,
): Promise<string | undefined> {
	const request: MakeupRequest = { id: newId(), number, atMs, reason };
	return codeOf(await callAgain<MakeupReply>(signed, KIOSK_ROUTES.makeup, request));
}

export async function loadConsent(signed: SignedFetch, lang: Lang): Promise<ConsentText | undefined> {
	const result = await callAgain<ConsentText>(signed, KIOSK_ROUTES.consent, { lang });
	return result.kind === "answer" ? result.value : undefined;
}

export async function enrol(
	signed: SignedFetch,
	number: string,
	consent: EnrolRequest["consent"],
	shots: readonly Shot[],
): Promise<string | undefined> {
	const request: EnrolRequest = { id: newId(), number, consent, photos: [...shots] };
	return codeOf(await callAgain<EnrolReply>(signed, KIOSK_ROUTES.enrol, request, ENROL));
}

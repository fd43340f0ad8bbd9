/**
 * One try to prove who somebody is: waits are checked, the proof judged, a failure counted and sealed, all in one
 * transaction. So tries made at the same moment cannot slip past a wait together.
 */
import { findAccount, updateAccount, useRecoveryCode } from "../../db/account.ts";
import type { Store, Tx } from "../../db/store.ts";
import { type AppError, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import { hashRecoveryCode } from "./recovery-codes.ts";
import { sealEvent } from "./sealing.ts";
import {
	checkWait,
	countFailure,
	forgiveFailures,
	SIGN_IN_POLICY,
	type ThrottlePolicy,
} from "./throttling.ts";
import { acceptCode } from "./totp.ts";

export type Method = "code" | "recovery" | "passkey";

export interface Attempt {
	/** What is counted, the account's own first: a success forgives that one. */
	readonly subjects: readonly (readonly [subject: string, policy: ThrottlePolicy])[];
	/** `unknown` when no account has the login. */
	readonly accountId: string;
	readonly step: "password" | Method;
	readonly address: string;
	/** The reason to refuse; undefined when the proof is right. */
	readonly prove: (tx: Tx, nowMs: number) => AppError | undefined;
}

export interface AttemptDeps {
	readonly store: Store;
	readonly clock: Clock;
}

/** Every so many failures in a row leave a line that says so. */
const ALARM_EACH = 10;

/** Runs `work` when the proof is right and no wait is on. Fails with `errors.wait` or the attempt's own reason. */
export function judge<T>(
	{ store, clock }: AttemptDeps,
	attempt: Attempt,
	work: (tx: Tx, nowMs: number) => T,
): Promise<Result<T>> {
	return store.commit((tx) => {
		const nowMs = clock.nowMs();
		for (const [subject] of attempt.subjects) {
			const wait = checkWait(tx, subject, nowMs);
			if (!wait.ok) return wait;
		}
		const error = attempt.prove(tx, nowMs);
		if (error) return fail(noteFailure(tx, attempt, error, nowMs));
		forgiveFailures(tx, attempt.subjects[0]![0]);
		return ok(work(tx, nowMs));
	});
}

function noteFailure(tx: Tx, attempt: Attempt, error: AppError, nowMs: number): AppError {
	const { accountId, step, address } = attempt;
	const counts = attempt.subjects.map(([subject, policy]) => countFailure(tx, subject, policy, nowMs));
	sealSignIn(tx, accountId, "login.refused", { step }, address, nowMs);
	if (counts.some((count) => count % ALARM_EACH === 0))
		sealSignIn(tx, accountId, "login.guessing", { fails: Math.max(...counts) }, address, nowMs);
	return error;
}

/** The throttle subject of second factors. Six digits are few, so they are counted per account from anywhere. */
export const codeSubject = (accountId: string): string => `code|${accountId}`;

/** Where TOTP seeds are sealed. */
export const totpContext = (accountId: string): string => `totp|${accountId}`;

/** A second factor typed by hand; only who knows the password gets this far. */
export function codeAttempt(
	vault: Pick<Vault, "openHost">,
	accountId: string,
	method: "code" | "recovery",
	code: string,
	address: string,
): Attempt {
	const prove = (tx: Tx, nowMs: number): AppError | undefined =>
		method === "recovery"
			? proveRecovery(tx, accountId, code, nowMs)
			: proveCode(tx, vault, accountId, code, nowMs);
	return { subjects: [[codeSubject(accountId), SIGN_IN_POLICY]], accountId, step: method, address, prove };
}

const proveRecovery = (tx: Tx, accountId: string, code: string, nowMs: number): AppError | undefined =>
	useRecoveryCode(tx, accountId, hashRecoveryCode(code), nowMs)
		? undefined
		: invalid("login.recovery_wrong", "recovery");

function proveCode(
	tx: Tx,
	vault: Pick<Vault, "openHost">,
	accountId: string,
	code: string,
	nowMs: number,
): AppError | undefined {
	const account = findAccount(tx, accountId);
	const seed = account?.totpSealed && vault.openHost(totpContext(accountId), account.totpSealed);
	const step = seed ? acceptCode(seed, code, account.totpStep, nowMs) : undefined;
	if (step === undefined) return invalid("login.code_wrong", "code");
	updateAccount(tx, accountId, { totpStep: step });
	return undefined;
}

/** Nobody is proven yet when a sign-in fails, so the box itself is the actor then. */
export function sealSignIn(
	tx: Tx,
	accountId: string,
	action: "login.signed_in" | "login.refused" | "login.guessing",
	detail: Record<string, string | number>,
	address: string,
	nowMs: number,
): void {
	const done = action === "login.signed_in";
	const actor = done
		? ({ kind: "account", id: accountId } as const)
		: ({ kind: "box", id: "sign-in" } as const);
	const type = done ? "login" : "login-fail";
	sealEvent(tx, { type, actor, action, objectKind: "account", objectId: accountId, detail, address, nowMs });
}

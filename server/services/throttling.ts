/**
 * Slows guessing down without locking anybody out: some free tries, then waits that double up to a limit.
 * Counts survive restarts. A right answer within a wait is refused like a wrong one, so waiting out is the only way.
 */

import type { Db, Tx } from "../../db/store.ts";
import { clearThrottle, forgetThrottles, readThrottle, writeThrottle } from "../../db/throttle.ts";
import { unavailable } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { DAY_MS, SECOND_MS } from "../base/units.ts";

export interface ThrottlePolicy {
	/** Failures that cost no wait. */
	readonly free: number;
	/** First wait in seconds; each further failure doubles it. */
	readonly firstSec: number;
	readonly mostSec: number;
}

/** Passwords and codes per account and address: 30 s after the fifth failure (TRUST A7, A30), 15 minutes at most. */
export const SIGN_IN_POLICY: ThrottlePolicy = { free: 4, firstSec: 30, mostSec: 900 };

/** One address across all accounts, so that a list of names cannot be walked through. */
export const ADDRESS_POLICY: ThrottlePolicy = { free: 19, firstSec: 30, mostSec: 900 };

/** Fails with `errors.wait` and the seconds left while the subject must wait. */
export function checkWait(db: Db, subject: string, nowMs: number): Result<void> {
	const row = readThrottle(db, subject);
	if (!row || row.untilMs <= nowMs) return ok(undefined);
	return fail(unavailable("errors.wait", { seconds: Math.ceil((row.untilMs - nowMs) / SECOND_MS) }));
}

/** Counts a failure and returns how many there have been. A quiet day starts the count anew. */
export function countFailure(tx: Tx, subject: string, policy: ThrottlePolicy, nowMs: number): number {
	forgetThrottles(tx, nowMs - DAY_MS);
	const fails = (readThrottle(tx, subject)?.fails ?? 0) + 1;
	const over = fails - policy.free;
	const waitSec = over <= 0 ? 0 : Math.min(policy.mostSec, policy.firstSec * 2 ** Math.min(20, over - 1));
	writeThrottle(tx, { subject, fails, untilMs: nowMs + waitSec * SECOND_MS, changedMs: nowMs });
	return fails;
}

export const forgiveFailures = (tx: Tx, subject: string): void => clearThrottle(tx, subject);

/** The PIN at the door: number and PIN to a person, slowed down per person and per kiosk. Which of the two was wrong is never told. */
import { type Employee, employeeByNumber } from "../../db/employee.ts";
import type { Db, Store } from "../../db/store.ts";
import type { Clock } from "../base/units.ts";
import type { Pins } from "./pins.ts";
import type { PinCheck } from "./punch-subject.ts";
import { checkWait, countFailure, forgiveFailures, type ThrottlePolicy } from "./throttling.ts";

export interface PinCheckDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly pins: Pins;
}

/** Five tries, then 30 s, doubling to 15 minutes (SP 800-63B §3.2.2). */
const PER_PERSON: ThrottlePolicy = { free: 4, firstSec: 30, mostSec: 900 };
/** A whole queue of people mistypes now and then; a machine guessing does it all the time. */
const PER_KIOSK: ThrottlePolicy = { free: 29, firstSec: 30, mostSec: 300 };
/** When too many checks run at once, this is soon over. */
const BUSY_SEC = 3;

type Subjects = readonly (readonly [subject: string, policy: ThrottlePolicy])[];

export const makePinCheck =
	({ store, clock, pins }: PinCheckDeps) =>
	async (kioskId: string, number: string, pin: string): Promise<PinCheck> => {
		const subjects = [
			[`pin|${number}`, PER_PERSON],
			[`pin-kiosk|${kioskId}`, PER_KIOSK],
		] as const;
		const early = waitOn(store, subjects, clock.nowMs());
		if (early) return early;
		const employee: Employee | null = employeeByNumber(store, number);
		const checked = await pins.verifyPin(employee?.id ?? null, pin);
		if (!checked.ok && checked.error.kind === "unavailable") return { kind: "wait", sec: BUSY_SEC };
		return store.commit((tx): PinCheck => {
			const nowMs = clock.nowMs();
			// Asked again: tries made at the same moment must not slip past a wait together.
			const wait = waitOn(tx, subjects, nowMs);
			if (wait) return wait;
			if (checked.ok && employee) {
				forgiveFailures(tx, subjects[0][0]);
				return { kind: "right", employee };
			}
			for (const [subject, policy] of subjects) countFailure(tx, subject, policy, nowMs);
			const isLocked = waitOn(tx, subjects.slice(0, 1), nowMs) !== undefined;
			return { kind: "wrong", lockedId: isLocked ? employee?.id : undefined };
		});
	};

function waitOn(db: Db, subjects: Subjects, nowMs: number): PinCheck | undefined {
	for (const [subject] of subjects) {
		const wait = checkWait(db, subject, nowMs);
		if (!wait.ok) return { kind: "wait", sec: Number(wait.error.vars?.seconds ?? BUSY_SEC) };
	}
	return undefined;
}

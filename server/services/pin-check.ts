/** The PIN at the door: number and PIN to a person, slowed down per person and per kiosk. Which of the two was wrong is never told. */
import { type Employee, employeeByNumber } from "../../db/employee.ts";
import type { Store } from "../../db/store.ts";
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

export const makePinCheck =
	({ store, clock, pins }: PinCheckDeps) =>
	async (kioskId: string, number: string, pin: string): Promise<PinCheck> => {
		const subjects = [
			[`pin|${number}`, PER_PERSON],
			[`pin-kiosk|${kioskId}`, PER_KIOSK],
		] as const;
		for (const [subject] of subjects) {
			const wait = checkWait(store, subject, clock.nowMs());
			if (!wait.ok) return { kind: "wait", sec: Number(wait.error.vars?.seconds ?? BUSY_SEC) };
		}
		const employee: Employee | null = employeeByNumber(store, number);
		const checked = await pins.verifyPin(employee?.id ?? null, pin);
		if (!checked.ok && checked.error.kind === "unavailable") return { kind: "wait", sec: BUSY_SEC };
		const isRight = checked.ok && employee !== null;
		await store.commit((tx) => {
			for (const [subject, policy] of subjects) {
				if (!isRight) countFailure(tx, subject, policy, clock.nowMs());
				else if (subject.startsWith("pin|")) forgiveFailures(tx, subject);
			}
		});
		return isRight ? { kind: "right", employee } : { kind: "wrong" };
	};

/** Limits failed face tries per kiosk, so that nobody can feel their way to somebody's template (TRUST A7, SP 800-63B). */
import type { Clock } from "../base/units.ts";

/** Consecutive failures before the pause. */
const MAX_FAILS = 5;
const PAUSE_MS = 30_000;

export interface FaceLimit {
	/** Seconds this kiosk must wait; 0 when it may try. */
	waitSec(kioskId: string): number;
	failed(kioskId: string): void;
	passed(kioskId: string): void;
}

export function makeFaceLimit(clock: Clock): FaceLimit {
	const fails = new Map<string, { count: number; untilMs: number }>();
	return {
		waitSec: (kioskId) =>
			Math.max(0, Math.ceil(((fails.get(kioskId)?.untilMs ?? 0) - clock.monoMs()) / 1000)),
		failed(kioskId) {
			const count = (fails.get(kioskId)?.count ?? 0) + 1;
			const full = count >= MAX_FAILS;
			fails.set(kioskId, { count: full ? 0 : count, untilMs: full ? clock.monoMs() + PAUSE_MS : 0 });
		},
		passed: (kioskId) => void fails.delete(kioskId),
	};
}

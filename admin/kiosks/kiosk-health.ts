/** What a kiosk's last report amounts to: one verdict for the list and the board's rule of when it counts as away. */
import type { KioskRow } from "../../db/kiosk.ts";
import { SECOND_MS } from "../../server/base/units.ts";
import { SILENT_MS } from "../board/needs-card.tsx";
import type { Tone } from "../frame/badge.tsx";

export type KioskVerdict =
	| "pending"
	| "suspended"
	| "revoked"
	| "never"
	| "silent"
	| "stuck"
	| "blind"
	| "queueing"
	| "drifting"
	| "well";

/** A clock further off than this makes signatures fail soon (they tolerate minutes) and is worth a look. */
export const DRIFT_MS = 30 * SECOND_MS;

export function verdictOf(kiosk: KioskRow, nowMs: number): KioskVerdict {
	if (kiosk.status !== "active") return kiosk.status;
	const { camera = "ok", queued = 0, driftMs = 0, stuck = [] } = kiosk.health;
	if (kiosk.seenMs === null) return "never";
	if (nowMs - kiosk.seenMs > SILENT_MS) return "silent";
	if (stuck.length > 0) return "stuck";
	if (camera !== "ok" && camera !== "starting") return "blind";
	if (queued > 0) return "queueing";
	return Math.abs(driftMs) > DRIFT_MS ? "drifting" : "well";
}

export const VERDICT_TONES: Readonly<Record<KioskVerdict, Tone>> = {
	pending: "wait",
	suspended: "quiet",
	revoked: "quiet",
	never: "wait",
	silent: "bad",
	stuck: "bad",
	blind: "warn",
	queueing: "warn",
	drifting: "warn",
	well: "ok",
};

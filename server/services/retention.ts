/** Forgets what is past its time: evidence photos, old alarms and throttles, ended sessions, run-out pairing codes. Punches themselves stay. */
import { deleteOldPairingCodes } from "../../db/kiosk.ts";
import { deletePhotosBefore } from "../../db/punch.ts";
import { deleteOldSessions } from "../../db/session.ts";
import type { Store } from "../../db/store.ts";
import { forgetThrottles } from "../../db/throttle.ts";
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS } from "../base/units.ts";
import { forgetOldAlarms } from "./alarms.ts";
import { readPolicy } from "./policy.ts";
import { sealEvent } from "./sealing.ts";
import { sessionLimits } from "./sessions.ts";

export interface RetentionDeps {
	readonly store: Store;
	readonly clock: Clock;
	/** False while the time of the box is in doubt: a clock that jumped ahead must not erase anything. */
	isTimeTrusted(): boolean;
}

export interface Swept {
	readonly photos: number;
}

export interface Retention {
	/** One pass. Each pass that erased photos leaves a `purge` leaf with their number and the limit. */
	sweep(): Promise<Swept>;
}

/** Longer than any lock-out lasts. */
const THROTTLE_LIFE_MS = 7 * DAY_MS;

export function makeRetention({ store, clock, isTimeTrusted }: RetentionDeps): Retention {
	return {
		async sweep() {
			if (!isTimeTrusted()) return { photos: 0 };
			const nowMs = clock.nowMs();
			return store.commit((tx) => {
				const { photoDays } = readPolicy(tx);
				const beforeMs = nowMs - photoDays * DAY_MS;
				const photos = deletePhotosBefore(tx, beforeMs);
				if (photos > 0) {
					const actor = { kind: "box" as const, id: "retention" };
					const on = { objectKind: "punch_photo", objectId: "old", address: "", nowMs };
					const detail = { photos, photoDays, before: new Date(beforeMs).toISOString() };
					sealEvent(tx, { type: "purge", actor, action: "photos.purge", ...on, detail });
				}
				const limits = sessionLimits(tx);
				deleteOldSessions(tx, nowMs - limits.idleMin * MINUTE_MS, nowMs - limits.absoluteHours * HOUR_MS);
				forgetOldAlarms(tx, nowMs);
				forgetThrottles(tx, nowMs - THROTTLE_LIFE_MS);
				deleteOldPairingCodes(tx, nowMs - DAY_MS);
				return { photos };
			});
		},
	};
}

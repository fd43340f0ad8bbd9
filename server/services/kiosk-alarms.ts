/** What follows when a kiosk's proof fails: a line in the audit (thinned out under a flood), an alarm for every try, and for a copied key suspension. */
import type { AlarmKind } from "../../db/alarm.ts";
import { insertAudit } from "../../db/audit.ts";
import { decideKiosk, kioskById } from "../../db/kiosk.ts";
import type { Store } from "../../db/store.ts";
import { type Clock, SECOND_MS } from "../base/units.ts";
import type { DomainBus } from "./events.ts";
import type { KioskAuthDeps } from "./kiosk-auth.ts";
import { sealEvent } from "./sealing.ts";

export interface KioskAlarmsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly onError: (error: unknown) => void;
}

/** One line per kiosk and reason in this time; whoever floods the box must not fill its disk. */
const THIN_MS = 10 * SECOND_MS;
const MOST_SUBJECTS = 500;

/** A paused or removed kiosk keeps asking, and a tablet's wrong clock shows among its health: neither alarms. */
const KINDS: Readonly<Record<string, AlarmKind>> = {
	"kiosk.auth.signature": "forged",
	"kiosk.auth.counter_low": "forged",
	"kiosk.auth.counter_clash": "copied_key",
	"kiosk.auth.nonce_unknown": "replayed",
	"kiosk.auth.nonce_old": "replayed",
	"kiosk.auth.unknown_kiosk": "stranger",
	"kiosk.auth.unsigned": "stranger",
};

export function makeKioskAlarms(deps: KioskAlarmsDeps): Pick<KioskAuthDeps, "onClash" | "onRefused"> {
	const { store, clock, bus } = deps;
	const toldMs = new Map<string, number>();
	const isNews = (subject: string): boolean => {
		const last = toldMs.get(subject);
		if (last !== undefined && clock.monoMs() - last < THIN_MS) return false;
		if (toldMs.size >= MOST_SUBJECTS) toldMs.clear();
		toldMs.set(subject, clock.monoMs());
		return true;
	};
	return {
		onRefused(claimedId, code, address) {
			const isKnown = kioskById(store, claimedId) !== undefined;
			const objectId = isKnown ? claimedId : "unknown";
			const kind = KINDS[code];
			if (kind) bus.emit("alarm", { kind, kioskId: isKnown ? claimedId : "", address });
			if (!isNews(`${objectId}|${code}`)) return;
			const who = { atMs: clock.nowMs(), actorKind: "kiosk" as const, actorId: objectId, address };
			const what = { action: "kiosks.refused", objectKind: "kiosk", objectId, detail: { code }, seq: null };
			store.commit((tx) => insertAudit(tx, { ...who, ...what })).catch(deps.onError);
		},
		onClash(kioskId) {
			const nowMs = clock.nowMs();
			const what = {
				action: "kiosks.clash",
				objectKind: "kiosk",
				objectId: kioskId,
				detail: {},
				address: "",
			};
			const suspended = store.commit((tx) => {
				// Revoked a moment ago: a clash must not turn that into a pause.
				if (kioskById(tx, kioskId)?.status === "revoked") return;
				decideKiosk(tx, kioskId, "suspended", "box", nowMs);
				sealEvent(tx, { type: "device-revoke", actor: { kind: "box", id: "kiosk-auth" }, ...what, nowMs });
			});
			suspended.then(() => bus.emit("kiosk", { kioskId })).catch(deps.onError);
		},
	};
}

/** Lists in the audit who looked at whose data, and seals who took data out of the box. */
import type { Store } from "../../db/store.ts";
import { type Clock, MINUTE_MS } from "../base/units.ts";
import type { By } from "./author.ts";
import { type Look, noteLook, sealEvent } from "./sealing.ts";

export interface LooksDeps {
	readonly store: Store;
	readonly clock: Clock;
}

/** `renewed`: the page asks for itself again and again, or is a part of one that was listed a moment ago. */
export type LookKind = "opened" | "renewed";

export interface Looks {
	/** A page with one person's data was shown. */
	atPerson(employeeId: string, by: By, kind?: LookKind): Promise<void>;
	/** A list of many people was shown: the board, a day, the doubts. */
	atReport(report: string, detail: Readonly<Record<string, string>>, by: By, kind?: LookKind): Promise<void>;
	/** A file with data of people was handed out: which kind, how many rows. */
	exported(kind: string, rows: number, by: By): Promise<void>;
}

/** Renewals within this time after a listed look at the same thing by the same person are the same look. */
const SAME_LOOK_MS = 10 * MINUTE_MS;
const MOST_REMEMBERED = 1_000;

export function makeLooks(deps: LooksDeps): Looks {
	const { store, clock } = deps;
	const listed = new Map<string, number>();
	const list = async (look: Omit<Look, "nowMs">, kind: LookKind): Promise<void> => {
		const key = `${look.actor.id}|${look.objectKind}|${look.objectId}`;
		const lastMs = listed.get(key);
		if (kind === "renewed" && lastMs !== undefined && clock.monoMs() - lastMs < SAME_LOOK_MS) return;
		await store.commit((tx) => noteLook(tx, { ...look, nowMs: clock.nowMs() }));
		if (listed.size >= MOST_REMEMBERED) listed.clear();
		listed.set(key, clock.monoMs());
	};
	return {
		atPerson(employeeId, by, kind = "opened") {
			const on = { objectKind: "employee", objectId: employeeId, detail: {} };
			return list({ ...by, action: "people.look", ...on }, kind);
		},
		atReport(report, detail, by, kind = "opened") {
			const on = { objectKind: "report", objectId: report, detail };
			return list({ ...by, action: "reports.look", ...on }, kind);
		},
		async exported(kind, rows, by) {
			const nowMs = clock.nowMs();
			await store.commit((tx) => {
				const on = { objectKind: "report", objectId: kind, detail: { rows } };
				sealEvent(tx, { type: "export", action: "export.made", ...on, ...by, nowMs });
			});
		},
	};
}

/** Lists in the audit who looked at whose data, and seals who took data out of the box. */
import type { Store } from "../../db/store.ts";
import type { Clock } from "../base/units.ts";
import type { By } from "./author.ts";
import { noteLook, sealEvent } from "./sealing.ts";

export interface LooksDeps {
	readonly store: Store;
	readonly clock: Clock;
}

export interface Looks {
	/** A page with one person's data was shown. */
	atPerson(employeeId: string, by: By): Promise<void>;
	/** A list of many people was shown: the board, a day, the doubts. */
	atReport(kind: string, detail: Readonly<Record<string, string>>, by: By): Promise<void>;
	/** A file with data of people was handed out: which kind, how many rows. */
	exported(kind: string, rows: number, by: By): Promise<void>;
}

export function makeLooks({ store, clock }: LooksDeps): Looks {
	return {
		async atPerson(employeeId, by) {
			const look = { ...by, action: "people.look", objectKind: "employee", objectId: employeeId, detail: {} };
			await store.commit((tx) => noteLook(tx, { ...look, nowMs: clock.nowMs() }));
		},
		async atReport(kind, detail, by) {
			const look = { ...by, action: "reports.look", objectKind: "report", objectId: kind, detail };
			await store.commit((tx) => noteLook(tx, { ...look, nowMs: clock.nowMs() }));
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

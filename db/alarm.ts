/** Refused tries at the doors, one row per kind, door and person. Which of them need somebody is the service's business. */
import { and, desc, eq, gte, lt } from "drizzle-orm";
import { alarm } from "./schema/punch.ts";
import type { Db, Tx } from "./store.ts";

/**
 * pin_locked: a person must wait · forged: a signature or counter is wrong · replayed: an old request came again ·
 * stranger: unsigned, or from a device that is not paired · copied_key: two devices use one key.
 */
export const ALARM_KINDS = [
	"copied_key",
	"forged",
	"replayed",
	"stranger",
	"pin_locked",
	"wrong_pin",
	"unknown_card",
	"unknown_face",
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

export interface AlarmKey {
	readonly kind: AlarmKind;
	/** Empty for a device that is not paired. */
	readonly kioskId: string;
	/** Empty when it is about nobody in particular. */
	readonly employeeId: string;
}

export interface AlarmRow extends AlarmKey {
	readonly tries: number;
	readonly firstMs: number;
	readonly lastMs: number;
	/** Where the last forged request came from; empty for tries at a door. */
	readonly address: string;
}

const keyOf = ({ kind, kioskId, employeeId }: AlarmKey) =>
	and(eq(alarm.kind, kind), eq(alarm.kioskId, kioskId), eq(alarm.employeeId, employeeId));

export const alarmOf = (db: Db, key: AlarmKey): AlarmRow | undefined =>
	db.orm.select().from(alarm).where(keyOf(key)).get() as AlarmRow | undefined;

export const putAlarm = (tx: Tx, row: AlarmRow): void =>
	void tx.orm
		.insert(alarm)
		.values(row)
		.onConflictDoUpdate({ target: [alarm.kind, alarm.kioskId, alarm.employeeId], set: row })
		.run();

export const deleteAlarm = (tx: Tx, key: AlarmKey): void => void tx.orm.delete(alarm).where(keyOf(key)).run();

/** Rows with a try since `sinceMs`, the latest first. */
export const listAlarms = (db: Db, sinceMs: number): AlarmRow[] =>
	db.orm
		.select()
		.from(alarm)
		.where(gte(alarm.lastMs, sinceMs))
		.orderBy(desc(alarm.lastMs))
		.all() as AlarmRow[];

/** Forgets rows quiet since before `beforeMs`, and the quietest ones beyond `most`. */
export function pruneAlarms(tx: Tx, beforeMs: number, most: number): void {
	tx.orm.delete(alarm).where(lt(alarm.lastMs, beforeMs)).run();
	tx.sqlite
		.query(
			`DELETE FROM alarm WHERE (kind, kiosk_id, employee_id) IN
			   (SELECT kind, kiosk_id, employee_id FROM alarm ORDER BY last_ms DESC LIMIT -1 OFFSET ?)`,
		)
		.run(most);
}

/**
 * Counts refused tries per kind, door and person, and tells which of them somebody should look at. Listens to the bus, keeps
 * a small table, so a restart forgets nothing. A flood costs one write a second and a bounded number of rows.
 */
import {
	type AlarmKey,
	type AlarmKind,
	type AlarmRow,
	alarmOf,
	deleteAlarm,
	listAlarms,
	pruneAlarms,
	putAlarm,
} from "../../db/alarm.ts";
import type { Db, Store, Tx } from "../../db/store.ts";
import { type Clock, DAY_MS, HOUR_MS, SECOND_MS } from "../base/units.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { sealEvent } from "./sealing.ts";

export interface AlarmsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly onError: (error: unknown) => void;
}

export interface Alarms {
	/** Somebody has looked: the count begins anew. Sealed with what it stood at; nothing happens when it is gone already. */
	dismiss(key: AlarmKey, by: By): Promise<void>;
	/** Writes what is still only counted in memory. */
	settle(): Promise<void>;
	/** Stops listening and writes the rest. */
	stop(): Promise<void>;
}

/**
 * Tries within an hour that make it worth a look. One strange face is a visitor and one wrong PIN a slip; one wrong
 * signature never happens by itself, while every restart of the box makes each kiosk ask with an outdated nonce.
 */
export const ALARM_TRIES: Readonly<Record<AlarmKind, number>> = {
	copied_key: 1,
	forged: 1,
	replayed: 10,
	stranger: 3,
	pin_locked: 1,
	wrong_pin: 10,
	unknown_card: 3,
	unknown_face: 5,
};

/** Tries further apart than this do not add up to an alarm. */
const WINDOW_MS = HOUR_MS;
/** An alarm nobody looked at is shown this long after its last try. */
const LIFE_MS = DAY_MS;
const MOST_ROWS = 300;
/** Keys counted between two writes; more of them are one flood from many invented senders. */
const MOST_PENDING = 300;
const WRITE_EVERY_MS = SECOND_MS;

/** The alarms that need somebody at `nowMs`, the latest first. */
export const openAlarms = (db: Db, nowMs: number): AlarmRow[] =>
	listAlarms(db, nowMs - LIFE_MS).filter(({ kind, tries }) => tries >= ALARM_TRIES[kind]);

/** Retention: drops what is too old to be shown. */
export const forgetOldAlarms = (tx: Tx, nowMs: number): void => pruneAlarms(tx, nowMs - LIFE_MS, MOST_ROWS);

export function makeAlarms(deps: AlarmsDeps): Alarms {
	const { store, clock, bus } = deps;
	const counted = new Map<string, AlarmRow>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let writing: Promise<void> = Promise.resolve();
	const write = (): Promise<void> => {
		clearTimeout(timer);
		timer = undefined;
		if (counted.size === 0) return writing;
		const rows = [...counted.values()];
		counted.clear();
		writing = writing.then(() => addUp(deps, rows)).catch(deps.onError);
		return writing;
	};
	const off = bus.on("alarm", ({ kind, kioskId, employeeId = "", address = "" }) => {
		const id = `${kind}|${kioskId}|${employeeId}`;
		const nowMs = clock.nowMs();
		const known = counted.get(id);
		if (!known && counted.size >= MOST_PENDING) return;
		const fresh = { kind, kioskId, employeeId, address, tries: 0, firstMs: nowMs };
		counted.set(id, { ...(known ?? fresh), address, tries: (known?.tries ?? 0) + 1, lastMs: nowMs });
		timer ??= setTimeout(write, WRITE_EVERY_MS);
	});
	return {
		async dismiss(key, by) {
			await write();
			const gone = await store.commit((tx) => dismissRow(tx, key, by, clock.nowMs()));
			if (gone) bus.emit("alarms", {});
		},
		settle: write,
		stop() {
			off();
			return write();
		},
	};
}

async function addUp({ store, clock, bus }: AlarmsDeps, rows: readonly AlarmRow[]): Promise<void> {
	await store.commit((tx) => {
		for (const row of rows) putAlarm(tx, merged(alarmOf(tx, row), row));
		forgetOldAlarms(tx, clock.nowMs());
	});
	bus.emit("alarms", {});
}

/** A count that never became an alarm starts anew after the window; one that did goes on until it is seen or too old. */
function merged(old: AlarmRow | undefined, now: AlarmRow): AlarmRow {
	if (!old || now.lastMs - old.lastMs > LIFE_MS) return now;
	if (old.tries < ALARM_TRIES[old.kind] && now.lastMs - old.firstMs > WINDOW_MS) return now;
	return { ...now, tries: old.tries + now.tries, firstMs: old.firstMs };
}

function dismissRow(tx: Tx, key: AlarmKey, by: By, nowMs: number): boolean {
	const row = alarmOf(tx, key);
	if (!row) return false;
	deleteAlarm(tx, key);
	const { kind, kioskId, employeeId, tries, firstMs, lastMs } = row;
	const detail = {
		kind,
		tries,
		from: new Date(firstMs).toISOString(),
		to: new Date(lastMs).toISOString(),
		...(employeeId && { emp: employeeId }),
	};
	const on = { objectKind: "kiosk", objectId: kioskId || "unknown", detail, nowMs };
	sealEvent(tx, { type: "setting", action: "alarms.seen", ...on, ...by });
	return true;
}

/** One setting on its way into the store: written and sealed with the old and the new value. What stays the same leaves no trace. */
import { writeSetting } from "../../db/setting.ts";
import type { Tx } from "../../db/store.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { By } from "./author.ts";
import { sealEvent } from "./sealing.ts";

export interface SettingChange {
	readonly key: string;
	/** As in force, defaults included; null when nobody has decided yet. */
	readonly old: object | number | null;
	readonly next: object | number;
}

/** True when something differed. Must run inside `store.commit`. */
export function changeSetting(tx: Tx, change: SettingChange, action: string, by: By, nowMs: number): boolean {
	const { key, old, next } = change;
	if (JSON.stringify(old) === JSON.stringify(next)) return false;
	writeSetting(tx, key, next, nowMs);
	const detail = { old: old as JsonValue, new: next as JsonValue };
	sealEvent(tx, {
		type: "setting",
		action,
		objectKind: "setting",
		objectId: key,
		detail,
		...by,
		nowMs,
	});
	return true;
}

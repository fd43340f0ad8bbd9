/** The name of this box's evidence log: made once, random, since host names change and two boxes may share one. */
import { readSetting, writeSetting } from "../../db/setting.ts";
import type { Db, Store } from "../../db/store.ts";
import { formatOrigin } from "../ledger/checkpoint.ts";

/** The ledger's life between two declared restores. */
export const EPOCH = 1;
const SETTING = "ledger.log";

/** `<box>/<site>/e<epoch>`, or undefined before the first start. */
export function storedOrigin(db: Db): string | undefined {
	const log = readSetting<string>(db, SETTING);
	return log && formatOrigin({ log, epoch: EPOCH });
}

/** The stored origin, or a new one. */
export async function loadOrigin(store: Store, nowMs: number): Promise<string> {
	const known = storedOrigin(store);
	if (known) return known;
	const log = `dianmao-${crypto.randomUUID().slice(0, 8)}/site-1`;
	await store.commit((tx) => writeSetting(tx, SETTING, log, nowMs));
	return formatOrigin({ log, epoch: EPOCH });
}

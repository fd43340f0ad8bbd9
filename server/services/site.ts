/** The site this box serves: name, zone, language. */
import { readSetting, writeSetting } from "../../db/setting.ts";
import type { Db, Tx } from "../../db/store.ts";
import type { Lang } from "../base/translate.ts";

export interface Site {
	readonly name: string;
	/** IANA zone; decides what "today" is for everyone here. */
	readonly zone: string;
	readonly lang: Lang;
}

const SETTING = "site";

/** The stored site, or undefined before the first run has named it. */
export const storedSite = (db: Db): Site | undefined => readSetting<Site>(db, SETTING);

/** The site as far as known: before the first run the box's own zone and Chinese. */
export const readSite = (db: Db): Site =>
	storedSite(db) ?? { name: "", zone: Intl.DateTimeFormat().resolvedOptions().timeZone, lang: "zh-CN" };

/** The caller seals the change. */
export const writeSite = (tx: Tx, site: Site, nowMs: number): void => writeSetting(tx, SETTING, site, nowMs);

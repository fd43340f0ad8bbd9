/** What the box knows of its site: name, zone, language, law preset, whether faces are used at all. */
import { readSetting } from "../../db/setting.ts";
import type { Db, Store } from "../../db/store.ts";
import { invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import type { Clock } from "../base/units.ts";
import type { By } from "./author.ts";
import { changeSetting, type SettingChange } from "./setting-change.ts";

export interface SiteSettings {
	readonly name: string;
	/** IANA name. */
	readonly zone: string;
	readonly lang: Lang;
}

/** Whose rules on faces the defaults follow. */
export const LAW_PRESETS = ["CN", "EU", "US", "other"] as const;
export type LawPreset = (typeof LAW_PRESETS)[number];

export interface FaceSettings {
	readonly on: boolean;
	readonly preset: LawPreset;
}

const SITE = "site";
const FACE = "face";

export const readSite = (db: Db): SiteSettings | undefined => readSetting<SiteSettings>(db, SITE);

/** The site as far as known: before the first run the machine's own zone, and Chinese. */
export const siteOrDefault = (db: Db): SiteSettings =>
	readSite(db) ?? { name: "", zone: Intl.DateTimeFormat().resolvedOptions().timeZone, lang: "zh-CN" };

export const readFace = (db: Db): FaceSettings | undefined => readSetting<FaceSettings>(db, FACE);

/** Off until somebody decided; in the EU an employee's consent is weak, so off stays the default there (GDPR 9, EDPB 3/2019). */
export const isFaceOn = (db: Db): boolean => readFace(db)?.on ?? false;
export const defaultFaceOn = (preset: LawPreset): boolean => preset !== "EU";

/** Zones of this runtime, UTC included. */
export const knownZones = (): string[] => [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])];

/** True when the runtime can reckon in `zone`, also by an older name of it. */
export function isZone(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined && /^[A-Z]/.test(zone);
	} catch {
		return false;
	}
}

export interface Site {
	/** Fails with `setup.zone_unknown`. */
	save(site: SiteSettings, by: By): Promise<Result<void>>;
	saveFace(face: FaceSettings, by: By): Promise<void>;
}

/** The site as a change against what is stored; fails with `setup.zone_unknown`. */
export function siteChange(db: Db, { name, zone, lang }: SiteSettings): Result<SettingChange> {
	if (!isZone(zone)) return fail(invalid("setup.zone_unknown", "zone"));
	return ok({ key: SITE, old: readSite(db) ?? null, next: { name, zone, lang } });
}

/** The choice about faces as a change against what is stored. */
export const faceChange = (db: Db, { on, preset }: FaceSettings): SettingChange => ({
	key: FACE,
	old: readFace(db) ?? null,
	next: { on, preset },
});

/** The two settings of the first run; later changes go through `choices.ts`. */
export function makeSite({ store, clock }: { readonly store: Store; readonly clock: Clock }): Site {
	return {
		save: (site, by) =>
			store.commit((tx) => {
				const change = siteChange(tx, site);
				if (!change.ok) return change;
				changeSetting(tx, change.value, "setup.site", by, clock.nowMs());
				return ok(undefined);
			}),
		saveFace: (face, by) =>
			store.commit((tx) => {
				changeSetting(tx, faceChange(tx, face), "setup.face", by, clock.nowMs());
			}),
	};
}

/** Changes the owner's settings: site, kiosk policy, PIN length, session length, extra host names. Each change is sealed with old and new. */
import { readSetting, writeSetting } from "../../db/setting.ts";
import type { Db, Store, Tx } from "../../db/store.ts";
import { invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { By } from "./author.ts";
import { MIN_DIGITS_SETTING, minPinDigits } from "./pins.ts";
import { type Policy, readPolicy, writePolicy } from "./policy.ts";
import { sealEvent } from "./sealing.ts";
import { type SessionLimits, sessionLimits } from "./sessions.ts";
import { type FaceSettings, readFace, type Site, type SiteSettings } from "./site.ts";

export interface ChoicesDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly site: Site;
}

export interface Choices {
	/** Fails with `settings.name_length` or `setup.zone_unknown`. */
	changeSite(site: SiteSettings, by: By): Promise<Result<void>>;
	/** Turns faces on or off for everyone; the chosen law preset stays. */
	changeFace(on: boolean, by: By): Promise<Result<void>>;
	/** Changes the given fields; fails with `settings.idle_range` or `settings.photo_days_range`. */
	changePolicy(change: Partial<Policy>, by: By): Promise<Result<void>>;
	/** Holds for PINs set from now on; 6 to 12. Fails with `settings.pin_range`. */
	changeMinPinDigits(digits: number, by: By): Promise<Result<void>>;
	/** Fails with `settings.session_range`. */
	changeSessions(limits: SessionLimits, by: By): Promise<Result<void>>;
	/** Host names and addresses the box answers to besides its own; fails with `settings.host_wrong`. */
	changeHosts(hosts: readonly string[], by: By): Promise<Result<void>>;
}

const HOSTS_SETTING = "site.hosts";
const SESSION_SETTING = "security.session";
const MOST_HOSTS = 20;
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Extra host names the owner has added, lower case. */
export const extraHosts = (db: Db): readonly string[] => readSetting<string[]>(db, HOSTS_SETTING) ?? [];

/** Evidence photos may be kept from a day to a year; 30 days is what TRUST bar 25 asks for by default. */
export const PHOTO_DAYS = { min: 1, max: 365 } as const;
export const IDLE_SEC = { min: 10, max: 600 } as const;
export const PIN_DIGITS = { min: 6, max: 12 } as const;
export const SESSION_IDLE_MIN = { min: 5, max: 720 } as const;
export const SESSION_HOURS = { min: 1, max: 24 } as const;

const isWithinRange = (
	value: number,
	{ min, max }: { readonly min: number; readonly max: number },
): boolean => Number.isInteger(value) && value >= min && value <= max;

type Change = (
	key: string,
	old: JsonValue,
	now: JsonValue,
	by: By,
	write: (tx: Tx, nowMs: number) => void,
) => Promise<Result<void>>;

/** Writes and seals one setting; what stays the same leaves no leaf. */
const makeChange =
	({ store, clock }: ChoicesDeps): Change =>
	async (key, old, now, by, write) => {
		if (JSON.stringify(old) === JSON.stringify(now)) return ok(undefined);
		const nowMs = clock.nowMs();
		await store.commit((tx) => {
			write(tx, nowMs);
			const on = { objectKind: "setting", objectId: key, detail: { old, new: now }, nowMs };
			sealEvent(tx, { type: "setting", ...by, action: "settings.change", ...on });
		});
		return ok(undefined);
	};

export function makeChoices(deps: ChoicesDeps): Choices {
	const { store } = deps;
	const change = makeChange(deps);
	return {
		async changeSite(site, by) {
			const name = site.name.trim();
			if (name === "" || [...name].length > 60)
				return fail(invalid("settings.name_length", "name", { max: 60 }));
			return deps.site.save({ name, zone: site.zone, lang: site.lang }, by);
		},
		async changeFace(on, by) {
			const old: FaceSettings = readFace(store) ?? { on: false, preset: "other" };
			if (old.on !== on) await deps.site.saveFace({ ...old, on }, by);
			return ok(undefined);
		},
		async changePolicy(wanted, by) {
			const old = readPolicy(store);
			const next = { ...old, ...wanted };
			if (!isWithinRange(next.idleSec, IDLE_SEC))
				return fail(invalid("settings.idle_range", "idleSec", IDLE_SEC));
			if (!isWithinRange(next.photoDays, PHOTO_DAYS))
				return fail(invalid("settings.photo_days_range", "photoDays", PHOTO_DAYS));
			return change("policy", { ...old }, next, by, (tx, nowMs) => writePolicy(tx, next, nowMs));
		},
		async changeMinPinDigits(digits, by) {
			if (!isWithinRange(digits, PIN_DIGITS))
				return fail(invalid("settings.pin_range", "pinDigits", PIN_DIGITS));
			const write = (tx: Tx, nowMs: number) => writeSetting(tx, MIN_DIGITS_SETTING, digits, nowMs);
			return change(MIN_DIGITS_SETTING, minPinDigits(store), digits, by, write);
		},
		...makeAccessChoices(deps, change),
	};
}

/** Choices about who gets in: how long sessions last, under which names the box answers. */
function makeAccessChoices(
	{ store }: ChoicesDeps,
	change: Change,
): Pick<Choices, "changeSessions" | "changeHosts"> {
	return {
		async changeSessions({ idleMin, absoluteHours }, by) {
			if (!isWithinRange(idleMin, SESSION_IDLE_MIN))
				return fail(invalid("settings.session_range", "idleMin", SESSION_IDLE_MIN));
			if (!isWithinRange(absoluteHours, SESSION_HOURS))
				return fail(invalid("settings.session_range", "absoluteHours", SESSION_HOURS));
			const next = { idleMin, absoluteHours };
			const write = (tx: Tx, nowMs: number) => writeSetting(tx, SESSION_SETTING, next, nowMs);
			return change(SESSION_SETTING, { ...sessionLimits(store) }, next, by, write);
		},
		async changeHosts(hosts, by) {
			const next = [...new Set(hosts.map((host) => host.trim().toLowerCase().replace(/\.$/, "")))].filter(
				Boolean,
			);
			const wrong = next.find((host) => !HOST.test(host));
			if (wrong) return fail(invalid("settings.host_wrong", "hosts", { host: wrong }));
			if (next.length > MOST_HOSTS) return fail(invalid("settings.hosts_many", "hosts", { max: MOST_HOSTS }));
			const write = (tx: Tx, nowMs: number) => writeSetting(tx, HOSTS_SETTING, next, nowMs);
			return change(HOSTS_SETTING, [...extraHosts(store)], next, by, write);
		},
	};
}

/**
 * Changes the owner's settings: site, faces, kiosk policy, PIN length, session length, extra host names.
 * What one form sends is one transaction: all of it holds or none, each changed setting sealed with old and new.
 */
import { readSetting } from "../../db/setting.ts";
import type { Db, Store } from "../../db/store.ts";
import { type AppError, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { By } from "./author.ts";
import { MIN_DIGITS_SETTING, minPinDigits } from "./pins.ts";
import { POLICY_SETTING, type Policy, readPolicy } from "./policy.ts";
import { SESSION_SETTING, type SessionLimits, sessionLimits } from "./sessions.ts";
import { changeSetting, type SettingChange } from "./setting-change.ts";
import { faceChange, readFace, type SiteSettings, siteChange } from "./site.ts";

export interface ChoicesDeps {
	readonly store: Store;
	readonly clock: Clock;
}

/** What a form may change; absent means left alone. */
export interface WantedChoices {
	readonly site?: SiteSettings;
	/** Faces on or off for everyone; the chosen law preset stays. */
	readonly faceOn?: boolean;
	readonly policy?: Partial<Policy>;
	/** Holds for PINs set from now on. */
	readonly pinDigits?: number;
	readonly sessions?: SessionLimits;
	/** Host names and addresses the box answers to besides its own. */
	readonly hosts?: readonly string[];
}

export interface Choices {
	/**
	 * All or nothing. Fails with `settings.name_length`, `setup.zone_unknown`, `settings.idle_range`,
	 * `settings.photo_days_range`, `settings.turn_share_range`, `faces.limit_range`, `settings.pin_range`, `settings.session_range`, `settings.host_wrong` or `settings.hosts_many`.
	 */
	change(wanted: WantedChoices, by: By): Promise<Result<void>>;
}

const HOSTS_SETTING = "site.hosts";
const MOST_HOSTS = 20;
const NAME_MAX = 60;
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Extra host names the owner has added, lower case. */
export const extraHosts = (db: Db): readonly string[] => readSetting<string[]>(db, HOSTS_SETTING) ?? [];

/** Evidence photos may be kept from a day to a year; 30 days is what TRUST bar 25 asks for by default. */
export const PHOTO_DAYS = { min: 1, max: 365 } as const;
export const IDLE_SEC = { min: 10, max: 600 } as const;
/** In a hundred; more would be a queue at the door. */
export const TURN_SHARE = { min: 1, max: 50 } as const;
/** Wrong names a year that an owner may allow. */
export const WRONG_NAMES = { min: 1, max: 52 } as const;
export const PIN_DIGITS = { min: 6, max: 12 } as const;
export const SESSION_IDLE_MIN = { min: 5, max: 720 } as const;
export const SESSION_HOURS = { min: 1, max: 24 } as const;

type Range = { readonly min: number; readonly max: number };

const outside = (value: number, { min, max }: Range): boolean =>
	!Number.isInteger(value) || value < min || value > max;

export const makeChoices = ({ store, clock }: ChoicesDeps): Choices => ({
	change: (wanted, by) =>
		store.commit((tx): Result<void> => {
			const planned = PLANNERS.map((plan) => plan(tx, wanted)).filter((one) => one !== undefined);
			const refused = planned.find((one) => !one.ok);
			if (refused && !refused.ok) return refused;
			for (const one of planned)
				if (one.ok) changeSetting(tx, one.value, "settings.change", by, clock.nowMs());
			return ok(undefined);
		}),
});

/** One per setting: the change it asks for, the reason to refuse it, or nothing when the form does not speak of it. */
type Planner = (db: Db, wanted: WantedChoices) => Result<SettingChange> | undefined;

const planSite: Planner = (db, { site }) => {
	if (!site) return undefined;
	const name = site.name.trim();
	if (name === "" || [...name].length > NAME_MAX)
		return fail(invalid("settings.name_length", "name", { max: NAME_MAX }));
	return siteChange(db, { ...site, name });
};

const planFace: Planner = (db, { faceOn }) =>
	faceOn === undefined
		? undefined
		: ok(faceChange(db, { preset: readFace(db)?.preset ?? "other", on: faceOn }));

const planPolicy: Planner = (db, { policy }) => {
	if (!policy) return undefined;
	const old = readPolicy(db);
	const next = { ...old, ...policy };
	if (outside(next.idleSec, IDLE_SEC)) return fail(invalid("settings.idle_range", "idleSec", IDLE_SEC));
	if (outside(next.photoDays, PHOTO_DAYS))
		return fail(invalid("settings.photo_days_range", "photoDays", PHOTO_DAYS));
	if (outside(next.turnShare, TURN_SHARE))
		return fail(invalid("settings.turn_share_range", "turnShare", TURN_SHARE));
	if (outside(next.wrongNames, WRONG_NAMES))
		return fail(invalid("faces.limit_range", "wrongNames", WRONG_NAMES));
	return ok({ key: POLICY_SETTING, old, next });
};

const planPinDigits: Planner = (db, { pinDigits: next }) => {
	if (next === undefined) return undefined;
	if (outside(next, PIN_DIGITS)) return fail(invalid("settings.pin_range", "pinDigits", PIN_DIGITS));
	return ok({ key: MIN_DIGITS_SETTING, old: minPinDigits(db), next });
};

const planSessions: Planner = (db, { sessions }) => {
	if (!sessions) return undefined;
	const { idleMin, absoluteHours } = sessions;
	if (outside(idleMin, SESSION_IDLE_MIN))
		return fail(invalid("settings.session_range", "idleMin", SESSION_IDLE_MIN));
	if (outside(absoluteHours, SESSION_HOURS))
		return fail(invalid("settings.session_range", "absoluteHours", SESSION_HOURS));
	return ok({ key: SESSION_SETTING, old: sessionLimits(db), next: { idleMin, absoluteHours } });
};

const planHosts: Planner = (db, { hosts }) => {
	if (!hosts) return undefined;
	const plain = hosts.map((host) => host.trim().toLowerCase().replace(/\.$/, "")).filter(Boolean);
	const next = [...new Set(plain)];
	const problem = refuseHosts(next);
	return problem ? fail(problem) : ok({ key: HOSTS_SETTING, old: extraHosts(db), next });
};

function refuseHosts(hosts: readonly string[]): AppError | undefined {
	const wrong = hosts.find((host) => !HOST.test(host));
	if (wrong) return invalid("settings.host_wrong", "hosts", { host: wrong });
	return hosts.length > MOST_HOSTS ? invalid("settings.hosts_many", "hosts", { max: MOST_HOSTS }) : undefined;
}

const PLANNERS: readonly Planner[] = [planSite, planFace, planPolicy, planPinDigits, planSessions, planHosts];

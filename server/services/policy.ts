/** Choices of the owner about kiosks, faces and retention: one typed record, defaults written once, here. */
import { readSetting, writeSetting } from "../../db/setting.ts";
import type { Db, Tx } from "../../db/store.ts";
import type { KioskPolicy } from "../protocol/kiosk.ts";

/** Which law's defaults the owner chose; not legal advice. */
export type LawPreset = "cn" | "eu" | "us";

export interface Policy {
	readonly preset: LawPreset;
	/** Face recognition at all; off by default under the EU preset (GDPR art. 9). */
	readonly faceOn: boolean;
	readonly voice: boolean;
	/** Larger type and slower screens. */
	readonly elder: boolean;
	/** People may hand in their own photos at the door, pending approval. */
	readonly selfEnrol: boolean;
	/** Seconds without anyone before the kiosk shows the clock. */
	readonly idleSec: number;
	/** Evidence photos are deleted after this many days (TRUST bar 25: at most 30 by default). */
	readonly photoDays: number;
}

const DEFAULTS: Policy = {
	preset: "cn",
	faceOn: true,
	voice: true,
	elder: false,
	selfEnrol: true,
	idleSec: 45,
	photoDays: 30,
};

const SETTING = "policy";

export const readPolicy = (db: Db): Policy => ({ ...DEFAULTS, ...readSetting<Partial<Policy>>(db, SETTING) });

/** The caller seals the change. */
export const writePolicy = (tx: Tx, policy: Policy, nowMs: number): void =>
	writeSetting(tx, SETTING, policy, nowMs);

/** Frames that must agree before a kiosk asks for a name (FACE.md §7). */
const FRAMES_NEEDED = 3;

export function kioskPolicy(policy: Policy, pinMinDigits: number, demo: boolean): KioskPolicy {
	const { faceOn, voice, elder, selfEnrol, idleSec } = policy;
	return { faceOn, voice, elder, selfEnrol, idleSec, pinMinDigits, framesNeeded: FRAMES_NEEDED, demo };
}

/** Choices of the owner about kiosks and retention: one typed record, defaults written once, here. Whether faces are used is in `site.ts`. */
import { readSetting } from "../../db/setting.ts";
import type { Db } from "../../db/store.ts";
import type { KioskPolicy } from "../protocol/kiosk.ts";

export const TURN_POLICIES = ["off", "doubt", "some"] as const;
export type TurnPolicy = (typeof TURN_POLICIES)[number];

export interface Policy {
	readonly voice: boolean;
	/** Larger type and slower screens. */
	readonly elder: boolean;
	/** People may hand in their own photos at the door, pending approval. */
	readonly selfEnrol: boolean;
	/** Seconds without anyone before the kiosk shows the clock. */
	readonly idleSec: number;
	/** When a face must turn before it counts: never, on doubt, or on doubt and now and then by chance. */
	readonly turn: TurnPolicy;
	/** With `some`: how many of a hundred punches that leave no doubt. */
	readonly turnShare: number;
	/** Wrong names a year from which on the door asks for card or PIN rather than guess; see `recognition/wrong-names.ts`. */
	readonly wrongNames: number;
	/** Evidence photos are deleted after this many days (TRUST bar 25: at most 30 by default). */
	readonly photoDays: number;
}

const DEFAULTS: Policy = {
	voice: true,
	elder: false,
	selfEnrol: true,
	idleSec: 45,
	turn: "doubt",
	turnShare: 5,
	// A wrong name is somebody's wage. One a year is rarer than the mistakes of a paper list, and small sites stay below it by themselves.
	wrongNames: 1,
	photoDays: 30,
};

/** Where `choices.ts` writes it. */
export const POLICY_SETTING = "policy";

export const readPolicy = (db: Db): Policy => ({
	...DEFAULTS,
	...readSetting<Partial<Policy>>(db, POLICY_SETTING),
});

/** Frames that must agree before a kiosk asks for a name (FACE.md §7). */
const FRAMES_NEEDED = 3;

/** What a kiosk is told: the owner's choices and what follows from elsewhere. */
export function kioskPolicy(
	{ voice, elder, selfEnrol, idleSec }: Policy,
	others: Pick<KioskPolicy, "faceOn" | "pinMinDigits" | "demo">,
): KioskPolicy {
	return { ...others, voice, elder, selfEnrol, idleSec, framesNeeded: FRAMES_NEEDED };
}

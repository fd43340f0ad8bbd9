/** Which net the owner has put in force, and how far the work towards another one is: two settings, read in one place. */
import { readSetting } from "../../db/setting.ts";
import type { Db } from "../../db/store.ts";
import type { By } from "./author.ts";

/** Stands for face-api's own net where a pack's id would stand. */
export const BUILT_IN = "built-in";

export interface NetChoice {
	/** Id of a pack, or `BUILT_IN`. */
	readonly netId: string;
	/** The net before: its templates are kept for the way back. */
	readonly previous?: string;
	readonly changedMs: number;
}

export type NetJobState = "running" | "waiting" | "done" | "failed" | "cancelled";

/** The one long job there can be: templates of another net for everyone. */
export interface NetJob {
	readonly netId: string;
	/** `compare` ends with figures; `switch` puts the net in force. */
	readonly goal: "compare" | "switch";
	/** `waiting`: some people would have no template; the owner decides. */
	readonly state: NetJobState;
	readonly by: By;
	readonly startedMs: number;
	/** People who would have no template. */
	readonly without: number;
	/** Message key of what went wrong. */
	readonly code?: string;
}

export const NET_SETTING = "net.choice";
export const NET_JOB_SETTING = "net.job";

/** The built-in net until the owner has decided otherwise. */
export const netChoice = (db: Db): NetChoice =>
	readSetting<NetChoice>(db, NET_SETTING) ?? { netId: BUILT_IN, changedMs: 0 };

export const netJob = (db: Db): NetJob | undefined => readSetting<NetJob>(db, NET_JOB_SETTING);

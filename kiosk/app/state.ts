/** What the door page knows and shows: plain data, changed only by `machine.ts`. */

import type { Lang } from "../../server/base/translate.ts";
import type {
	AcceptedPunch,
	ConsentText,
	FaceEvidence,
	HelloReply,
	KioskDoubt,
	MakeupRequest,
	PunchMethod,
	PunchReply,
} from "../../server/protocol/kiosk.ts";
import type { TurnAsk } from "../../server/protocol/turn.ts";
import type { Advice, Pose } from "../../server/recognition/quality.ts";
import type { LinkState } from "../device/link.ts";
import type { QueueStats } from "../device/queue.ts";
import type { CameraState, VisionEvent } from "./vision-port.ts";

/** Where the kiosk stands with the box. */
export type Standing =
	| "starting"
	| "insecure"
	| "no_storage"
	| "second_tab"
	| "unpaired"
	| "pending"
	| "active"
	| "suspended"
	| "revoked";

/** What the camera sees now. */
export type Sight =
	| { readonly kind: "nobody" }
	| { readonly kind: "several" }
	| {
			readonly kind: "face";
			readonly advice: Advice;
			readonly agreed: number;
			readonly needed: number;
			readonly yaw?: number;
	  };

/** Why card and PIN are offered now; nobody is blamed. */
export type Because = "chosen" | "ambiguous" | "unknown" | "not_me" | "camera" | "turn";

/** What the employee number is asked for. */
export type Purpose = "pin" | "makeup" | "enrol";

export type MakeupReason = MakeupRequest["reason"];

export interface Shot {
	readonly pose: Pose;
	readonly jpeg: string;
}

/** Screens with `untilMs` go back to waiting by themselves. */
export type Screen =
	| { readonly at: "waiting"; readonly sinceMs: number }
	| { readonly at: "saver" }
	| { readonly at: "sending"; readonly method: PunchMethod["kind"]; readonly face?: FaceEvidence }
	/** The box asks for a turn of the head before the face counts. */
	| { readonly at: "turn"; readonly face: FaceEvidence; readonly ask: TurnAsk; readonly untilMs: number }
	| { readonly at: "result"; readonly punch: AcceptedPunch; readonly untilMs: number }
	| { readonly at: "offline_face"; readonly face: FaceEvidence; readonly untilMs: number }
	| { readonly at: "saved"; readonly untilMs: number }
	| { readonly at: "problem"; readonly code: string; readonly waitSec?: number; readonly untilMs: number }
	| { readonly at: "choices"; readonly because: Because; readonly untilMs: number }
	| { readonly at: "card"; readonly text: string; readonly face?: FaceEvidence; readonly untilMs: number }
	| {
			readonly at: "number";
			readonly purpose: Purpose;
			readonly text: string;
			readonly because: Because;
			/** Kept from an ambiguous search, for the 1:1 check. */
			readonly face?: FaceEvidence;
			readonly untilMs: number;
	  }
	| {
			readonly at: "pin";
			readonly number: string;
			readonly pin: string;
			readonly face?: FaceEvidence;
			readonly untilMs: number;
	  }
	| { readonly at: "makeup"; readonly number: string; readonly busy: boolean; readonly untilMs: number }
	| { readonly at: "noted"; readonly what: "makeup" | "enrol"; readonly untilMs: number }
	| {
			readonly at: "consent";
			readonly number: string;
			readonly text?: ConsentText;
			readonly agreed: boolean;
			readonly untilMs: number;
	  }
	| {
			readonly at: "shots";
			readonly number: string;
			readonly consent: { readonly version: string; readonly lang: Lang };
			readonly shots: readonly Shot[];
			readonly busy: boolean;
			readonly untilMs: number;
	  };

/** One person walking by. `stop`: not certain enough in passing. */
export interface Pass {
	readonly track: number;
	readonly step: "asking" | "done" | "saved" | "stop";
	readonly punch?: AcceptedPunch;
	readonly untilMs: number;
}

export interface KioskState {
	readonly standing: Standing;
	/** Typed so far on the pairing screen. */
	readonly pairCode: string;
	readonly pairBusy: boolean;
	readonly pairProblem?: string;
	readonly fingerprint: string;
	readonly settings?: HelloReply;
	readonly link: LinkState;
	readonly camera: CameraState;
	/** The camera's name is that of a program, not of a device. */
	readonly virtualCamera: boolean;
	readonly queue: QueueStats;
	readonly lang: Lang;
	readonly elder: boolean;
	readonly muted: boolean;
	/** By the box's clock as far as it is known. */
	readonly nowMs: number;
	/** The last time anybody was seen or touched the page. */
	readonly busyMs: number;
	readonly sight: Sight;
	readonly severalMs: number;
	/** A face starts a punch only when armed: after a result the person must have left, or time must have passed. */
	readonly armed: boolean;
	readonly rearmMs: number;
	/** The punch before the one on screen, so that "not me" stays within reach while the next person is served. */
	readonly earlier?: { readonly punch: AcceptedPunch; readonly untilMs: number };
	/** People seen walking by, newest last. */
	readonly passing: readonly Pass[];
	readonly screen: Screen;
}

/** How a punch ended: the box's words, or what the kiosk can say without them. */
export type PunchEnd =
	| Exclude<PunchReply, { readonly outcome: "refused" }>
	/** By the box's rules, or by its edge with a code of another area. */
	| { readonly outcome: "refused"; readonly code: string; readonly retryAfterSec?: number }
	/** Sealed and stored; the box has not answered yet. */
	| { readonly outcome: "saved" }
	/** Neither stored nor answered. */
	| { readonly outcome: "lost" };

export type KioskEvent =
	| { readonly kind: "tick"; readonly nowMs: number }
	| { readonly kind: "standing"; readonly standing: Standing; readonly fingerprint?: string }
	| { readonly kind: "settings"; readonly settings: HelloReply }
	| { readonly kind: "link"; readonly link: LinkState }
	| { readonly kind: "queue"; readonly queue: QueueStats }
	| { readonly kind: "vision"; readonly event: VisionEvent }
	| { readonly kind: "card_read"; readonly text: string }
	| { readonly kind: "key"; readonly key: string }
	| { readonly kind: "open"; readonly what: "card" | "pin" | "makeup" | "enrol" | "choices" }
	| { readonly kind: "home" }
	| { readonly kind: "touch" }
	| { readonly kind: "save_offline" }
	| { readonly kind: "not_me"; readonly punchId: string }
	| { readonly kind: "reason"; readonly reason: MakeupReason }
	| { readonly kind: "consent_loaded"; readonly text: ConsentText }
	| { readonly kind: "consent_agreed"; readonly agreed: boolean }
	| { readonly kind: "consent_given" }
	/** The pictures taken so far are enough: for people who cannot turn their head. */
	| { readonly kind: "enough_shots" }
	| { readonly kind: "punch_ended"; readonly end: PunchEnd }
	| { readonly kind: "pass_ended"; readonly track: number; readonly end: PunchEnd }
	| { readonly kind: "call_ended"; readonly what: "makeup" | "enrol" | "consent"; readonly code?: string }
	| { readonly kind: "pair_ended"; readonly code?: string }
	| { readonly kind: "switch"; readonly what: "lang" | "elder" | "sound" };

export type Phrase = "accepted" | "attention" | "confirm" | "unknown" | "saved" | "refused";

export type Effect =
	| { readonly do: "pair"; readonly code: string }
	| {
			readonly do: "punch";
			readonly method: PunchMethod;
			readonly doubts: readonly KioskDoubt[];
			/** Of somebody walking by: the answer goes to the strip of names, not to the screen. */
			readonly track?: number;
	  }
	| { readonly do: "not_me"; readonly punchId: string }
	| { readonly do: "makeup"; readonly number: string; readonly reason: MakeupReason }
	| { readonly do: "load_consent"; readonly lang: Lang }
	| {
			readonly do: "enrol";
			readonly number: string;
			readonly consent: { readonly version: string; readonly lang: Lang };
			readonly shots: readonly Shot[];
	  }
	/** `key` is the message to speak where a voice exists. */
	| { readonly do: "say"; readonly phrase: Phrase; readonly key: string };

export interface Step {
	readonly state: KioskState;
	readonly effects: readonly Effect[];
}

export const firstState = (nowMs: number, lang: Lang): KioskState => ({
	standing: "starting",
	pairCode: "",
	pairBusy: false,
	fingerprint: "",
	link: "reconnecting",
	camera: "starting",
	virtualCamera: false,
	queue: { count: 0, stuck: 0, storageFailed: false },
	lang,
	elder: false,
	muted: false,
	nowMs,
	busyMs: nowMs,
	sight: { kind: "nobody" },
	severalMs: 0,
	armed: true,
	passing: [],
	rearmMs: 0,
	screen: { at: "waiting", sinceMs: nowMs },
});

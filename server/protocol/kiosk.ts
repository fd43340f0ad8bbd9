/** The wire between a kiosk page and the box: requests, replies, limits. No template and no score ever travels to the kiosk. */
import { type Static, Type as t } from "@sinclair/typebox";
import type { RefusalCode } from "./refusals.ts";
import { SightCounts } from "./sight.ts";
import { StuckGroup, type StuckOrder } from "./stuck.ts";
import { FACE_WAYS, type TurnAsk } from "./turn.ts";

const Id = t.String({ pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" });
const EpochMs = t.Integer({ minimum: 0, maximum: 8_640_000_000_000 });
const strict = { additionalProperties: false };
/** Base64 of one JPEG of at most 640×480; larger bodies are refused before parsing. */
const Jpeg = t.String({ minLength: 100, maxLength: 700_000 });
const Digits = t.String({ pattern: "^[0-9]{4,12}$" });
/** Opaque to the box: whatever the reader typed. */
const CardText = t.String({ minLength: 1, maxLength: 64 });
const EmployeeNumber = t.String({ minLength: 1, maxLength: 32 });
const LangCode = t.Union([t.Literal("zh-CN"), t.Literal("en")]);

export const PairRequest = t.Object(
	{
		/** The one-time code shown to the admin, without separators. */
		code: t.String({ minLength: 8, maxLength: 12 }),
		/** SPKI of the kiosk's P-256 key, base64url. */
		publicKey: t.String({ minLength: 80, maxLength: 200 }),
		/** What the device calls itself (browser and platform), for the admin's eyes. */
		label: t.String({ maxLength: 120 }),
	},
	strict,
);
export type PairRequest = Static<typeof PairRequest>;

/** `waiting` until an admin approves. */
export interface PairReply {
	readonly kioskId: string;
	readonly nonce: string;
}

/** Answer to GET `nonce`; the time lets a kiosk with a wrong clock sign at once. */
export interface NonceReply {
	readonly nonce: string;
	readonly serverNowMs: number;
}

/** What the kiosk's browser measured of one averaged probe. */
export const FaceEvidence = t.Object(
	{
		modelId: t.String({ maxLength: 64 }),
		/** Mean descriptor over the agreeing frames: base64 of little-endian float32. */
		descriptor: t.String({ minLength: 100, maxLength: 6_000 }),
		frames: t.Integer({ minimum: 1, maximum: 20 }),
		jpeg: Jpeg,
		quality: t.Record(t.String({ maxLength: 24 }), t.Number(), { maxProperties: 16 }),
		cameraLabel: t.String({ maxLength: 120 }),
	},
	strict,
);
export type FaceEvidence = Static<typeof FaceEvidence>;

export const PunchMethod = t.Union([
	t.Object({ kind: t.Literal("face"), face: FaceEvidence, ...FACE_WAYS }, strict),
	t.Object({ kind: t.Literal("card"), card: CardText, face: t.Optional(FaceEvidence) }, strict),
	t.Object(
		{ kind: t.Literal("pin"), number: EmployeeNumber, pin: Digits, face: t.Optional(FaceEvidence) },
		strict,
	),
]);
export type PunchMethod = Static<typeof PunchMethod>;

/** Doubts the kiosk itself noticed; they flag the punch, never stop it. */
export const KioskDoubt = t.Union([
	t.Literal("several_faces"),
	t.Literal("camera_frozen"),
	t.Literal("camera_off"),
	t.Literal("virtual_camera"),
]);
export type KioskDoubt = Static<typeof KioskDoubt>;

export const PunchRequest = t.Object(
	{
		/** Made by the kiosk (UUIDv7); the same id always means the same punch. */
		id: Id,
		/**
		 * The moment of the punch by the box's clock, counted on monotonically since the last contact; by the kiosk's own wall
		 * clock before the first. Advisory: the box's clock counts while online.
		 */
		atMs: EpochMs,
		method: PunchMethod,
		/** `auto` lets the box decide from the day so far. */
		direction: t.Union([t.Literal("auto"), t.Literal("in"), t.Literal("out")]),
		doubts: t.Array(KioskDoubt, { maxItems: 4 }),
	},
	strict,
);
export type PunchRequest = Static<typeof PunchRequest>;

/** How the punch stands against the shift, for screen and voice. */
export type PunchHint = "on_time" | "late" | "early" | "done" | "repeat" | "no_shift";

export interface AcceptedPunch {
	readonly outcome: "accepted";
	readonly punchId: string;
	/** Ledger sequence number: the receipt's number. */
	readonly seq: number;
	readonly name: string;
	readonly atMs: number;
	readonly direction: "in" | "out";
	readonly hint: PunchHint;
	/** Minutes late or early; 0 otherwise. */
	readonly minutes: number;
	readonly doubtful: boolean;
	/** Colour and initials of the drawn avatar. */
	readonly avatar: { readonly hue: number; readonly initials: string };
}

export type PunchReply =
	| AcceptedPunch
	/** A person is likely but not certain: ask for card or PIN, send the same face with it. */
	| { readonly outcome: "ambiguous" }
	| { readonly outcome: "unknown" }
	/** The person is known, the box wants to see the head move: answer with the same face and a `turn`. */
	| TurnAsk
	/** The turn did not convince: ask for card or PIN, send the same face with it. */
	| { readonly outcome: "turn_failed" }
	/** `code` is a message key of the kiosk area. */
	| { readonly outcome: "refused"; readonly code: RefusalCode; readonly retryAfterSec?: number };

/** "Not me": adds a note to the punch, changes and deletes nothing. */
export const NotMeRequest = t.Object({ id: Id, punchId: Id }, strict);
export type NotMeRequest = Static<typeof NotMeRequest>;

/** Asking for a make-up punch on the spot when nothing else works. */
export const MakeupRequest = t.Object(
	{
		id: Id,
		number: EmployeeNumber,
		atMs: EpochMs,
		reason: t.Union([
			t.Literal("not_recognised"),
			t.Literal("card_lost"),
			t.Literal("pin_forgotten"),
			t.Literal("device_fault"),
		]),
	},
	strict,
);
export type MakeupRequest = Static<typeof MakeupRequest>;
export type MakeupReply =
	| { readonly outcome: "noted" }
	| { readonly outcome: "refused"; readonly code: RefusalCode };

/** Self-enrolment at the door; pending until an admin approves. */
export const EnrolRequest = t.Object(
	{
		id: Id,
		number: EmployeeNumber,
		consent: t.Object({ version: t.String({ maxLength: 32 }), lang: LangCode }, strict),
		photos: t.Array(t.Object({ pose: t.String({ maxLength: 16 }), jpeg: Jpeg }, strict), {
			minItems: 3,
			maxItems: 5,
		}),
	},
	strict,
);
export type EnrolRequest = Static<typeof EnrolRequest>;
export type EnrolReply =
	| { readonly outcome: "pending" }
	| { readonly outcome: "refused"; readonly code: RefusalCode; readonly photo?: number };

export interface ConsentText {
	readonly version: string;
	readonly lang: "zh-CN" | "en";
	readonly title: string;
	readonly paragraphs: readonly string[];
}

/** Sent every 20 s and at once when something changes. */
export const HelloRequest = t.Object(
	{
		camera: t.Union([
			t.Literal("ok"),
			t.Literal("starting"),
			t.Literal("denied"),
			t.Literal("lost"),
			t.Literal("black"),
			t.Literal("frozen"),
			t.Literal("insecure"),
		]),
		queued: t.Integer({ minimum: 0 }),
		oldestQueuedMs: t.Optional(EpochMs),
		/** Punches that the box refuses for good, by reason; not counted in `queued`. */
		stuck: t.Optional(t.Array(StuckGroup, { maxItems: 8 })),
		/** `id` of the last order about them that was carried out. */
		doneOrder: t.Optional(t.Integer({ minimum: 0 })),
		atMs: EpochMs,
		version: t.String({ maxLength: 64 }),
		backend: t.Optional(t.String({ maxLength: 16 })),
		frameMs: t.Optional(t.Number()),
		/** Since the last hello that was answered. */
		sight: t.Optional(SightCounts),
	},
	strict,
);
export type HelloRequest = Static<typeof HelloRequest>;

export interface HelloReply {
	readonly status: "pending" | "active" | "suspended" | "revoked";
	readonly kiosk: { readonly name: string; readonly place: string };
	readonly site: { readonly name: string; readonly zone: string; readonly lang: "zh-CN" | "en" };
	readonly serverNowMs: number;
	/** SPKI (base64url) of the box's P-256 key that queue entries are sealed to. */
	readonly boxKey: string;
	readonly policy: KioskPolicy;
	/** Changes when the page should reload itself at the next idle moment. */
	readonly version: string;
	/** Until the kiosk reports it done or nothing is stuck any more. */
	readonly stuckOrder?: StuckOrder;
	/** The face pack in force, and the folder of its files; absent with the built-in net. */
	readonly faceNet?: FaceNetNews;
	/** Cards of invented people to try; only where `policy.demo`. */
	readonly demoCards?: readonly { readonly label: string; readonly card: string }[];
}

export interface FaceNetNews {
	readonly tag: string;
	readonly folder: string;
}

export interface KioskPolicy {
	readonly faceOn: boolean;
	readonly framesNeeded: number;
	readonly pinMinDigits: number;
	readonly voice: boolean;
	readonly elder: boolean;
	readonly selfEnrol: boolean;
	/** Seconds without anyone before the clock page shows. */
	readonly idleSec: number;
	/** A demo shop: the page says so and shows demo cards to try. */
	readonly demo: boolean;
	/** Several people are named as they pass, without stopping. */
	readonly passing?: boolean;
}

/** Sealed to the box: ephemeral P-256 point (65 bytes) ‖ IV (12) ‖ AES-256-GCM ciphertext, base64. */
const Sealed = t.String({ minLength: 120, maxLength: 1_000_000 });

export const DrainRequest = t.Object(
	{ entries: t.Array(t.Object({ id: Id, sealed: Sealed }, strict), { minItems: 1, maxItems: 5 }) },
	strict,
);
export type DrainRequest = Static<typeof DrainRequest>;

/** What a sealed queue entry holds. */
export const QueuedPunch = t.Object(
	{
		request: PunchRequest,
		/** Box clock minus kiosk clock at the last contact; absent when there was none since the page started. */
		offsetMs: t.Optional(t.Number()),
		/** Monotonic milliseconds between that contact and the punch. */
		sinceContactMs: t.Optional(t.Number({ minimum: 0 })),
	},
	strict,
);
export type QueuedPunch = Static<typeof QueuedPunch>;

export interface DrainReply {
	/** One per entry taken up, in the order sent. */
	readonly results: readonly { readonly id: string; readonly reply: PunchReply }[];
	/** This entry must wait; it and all behind it are to be sent again then. */
	readonly stopped?: { readonly id: string; readonly retryAfterSec: number };
}

/** HKDF info for sealed queue entries. */
export const QUEUE_SEAL_INFO = "attqueue/v1";

/** Routes of the kiosk API. All but `pair` and `nonce` are signed. */
export const KIOSK_ROUTES = {
	pair: "/api/kiosk/pair",
	/** GET `?kiosk=<id>` → NonceReply. */
	nonce: "/api/kiosk/nonce",
	hello: "/api/kiosk/hello",
	punch: "/api/kiosk/punch",
	notMe: "/api/kiosk/not-me",
	makeup: "/api/kiosk/makeup",
	/** POST `{lang}` → ConsentText. */
	consent: "/api/kiosk/consent",
	enrol: "/api/kiosk/enrol",
	drain: "/api/kiosk/drain",
	/** POST SetAsideRequest → SetAsideReply; only while an owner ordered it. */
	setAside: "/api/kiosk/set-aside",
} as const;

/** Body of every non-2xx answer. Codes of a refused signature start with `kiosk.auth.`. */
export interface ErrorReply {
	readonly error: { readonly code: string; readonly message: string };
}

/** Every state the door page can be in, with invented people: what the gallery draws. Not a test of the product. */

import { firstState, type KioskState, type Screen } from "../../kiosk/app/state.ts";
import type { Lang } from "../../server/base/translate.ts";
import type { AcceptedPunch, FaceEvidence, HelloReply, PunchHint } from "../../server/protocol/kiosk.ts";
import type { TurnAsk } from "../../server/protocol/turn.ts";

/** Names in the gallery's language come from the runner, since code holds no Han characters. */
export interface GalleryWords {
	readonly lang: Lang;
	readonly site: string;
	readonly place: string;
	readonly name: string;
	readonly longName: string;
	readonly initials: string;
	readonly consent: { readonly title: string; readonly paragraphs: readonly string[] };
	readonly demo: readonly string[];
}

/** 08:58 on a Monday in Shanghai. */
const NOW_MS = Date.UTC(2026, 2, 9, 0, 58);

const FACE: FaceEvidence = {
	modelId: "x",
	descriptor: "",
	frames: 3,
	jpeg: "",
	quality: {},
	cameraLabel: "",
};

const settingsOf = (words: GalleryWords, more: Partial<HelloReply["policy"]> = {}): HelloReply => ({
	status: "active",
	kiosk: { name: words.place, place: words.place },
	site: { name: words.site, zone: "Asia/Shanghai", lang: words.lang },
	serverNowMs: NOW_MS,
	boxKey: "",
	policy: {
		faceOn: true,
		framesNeeded: 3,
		pinMinDigits: 6,
		voice: true,
		elder: false,
		selfEnrol: true,
		idleSec: 60,
		demo: false,
		...more,
	},
	version: "",
	demoCards: words.demo.map((label, i) => ({ label, card: `000000000${i}` })),
});

const punchOf = (words: GalleryWords, hint: PunchHint, more: Partial<AcceptedPunch> = {}): AcceptedPunch => ({
	outcome: "accepted",
	punchId: "p",
	seq: 10482,
	name: words.name,
	atMs: NOW_MS,
	direction: "in",
	hint,
	minutes: 0,
	doubtful: false,
	avatar: { hue: 205, initials: words.initials },
	...more,
});

const turning = { sight: { kind: "face", advice: "ok", agreed: 0.5, needed: 1 } } as const;
const askOf = (side: "left" | "right", again: boolean): TurnAsk => ({
	...{ outcome: "turn", id: "ask", windowMs: 4_000 },
	...{ side, again },
});

const untilMs = NOW_MS + 60_000;
const waits = { count: 3, oldestMs: NOW_MS - 900_000, stuck: 0, storageFailed: false };
const number = { at: "number", purpose: "pin", text: "1024", because: "chosen", untilMs } as const;

/** Makes states from a kiosk in service. */
function makers(words: GalleryWords) {
	const base: KioskState = {
		...firstState(NOW_MS, words.lang),
		standing: "active",
		fingerprint: "8C1F 42AA 90D3 7E55",
		settings: settingsOf(words),
		link: "online",
		camera: "ok",
	};
	const at = (screen: Screen, more: Partial<KioskState> = {}): KioskState => ({ ...base, ...more, screen });
	const sight = (more: Partial<KioskState>): KioskState => ({ ...base, ...more });
	const result = (punch: AcceptedPunch) => at({ at: "result", punch, untilMs });
	return { base, at, sight, result };
}

type States = Record<string, KioskState>;

/** All states by name. */
export const galleryStates = (words: GalleryWords): States => ({
	...meeting(words),
	...typing(words),
	...trouble(words),
});

function meeting(words: GalleryWords): States {
	const { base, at, sight, result } = makers(words);
	return {
		waiting: base,
		look_far: sight({ sight: { kind: "face", advice: "too_far", agreed: 0, needed: 3 } }),
		look_dark: sight({ sight: { kind: "face", advice: "too_dark", agreed: 0, needed: 3 } }),
		look_ok: sight({ sight: { kind: "face", advice: "ok", agreed: 2, needed: 3 } }),
		several: sight({ sight: { kind: "several" } }),
		sending: at({ at: "sending", method: "face" }),
		result_in: result(punchOf(words, "on_time")),
		result_out: result(punchOf(words, "done", { direction: "out" })),
		result_late: result(punchOf(words, "late", { minutes: 7 })),
		result_early: result(punchOf(words, "early", { minutes: 25, direction: "out", doubtful: true })),
		result_repeat: result(punchOf(words, "repeat")),
		result_long_name: result(punchOf(words, "no_shift", { name: words.longName })),
		result_earlier: at(
			{ at: "result", punch: punchOf(words, "on_time"), untilMs },
			{ earlier: { punch: punchOf(words, "on_time", { name: words.longName }), untilMs } },
		),
		ambiguous: at({ ...number, text: "", because: "ambiguous", face: FACE }),
		turn: at({ at: "turn", face: FACE, ask: askOf("left", false), untilMs }, turning),
		turn_again: at({ at: "turn", face: FACE, ask: askOf("right", true), untilMs }, turning),
		turn_elder: at(
			{ at: "turn", face: FACE, ask: askOf("left", false), untilMs },
			{ ...turning, elder: true },
		),
		turn_failed: at({ ...number, text: "", because: "turn", face: FACE }),
		passing: sight({
			settings: settingsOf(words, { passing: true }),
			sight: { kind: "face", advice: "ok", agreed: 0, needed: 3 },
			passing: [
				{ track: 1, step: "done", punch: punchOf(words, "on_time"), untilMs },
				{
					track: 2,
					step: "done",
					punch: punchOf(words, "done", { direction: "out", name: words.longName }),
					untilMs,
				},
				{ track: 3, step: "stop", untilMs },
			],
		}),
		unknown: at({ at: "choices", because: "unknown", untilMs }),
		not_me: at({ at: "choices", because: "not_me", untilMs }),
	};
}

function typing(words: GalleryWords): States {
	const { at } = makers(words);
	const consent = { version: "1", lang: words.lang, ...words.consent };
	return {
		card: at({ at: "card", text: "", untilMs }),
		number: at(number),
		pin: at({ at: "pin", number: "1024", pin: "48291", untilMs }),
		makeup: at({ at: "makeup", number: "1024", busy: false, untilMs }),
		makeup_noted: at({ at: "noted", what: "makeup", untilMs }),
		consent: at({ at: "consent", number: "1024", text: consent, agreed: false, untilMs }),
		shots: at(
			{
				at: "shots",
				number: "1024",
				consent: { version: "1", lang: words.lang },
				shots: [
					{ pose: "front", jpeg: "" },
					{ pose: "front", jpeg: "" },
				],
				busy: false,
				untilMs,
			},
			{ sight: { kind: "face", advice: "turn_left", agreed: 0, needed: 1 } },
		),
		enrol_pending: at({ at: "noted", what: "enrol", untilMs }),
	};
}

function trouble(words: GalleryWords): States {
	const { at, sight } = makers(words);
	return {
		offline_waiting: sight({ link: "offline", queue: waits }),
		offline_face: at({ at: "offline_face", face: FACE, untilMs }, { link: "offline", queue: waits }),
		saved: at({ at: "saved", untilMs }, { link: "offline", queue: waits }),
		refused: at({ at: "problem", code: "kiosk.refused.wrong_pin", untilMs }),
		refused_wait: at({ at: "problem", code: "kiosk.refused.too_many_tries", waitSec: 30, untilMs }),
		camera_denied: sight({ camera: "denied" }),
		camera_lost: sight({ camera: "lost" }),
		camera_frozen: sight({ camera: "frozen" }),
		camera_insecure: sight({ camera: "insecure" }),
		no_face_policy: sight({ settings: settingsOf(words, { faceOn: false }) }),
		storage_failed: sight({ queue: { count: 0, stuck: 2, storageFailed: true } }),
		elder: sight({ elder: true }),
		elder_pin: at({ at: "pin", number: "1024", pin: "482", untilMs }, { elder: true }),
		demo: sight({ settings: settingsOf(words, { demo: true }) }),
		demo_card: at({ at: "card", text: "", untilMs }, { settings: settingsOf(words, { demo: true }) }),
		saver: at({ at: "saver" }),
		pairing: sight({ standing: "unpaired", settings: undefined, pairCode: "7KQ2M" }),
		pairing_wrong: sight({ standing: "unpaired", settings: undefined, pairProblem: "kiosk.pair.wrong_code" }),
		pending: sight({ standing: "pending" }),
		suspended: sight({ standing: "suspended" }),
		revoked: sight({ standing: "revoked" }),
		second_tab: sight({ standing: "second_tab", settings: undefined }),
		insecure: sight({ standing: "insecure", settings: undefined }),
	};
}

/**
 * The door page as one pure function: state and event in, state and effects out.
 * No clock, no network, no DOM; typing is in `machine-typing.ts`, enrolment in `machine-enrol.ts`.
 */
import type { FaceEvidence, HelloReply } from "../../server/protocol/kiosk.ts";
import { REARM_MS } from "./limits.ts";
import { stepEnrol } from "./machine-enrol.ts";
import { homeScreen, only, sendPunch, show, withFace } from "./machine-moves.ts";
import { stepPunchEnded } from "./machine-outcome.ts";
import { stepPassEnded, stepPasser, stillPassing } from "./machine-pass.ts";
import { stepTurned, turnAway } from "./machine-turn.ts";
import { stepTyping } from "./machine-typing.ts";
import type { KioskEvent, KioskState, Step } from "./state.ts";
import type { VisionEvent } from "./vision-port.ts";

export function step(state: KioskState, event: KioskEvent): Step {
	switch (event.kind) {
		case "tick":
			return stepTick({ ...state, nowMs: event.nowMs });
		case "standing":
			return only({
				...state,
				standing: event.standing,
				fingerprint: event.fingerprint ?? state.fingerprint,
			});
		case "settings":
			return only(withSettings(state, event.settings));
		case "link":
			return only({ ...state, link: event.link });
		case "queue":
			return only({ ...state, queue: event.queue });
		case "vision":
			return stepVision(state, event.event);
		case "punch_ended":
			return stepPunchEnded(state, event.end);
		case "pass_ended":
			return stepPassEnded(state, event.track, event.end);
		case "switch":
			return only(switched(touched(state), event.what));
		default:
			return stepPerson(touched(state), event);
	}
}

function stepPerson(state: KioskState, event: KioskEvent): Step {
	switch (event.kind) {
		case "touch":
			return only(state.screen.at === "saver" ? { ...state, screen: homeScreen(state) } : state);
		case "home":
			return only({ ...state, screen: homeScreen(state), armed: true });
		case "save_offline":
			return state.screen.at === "offline_face" ? withFace(state, state.screen.face) : only(state);
		case "not_me":
			return stepNotMe(state, event.punchId);
		case "card_read":
			return stepCard(state, event.text);
		default:
			return stepEnrol(state, event) ?? stepTyping(state, event) ?? only(state);
	}
}

const touched = (state: KioskState): KioskState => ({ ...state, busyMs: state.nowMs });

function withSettings(state: KioskState, settings: HelloReply): KioskState {
	const first = state.settings === undefined;
	return {
		...state,
		settings,
		standing: settings.status,
		lang: first ? settings.site.lang : state.lang,
		elder: first ? settings.policy.elder : state.elder,
	};
}

function switched(state: KioskState, what: "lang" | "elder" | "sound"): KioskState {
	if (what === "lang") return { ...state, lang: state.lang === "en" ? "zh-CN" : "en" };
	if (what === "elder") return { ...state, elder: !state.elder };
	return { ...state, muted: !state.muted };
}

function stepTick(state: KioskState): Step {
	const { screen, nowMs, earlier } = state;
	const next = {
		...state,
		armed: state.armed || nowMs >= state.rearmMs,
		earlier: earlier && earlier.untilMs > nowMs ? earlier : undefined,
		passing: stillPassing(state),
	};
	if (screen.at === "turn" && nowMs >= screen.untilMs) return only(turnAway(next, screen.face));
	if ("untilMs" in screen && nowMs >= screen.untilMs) return only({ ...next, screen: homeScreen(next) });
	const idleMs = (state.settings?.policy.idleSec ?? 60) * 1_000;
	if (screen.at === "waiting" && nowMs - state.busyMs >= idleMs) return only(rested(next));
	return only(next);
}

/** The clock page; the next visitor finds the site's own language and type size again. */
function rested(state: KioskState): KioskState {
	const { site, policy } = state.settings ?? {};
	return {
		...state,
		screen: { at: "saver" },
		lang: site?.lang ?? state.lang,
		elder: policy?.elder ?? state.elder,
	};
}

function stepVision(state: KioskState, event: VisionEvent): Step {
	switch (event.kind) {
		case "camera":
			return only({ ...state, camera: event.state });
		case "nobody":
			return only({ ...state, sight: { kind: "nobody" }, armed: state.armed || awaits(state) });
		case "several":
			return only(seen({ ...state, sight: { kind: "several" }, severalMs: state.nowMs }));
		case "face":
			return only(seen({ ...state, sight: event }));
		case "probe":
			return stepProbe(seen({ ...state, virtualCamera: event.virtualCamera }), event.face);
		case "passer": {
			const awake = seen({ ...state, virtualCamera: event.virtualCamera });
			return stepPasser(awake, event) ?? stepProbe(awake, event.face);
		}
		case "turned":
			return stepTurned(seen(state), event);
		case "shot":
			return stepEnrol(seen(state), { kind: "vision", event }) ?? only(state);
		case "measured":
			return only(state);
	}
}

/** The person of the last result has left: the next face may punch. */
const awaits = ({ screen }: KioskState): boolean => screen.at === "waiting" || screen.at === "result";

function seen(state: KioskState): KioskState {
	const wakes = state.screen.at === "saver";
	return { ...state, busyMs: state.nowMs, screen: wakes ? homeScreen(state) : state.screen };
}

function stepProbe(state: KioskState, face: FaceEvidence): Step {
	const { screen, settings } = state;
	if (state.standing !== "active" || !settings?.policy.faceOn || !state.armed) return only(state);
	if (screen.at !== "waiting" && screen.at !== "result") return only(state);
	const earlier = screen.at === "result" ? { punch: screen.punch, untilMs: screen.untilMs } : state.earlier;
	const ready = { ...state, earlier, armed: false, rearmMs: state.nowMs + REARM_MS };
	if (state.link !== "offline") return withFace(ready, face);
	return only(show(ready, { at: "offline_face", face, untilMs: state.nowMs + 12_000 }));
}

function stepNotMe(state: KioskState, punchId: string): Step {
	const { screen, earlier } = state;
	const effect = { do: "not_me", punchId } as const;
	if (screen.at === "result" && screen.punch.punchId === punchId) {
		const choices = { at: "choices", because: "not_me", untilMs: state.nowMs + 15_000 } as const;
		return { state: show(state, choices), effects: [effect] };
	}
	const passing = state.passing.filter((pass) => pass.punch?.punchId !== punchId);
	if (passing.length < state.passing.length) return { state: { ...state, passing }, effects: [effect] };
	if (earlier?.punch.punchId !== punchId) return only(state);
	return { state: { ...state, earlier: undefined }, effects: [effect] };
}

/** A card counts on every screen of an active kiosk, but not in the middle of another punch or of an enrolment. */
function stepCard(state: KioskState, text: string): Step {
	const { screen } = state;
	const deaf = screen.at === "sending" || screen.at === "shots" || screen.at === "consent";
	if (state.standing !== "active" || deaf) return only(state);
	const face = "face" in screen && screen.at !== "offline_face" ? screen.face : undefined;
	return sendPunch(state, { kind: "card", card: text.slice(0, 64), face });
}

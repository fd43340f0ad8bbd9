/** Typing: pairing code, card number, employee number, PIN; and the make-up request that follows a number. */
import {
	CONSENT_MS,
	MAX_CARD,
	MAX_NUMBER,
	MAX_PAIR_CODE,
	MAX_PIN,
	NOTED_MS,
	PAIR_CODE_LENGTH,
	TYPING_MS,
} from "./limits.ts";
import { only, sendPunch, show } from "./machine-moves.ts";
import { problem } from "./machine-outcome.ts";
import type { Because, KioskEvent, KioskState, Purpose, Screen, Step } from "./state.ts";

type NumberScreen = Extract<Screen, { at: "number" }>;
type PinScreen = Extract<Screen, { at: "pin" }>;

/** Undefined when the event is not about typing. */
export function stepTyping(state: KioskState, event: KioskEvent): Step | undefined {
	switch (event.kind) {
		case "key":
			return stepKey(state, event.key);
		case "open":
			return state.standing === "active" ? stepOpen(state, event.what) : only(state);
		case "reason":
			return stepReason(state, event);
		case "call_ended":
			return event.what === "makeup" ? stepMakeupEnded(state, event.code) : undefined;
		case "pair_ended":
			return only({ ...state, pairBusy: false, pairProblem: event.code, pairCode: "" });
		default:
			return undefined;
	}
}

function stepOpen(state: KioskState, what: Purpose | "card" | "choices"): Step {
	const untilMs = state.nowMs + TYPING_MS;
	const face = keptFace(state.screen);
	if (state.screen.at === "sending") return only(state);
	if (what === "card") return only(show(state, { at: "card", text: "", face, untilMs }));
	if (what === "choices") return only(show(state, { at: "choices", because: "chosen", untilMs }));
	const screen = numberScreen(what, whyNow(state), untilMs);
	return only(show(state, what === "pin" ? { ...screen, face } : screen));
}

/** The face of an ambiguous search follows the person from page to page. */
const keptFace = (screen: Screen) =>
	screen.at === "number" || screen.at === "card" || screen.at === "pin" || screen.at === "turn"
		? screen.face
		: undefined;

const numberScreen = (purpose: Purpose, because: Because, untilMs: number): NumberScreen => ({
	at: "number",
	purpose,
	text: "",
	because,
	untilMs,
});

const whyNow = ({ screen }: KioskState): Because =>
	screen.at === "choices" || screen.at === "number" ? screen.because : "chosen";

/** Keys are single characters, `back`, `clear` and `enter`. */
function stepKey(state: KioskState, key: string): Step {
	const { screen } = state;
	if (state.standing === "unpaired") return stepPairKey(state, key);
	if (state.standing !== "active") return only(state);
	const untilMs = state.nowMs + TYPING_MS;
	if (screen.at === "number") return stepNumberKey(state, { ...screen, untilMs }, key);
	if (screen.at === "pin") return stepPinKey(state, { ...screen, untilMs }, key);
	if (screen.at === "card") {
		if (key === "enter") {
			const card = screen.text;
			return card ? sendPunch(state, { kind: "card", card, face: screen.face }) : only(state);
		}
		return only(show(state, { ...screen, text: typed(screen.text, key, MAX_CARD), untilMs }));
	}
	return startByDigit(state, key);
}

/** A digit on the waiting page begins a number: people with a keyboard need not touch anything first. */
function startByDigit(state: KioskState, key: string): Step {
	const idle = ["waiting", "saver", "choices", "problem", "turn"].includes(state.screen.at);
	if (!idle || !/^[0-9]$/.test(key)) return only(state);
	const screen = numberScreen("pin", whyNow(state), state.nowMs + TYPING_MS);
	return only(show(state, { ...screen, face: keptFace(state.screen), text: key }));
}

function typed(text: string, key: string, limit: number): string {
	if (key === "back") return text.slice(0, -1);
	if (key === "clear") return "";
	return key.length === 1 && text.length < limit ? text + key : text;
}

function stepPairKey(state: KioskState, key: string): Step {
	if (state.pairBusy) return only(state);
	if (key !== "enter") {
		const pairCode = typed(state.pairCode, key.length === 1 ? key.toUpperCase() : key, MAX_PAIR_CODE);
		return only({ ...state, pairCode, pairProblem: undefined });
	}
	if (state.pairCode.length < PAIR_CODE_LENGTH) return only(state);
	return {
		state: { ...state, pairBusy: true, pairProblem: undefined },
		effects: [{ do: "pair", code: state.pairCode }],
	};
}

function stepNumberKey(state: KioskState, screen: NumberScreen, key: string): Step {
	if (key !== "enter") return only(show(state, { ...screen, text: typed(screen.text, key, MAX_NUMBER) }));
	const { text: number, face, purpose, untilMs } = screen;
	if (!number) return only(state);
	if (purpose === "pin") return only(show(state, { at: "pin", number, pin: "", face, untilMs }));
	if (purpose === "makeup") return only(show(state, { at: "makeup", number, busy: false, untilMs }));
	const next = show(state, { at: "consent", number, agreed: false, untilMs: state.nowMs + CONSENT_MS });
	return { state: next, effects: [{ do: "load_consent", lang: state.lang }] };
}

function stepPinKey(state: KioskState, screen: PinScreen, key: string): Step {
	const { number, pin, face, untilMs } = screen;
	if (key === "back" && pin === "")
		return only(show(state, { ...numberScreen("pin", "chosen", untilMs), text: number, face }));
	if (key === "enter") {
		if (pin.length < (state.settings?.policy.pinMinDigits ?? 6)) return only(show(state, screen));
		return sendPunch(state, { kind: "pin", number, pin, face });
	}
	if (key.length === 1 && !/^[0-9]$/.test(key)) return only(state);
	return only(show(state, { ...screen, pin: typed(pin, key, MAX_PIN) }));
}

function stepReason(state: KioskState, event: Extract<KioskEvent, { kind: "reason" }>): Step {
	const { screen } = state;
	if (screen.at !== "makeup" || screen.busy) return only(state);
	const busy = show(state, { ...screen, busy: true });
	return { state: busy, effects: [{ do: "makeup", number: screen.number, reason: event.reason }] };
}

function stepMakeupEnded(state: KioskState, code?: string): Step {
	if (state.screen.at !== "makeup") return only(state);
	if (code) return only(problem(state, code));
	return only(show(state, { at: "noted", what: "makeup", untilMs: state.nowMs + NOTED_MS }));
}

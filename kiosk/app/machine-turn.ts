/** Turning the head when the box asks: the mirror with an arrow, card and PIN beside it, and what follows either way. */
import type { FaceEvidence } from "../../server/protocol/kiosk.ts";
import type { TurnAsk } from "../../server/protocol/turn.ts";
import { TURN_SPARE_MS, TYPING_MS } from "./limits.ts";
import { only, say, sendPunch, show } from "./machine-moves.ts";
import type { KioskState, Step } from "./state.ts";
import type { VisionEvent } from "./vision-port.ts";

export function askTurn(state: KioskState, face: FaceEvidence, ask: TurnAsk): Step {
	const untilMs = state.nowMs + ask.windowMs + TURN_SPARE_MS;
	return say(show(state, { at: "turn", face, ask, untilMs }), "confirm", `kiosk.say.turn_${ask.side}`);
}

/** The turn did not work, for whatever reason: card or PIN, with the same face. Nobody is blamed. */
export function turnAway(state: KioskState, face: FaceEvidence): KioskState {
	const untilMs = state.nowMs + TYPING_MS;
	return show(state, { at: "number", purpose: "pin", text: "", because: "turn", face, untilMs });
}

/** The eyes have seen the turn, or nobody: then the box need not be asked again. */
export function stepTurned(state: KioskState, event: Extract<VisionEvent, { kind: "turned" }>): Step {
	const { screen } = state;
	if (screen.at !== "turn" || screen.ask.id !== event.id) return only(state);
	if (!event.answer) return only(turnAway(state, screen.face));
	return sendPunch(state, { kind: "face", face: screen.face, turn: event.answer });
}

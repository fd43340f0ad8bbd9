/** What a finished punch puts on screen and into the ear. Green only for what the box accepted. */
import type { AcceptedPunch } from "../../server/protocol/kiosk.ts";
import { RESULT_MS } from "./limits.ts";
import { only, say, show } from "./machine-moves.ts";
import { askTurn, turnAway } from "./machine-turn.ts";
import type { KioskState, PunchEnd, Step } from "./state.ts";

export function stepPunchEnded(state: KioskState, end: PunchEnd): Step {
	if (state.screen.at !== "sending") return only(state);
	const face = state.screen.face;
	switch (end.outcome) {
		case "accepted":
			return accepted(state, end);
		case "ambiguous":
			return say(
				show(state, {
					at: "number",
					purpose: "pin",
					text: "",
					because: "ambiguous",
					face,
					untilMs: state.nowMs + 30_000,
				}),
				"confirm",
				"kiosk.say.ambiguous",
			);
		case "turn":
			return face ? askTurn(state, face, end) : only(state);
		case "turn_failed":
			return face ? say(turnAway(state, face), "confirm", "kiosk.say.ambiguous") : only(state);
		case "unknown":
			return say(
				show(state, { at: "choices", because: "unknown", untilMs: state.nowMs + 12_000 }),
				"unknown",
				"kiosk.say.unknown",
			);
		case "refused":
			return say(problem(state, end.code, end.retryAfterSec), "refused", end.code);
		case "saved":
			return say(show(state, { at: "saved", untilMs: state.nowMs + 5_000 }), "saved", "kiosk.say.saved");
		case "lost":
			return say(problem(state, "kiosk.problem.lost"), "refused", "kiosk.problem.lost");
	}
}

function accepted(state: KioskState, punch: AcceptedPunch): Step {
	const good = punch.hint === "on_time" || punch.hint === "done" || punch.hint === "no_shift";
	const key = good ? `kiosk.say.${punch.direction}` : `kiosk.say.${punch.hint}`;
	const next = show(state, { at: "result", punch, untilMs: state.nowMs + RESULT_MS });
	return say(next, good ? "accepted" : "attention", key);
}

/** A stated reason and the ways that remain. */
export function problem(state: KioskState, code: string, waitSec?: number): KioskState {
	return show(state, { at: "problem", code, waitSec, untilMs: state.nowMs + 8_000 });
}

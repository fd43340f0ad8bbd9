/** Self-enrolment after the number: consent, guided frames, hand-over. Nothing is taken before the box is ticked. */
import type { Pose } from "../../server/recognition/quality.ts";
import { NOTED_MS, SHOTS_MS } from "./limits.ts";
import { only, show } from "./machine-moves.ts";
import { problem } from "./machine-outcome.ts";
import type { KioskEvent, KioskState, Screen, Step } from "./state.ts";

type ShotsScreen = Extract<Screen, { at: "shots" }>;

/** Three frontal pictures, then a little to each side. Not everybody can turn their head: three are enough. */
export const POSES: readonly Pose[] = ["front", "front", "front", "left", "right"];
export const ENOUGH_SHOTS = 3;

/** Undefined when the event is not about enrolment. */
export function stepEnrol(state: KioskState, event: KioskEvent): Step | undefined {
	const { screen } = state;
	switch (event.kind) {
		case "consent_loaded":
			return only(screen.at === "consent" ? show(state, { ...screen, text: event.text }) : state);
		case "consent_agreed":
			return only(screen.at === "consent" ? show(state, { ...screen, agreed: event.agreed }) : state);
		case "consent_given":
			return startShots(state);
		case "enough_shots":
			return screen.at === "shots" && screen.shots.length >= ENOUGH_SHOTS
				? handIn(state, screen)
				: only(state);
		case "vision":
			return event.event.kind === "shot" && screen.at === "shots"
				? takeShot(state, screen, event.event.pose, event.event.jpeg)
				: undefined;
		case "call_ended":
			return event.what === "makeup" ? undefined : stepEnrolEnded(state, event.what, event.code);
		default:
			return undefined;
	}
}

function startShots(state: KioskState): Step {
	const { screen } = state;
	if (screen.at !== "consent" || !screen.agreed || !screen.text) return only(state);
	const { version, lang } = screen.text;
	return only(
		show(state, {
			at: "shots",
			number: screen.number,
			consent: { version, lang },
			shots: [],
			busy: false,
			untilMs: state.nowMs + SHOTS_MS,
		}),
	);
}

function takeShot(state: KioskState, screen: ShotsScreen, pose: Pose, jpeg: string): Step {
	if (screen.busy || pose !== POSES[screen.shots.length]) return only(state);
	const taken = { ...screen, shots: [...screen.shots, { pose, jpeg }], untilMs: state.nowMs + SHOTS_MS };
	return taken.shots.length === POSES.length ? handIn(state, taken) : only(show(state, taken));
}

/** Sends what was taken; once. */
function handIn(state: KioskState, screen: ShotsScreen): Step {
	if (screen.busy) return only(state);
	const { number, consent, shots } = screen;
	return {
		state: show(state, { ...screen, busy: true }),
		effects: [{ do: "enrol", number, consent, shots }],
	};
}

function stepEnrolEnded(state: KioskState, what: "enrol" | "consent", code?: string): Step {
	const expected = what === "enrol" ? "shots" : "consent";
	if (state.screen.at !== expected) return only(state);
	if (code) return only(problem(state, code));
	return only(show(state, { at: "noted", what: "enrol", untilMs: state.nowMs + NOTED_MS }));
}

/** People walking by: each is asked for once, the answers stand in a strip of names; who stays without a name is served as anybody else. */
import { PASS_MS } from "./limits.ts";
import { doubtsNow, only, say } from "./machine-moves.ts";
import type { KioskState, Pass, PunchEnd, Step } from "./state.ts";
import type { VisionEvent } from "./vision-port.ts";

type Passer = Extract<VisionEvent, { kind: "passer" }>;

/** The strip shows this many; older names give way. */
const MOST_NAMES = 4;

/** Undefined when this person should be served in front of the tablet: alone, staying, and not named yet. */
export function stepPasser(state: KioskState, { track, face, stays }: Passer): Step | undefined {
	const known = state.passing.find((pass) => pass.track === track);
	if (known) return stays && known.step === "stop" ? undefined : only(state);
	if (stays && state.link === "offline") return undefined;
	// Nothing is kept of a passer-by while the box is away.
	const wanted = state.standing === "active" && state.settings?.policy.faceOn && state.link !== "offline";
	if (!wanted) return only(state);
	const pass: Pass = { track, step: "asking", untilMs: state.nowMs + PASS_MS };
	const method = { kind: "face", face, passing: true } as const;
	return {
		state: { ...state, passing: [...state.passing, pass].slice(-MOST_NAMES) },
		effects: [{ do: "punch", method, doubts: doubtsNow(state), track }],
	};
}

export function stepPassEnded(state: KioskState, track: number, end: PunchEnd): Step {
	const untilMs = state.nowMs + PASS_MS;
	const put = (change: Partial<Pass>): KioskState => ({
		...state,
		passing: state.passing.map((pass) => (pass.track === track ? { ...pass, untilMs, ...change } : pass)),
	});
	if (end.outcome === "accepted")
		return say(put({ step: "done", punch: end }), "accepted", `kiosk.say.${end.direction}`);
	if (end.outcome === "saved") return say(put({ step: "saved" }), "saved", "kiosk.say.saved");
	return only(put({ step: "stop" }));
}

/** Names that have been shown long enough go. */
export const stillPassing = ({ passing, nowMs }: KioskState): readonly Pass[] =>
	passing.some((pass) => pass.untilMs <= nowMs) ? passing.filter((pass) => pass.untilMs > nowMs) : passing;

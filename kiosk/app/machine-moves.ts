/** Moves several parts of the machine share: going home, showing a screen, starting a punch. */
import type { FaceEvidence, KioskDoubt, PunchMethod } from "../../server/protocol/kiosk.ts";
import type { KioskState, Phrase, Screen, Step } from "./state.ts";

/** Two faces within this long before a punch flag it. */
const SEVERAL_MS = 3_000;

export const only = (state: KioskState): Step => ({ state, effects: [] });

export const homeScreen = (state: KioskState): Screen => ({ at: "waiting", sinceMs: state.nowMs });

export const show = (state: KioskState, screen: Screen): KioskState => ({ ...state, screen });

export const withFace = (state: KioskState, face: FaceEvidence): Step =>
	sendPunch(state, { kind: "face", face });

/** Shows "one moment" and asks for the punch, with every doubt the page has. */
export function sendPunch(state: KioskState, method: PunchMethod): Step {
	const screen: Screen = { at: "sending", method: method.kind, face: method.face };
	return { state: show(state, screen), effects: [{ do: "punch", method, doubts: doubtsNow(state) }] };
}

/** What the page itself finds doubtful at this moment. */
export function doubtsNow({ nowMs, severalMs, camera, virtualCamera }: KioskState): KioskDoubt[] {
	const doubts: KioskDoubt[] = [];
	if (virtualCamera) doubts.push("virtual_camera");
	if (nowMs - severalMs < SEVERAL_MS) doubts.push("several_faces");
	if (camera === "frozen") doubts.push("camera_frozen");
	if (camera !== "ok" && camera !== "frozen" && camera !== "starting") doubts.push("camera_off");
	return doubts;
}

/** A sound or a spoken sentence. */
export function say(state: KioskState, phrase: Phrase, key: string): Step {
	return { state, effects: [{ do: "say", phrase, key }] };
}

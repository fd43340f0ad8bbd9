/** What the eyes should do on each screen: nothing is looked for where nothing may be used. */
import { POSES } from "./machine-enrol.ts";
import type { KioskState } from "./state.ts";
import type { VisionMode } from "./vision-port.ts";

/** Faces are sought only while a punch by face, or an enrolment with consent, is possible. */
export function visionMode(state: KioskState): VisionMode {
	const { screen, settings } = state;
	if (state.standing !== "active" || !settings) return { kind: "off" };
	if (screen.at === "shots") {
		const pose = POSES[screen.shots.length];
		return pose && !screen.busy ? { kind: "enrol", pose } : { kind: "off" };
	}
	if (screen.at === "turn") {
		const { id, side, windowMs } = screen.ask;
		return { kind: "turn", id, side, windowMs };
	}
	const watching = screen.at === "waiting" || screen.at === "saver" || screen.at === "result";
	if (!watching || !settings.policy.faceOn) return { kind: "off" };
	const { framesNeeded, passing } = settings.policy;
	return { kind: passing ? "pass" : "punch", framesNeeded };
}

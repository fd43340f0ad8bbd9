/** What the kiosk shows and says after a recorded punch. */
import type { Employee } from "../../db/employee.ts";
import type { AcceptedPunch, PunchHint } from "../protocol/kiosk.ts";
import { avatarOf } from "./avatar.ts";
import type { RecordedPunch } from "./record-punch.ts";

export function acceptedReply(recorded: RecordedPunch, employee: Employee): AcceptedPunch {
	const { punch } = recorded;
	return {
		outcome: "accepted",
		punchId: punch.id,
		seq: punch.seq,
		name: employee.name,
		atMs: punch.atMs,
		direction: punch.direction,
		...hintOf(recorded),
		doubtful: punch.doubts.length > 0,
		avatar: avatarOf(employee),
	};
}

/** Late is told at the first punch of a day, early or done at an out; anything between is just in or out. */
function hintOf({ punch, day, isRepeat }: RecordedPunch): { hint: PunchHint; minutes: number } {
	if (isRepeat) return { hint: "repeat", minutes: 0 };
	if (!day || day.status === "no_shift") return { hint: "no_shift", minutes: 0 };
	if (punch.direction === "out")
		return day.earlyMin > 0 ? { hint: "early", minutes: day.earlyMin } : { hint: "done", minutes: 0 };
	if (punch.atMs > day.firstInMs) return { hint: "on_time", minutes: 0 };
	return day.lateMin > 0 ? { hint: "late", minutes: day.lateMin } : { hint: "on_time", minutes: 0 };
}

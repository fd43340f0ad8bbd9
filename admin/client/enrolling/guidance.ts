/** Which one thing to say for what the camera sees. Pure. */
import type { makeVision } from "../../../kiosk/vision/vision.ts";
import type { Pose } from "./words.ts";

export type VisionEvent = Parameters<Parameters<ReturnType<typeof makeVision>["start"]>[1]>[0];

export interface Guidance {
	/** Key of the words the page brought along. */
	readonly word: string;
	readonly tone: "" | "ok" | "bad";
}

/** Undefined when there is nothing new to say. */
export function guidance(event: VisionEvent, pose: Pose): Guidance | undefined {
	if (event.kind === "nobody") return { word: "nobody", tone: "" };
	if (event.kind === "several") return { word: "several", tone: "bad" };
	if (event.kind !== "face") return undefined;
	if (event.advice === "ok") return { word: "hold", tone: "ok" };
	// Facing front is told as the pose itself: for a side pose it means "not that far".
	return { word: event.advice === "turn_to_front" ? pose : event.advice, tone: "" };
}

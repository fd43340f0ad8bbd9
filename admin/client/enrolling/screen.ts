/** The parts of the page around the live picture: advice, buttons, the box's answer. Decides nothing. */
import { dialPlace, dialZone } from "../../../server/recognition/pose-dial.ts";
import type { Pose } from "./words.ts";

export interface Screen {
	readonly video: HTMLVideoElement;
	tell(text: string, tone?: "" | "ok" | "bad"): void;
	flash(on: boolean): void;
	/** Where the head points and should point; undefined hides the dot or the zone. */
	showPose(pose: Pose | undefined, yaw?: number): void;
	/** The screen itself lights the face from now on. */
	lightUp(): void;
	maySave(may: boolean): void;
	/** Marks the state and offers to try again where that helps. */
	showCamera(state: string): void;
	/** Why it was not saved; with `override` the question whose face it is. Nothing hides both. */
	showAnswer(message?: string, override?: string): void;
	/** Switches the lamp of the camera off. */
	closeCamera(): void;
	onSave(act: () => void): void;
	onRetry(act: () => void): void;
	/** `act` gets a reason of at least three characters; `hint` is shown while it is shorter. */
	onOverride(hint: string, act: (reason: string) => void): void;
}

const REASON_MIN = 3;

export function makeScreen(root: HTMLElement): Screen {
	const find = <E extends HTMLElement>(selector: string) => root.querySelector<E>(selector)!;
	const video = find<HTMLVideoElement>("video");
	const advice = find(".enrol-advice");
	const save = find<HTMLButtonElement>("[data-save]");
	const retry = find<HTMLButtonElement>("[data-retry]");
	const reason = find<HTMLInputElement>("input[name=reason]");
	reason.addEventListener("input", () => reason.setCustomValidity(""));
	return {
		video,
		tell(text, tone = "") {
			if (advice.textContent !== text) advice.textContent = text;
			root.dataset.tone = tone;
		},
		showPose: poseDial(root),
		lightUp: () => root.toggleAttribute("data-light", true),
		flash: (on) => void root.classList.toggle("flash", on),
		maySave(may) {
			save.disabled = !may;
		},
		showCamera(state) {
			retry.hidden = state === "ok" || state === "starting";
			root.dataset.camera = state;
		},
		showAnswer(message, override) {
			const result = find(".enrol-result");
			result.hidden = message === undefined || override !== undefined;
			result.textContent = message ?? "";
			find(".enrol-override").hidden = override === undefined;
			find("[data-override-text]").textContent = override ?? "";
		},
		closeCamera() {
			const stream = video.srcObject;
			if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
			video.srcObject = null;
		},
		onSave: (act) => save.addEventListener("click", act),
		onRetry: (act) => retry.addEventListener("click", act),
		onOverride: (hint, act) =>
			find("[data-override]").addEventListener("click", () => {
				const text = reason.value.trim();
				reason.setCustomValidity(text.length < REASON_MIN ? hint : "");
				if (reason.reportValidity()) act(text);
			}),
	};
}

/** The drawing beside the pictures: a zone for the pose wanted, a dot for the head. */
function poseDial(root: HTMLElement): Screen["showPose"] {
	const zone = root.querySelector(".enrol-pose .zone")!;
	const dot = root.querySelector(".enrol-pose circle")!;
	return (pose, yaw) => {
		const [from, to] = pose ? dialZone(pose) : [0, 0];
		zone.setAttribute("x", String(from));
		zone.setAttribute("width", String(to - from));
		dot.setAttribute("visibility", yaw === undefined ? "hidden" : "visible");
		if (yaw !== undefined) dot.setAttribute("cx", String(dialPlace(yaw)));
	};
}

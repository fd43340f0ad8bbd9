/** The parts of the page around the live picture: advice, buttons, the box's answer. Decides nothing. */

export interface Screen {
	readonly video: HTMLVideoElement;
	tell(text: string, tone?: "" | "ok" | "bad"): void;
	flash(on: boolean): void;
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

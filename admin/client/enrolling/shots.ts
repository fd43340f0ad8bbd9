/** The five places of the pictures: which are taken, what the box said of each, which to take again. Only draws and remembers. */
import type { EnrolSetup, Pose } from "./words.ts";

export interface Shot {
	readonly pose: Pose;
	/** Base64 JPEG. */
	readonly jpeg: string;
}

export interface Shots {
	/** The pose wanted next; undefined when all are taken. */
	wanted(): Pose | undefined;
	/** Puts a picture into the first empty place of that pose; false when none is wanted. */
	take(pose: Pose, jpeg: string): boolean;
	all(): readonly Shot[];
	/** Verdicts in the order of `all()`; null is good. */
	judge(verdicts: readonly (string | null)[]): void;
	/** Nothing can be changed while the box checks. */
	lock(locked: boolean): void;
	wipe(): void;
}

/** `changed` is called after a picture was taken away again. */
export function makeShots(root: HTMLElement, { poses, say }: EnrolSetup, changed: () => void): Shots {
	const places = [...root.querySelectorAll<HTMLElement>(".enrol-shot")];
	const jpegs: (string | undefined)[] = poses.map(() => undefined);
	const firstEmpty = () => jpegs.indexOf(undefined);
	const draw = (index: number, verdict?: string | null) =>
		drawPlace(places[index]!, jpegs[index], say, verdict);
	const mark = () => {
		const next = firstEmpty();
		for (const [index, place] of places.entries()) place.classList.toggle("next", index === next);
	};
	root.addEventListener("click", (event) => {
		const button = event.target instanceof Element ? event.target.closest("[data-retake]") : null;
		if (!button) return;
		const index = Number(button.getAttribute("data-retake"));
		jpegs[index] = undefined;
		draw(index);
		mark();
		changed();
	});
	mark();
	return {
		wanted: () => poses[firstEmpty()],
		take(pose, jpeg) {
			const index = firstEmpty();
			if (poses[index] !== pose) return false;
			jpegs[index] = jpeg;
			draw(index);
			mark();
			return true;
		},
		all: () => poses.flatMap((pose, index) => (jpegs[index] ? [{ pose, jpeg: jpegs[index] }] : [])),
		judge(verdicts) {
			const filled = poses.flatMap((_, index) => (jpegs[index] ? [index] : []));
			for (const [order, index] of filled.entries()) draw(index, verdicts[order]);
		},
		lock(locked) {
			for (const button of root.querySelectorAll<HTMLButtonElement>("[data-retake]"))
				button.disabled = locked;
		},
		wipe() {
			jpegs.fill(undefined);
			for (const index of places.keys()) draw(index);
		},
	};
}

function drawPlace(
	place: HTMLElement,
	jpeg: string | undefined,
	say: (key: string) => string,
	verdict?: string | null,
): void {
	const image = place.querySelector("img")!;
	image.hidden = !jpeg;
	if (jpeg) image.src = `data:image/jpeg;base64,${jpeg}`;
	else image.removeAttribute("src");
	place.classList.toggle("taken", jpeg !== undefined);
	place.classList.toggle("bad", typeof verdict === "string");
	place.querySelector("button")!.hidden = !jpeg;
	place.querySelector(".enrol-verdict")!.textContent = verdict === null ? say("photo_ok") : (verdict ?? "");
}

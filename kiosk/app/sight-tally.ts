/** Counts, between two reports to the box, in how many looks a face was in view and what people had to be asked for. About nobody in particular. */
import type { SightCounts } from "../../server/protocol/sight.ts";
import type { Advice } from "../../server/recognition/quality.ts";
import type { VisionEvent } from "./vision-port.ts";

export interface SightTally {
	see(event: VisionEvent): void;
	/** What goes with the next report; undefined while there is nothing to tell. */
	open(): SightCounts | undefined;
	/** The report was answered: what it told is done with. */
	settle(): void;
}

const NONE: SightCounts = { looks: 0, dark: 0, bright: 0, glare: 0, sideLit: 0, blurry: 0, far: 0 };
/** The protocol's own bound; a door without contact for a day stays below. */
const MOST = 1_000_000;

const COUNTED: Partial<Record<Advice, keyof SightCounts>> = {
	too_dark: "dark",
	too_bright: "bright",
	glare: "glare",
	side_light: "sideLit",
	blurry: "blurry",
	too_far: "far",
};

export function makeSightTally(): SightTally {
	let counts = { ...NONE };
	let told = { ...NONE };
	return {
		see(event) {
			if (event.kind !== "face" || counts.looks >= MOST) return;
			counts.looks++;
			const name = COUNTED[event.advice];
			if (name) counts[name]++;
		},
		open() {
			told = { ...counts };
			return told.looks > 0 ? told : undefined;
		},
		settle() {
			const names = Object.keys(NONE) as (keyof SightCounts)[];
			counts = Object.fromEntries(names.map((name) => [name, counts[name] - told[name]])) as typeof counts;
			told = { ...NONE };
		},
	};
}

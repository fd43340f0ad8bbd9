/** What is evaluated: who is searched for among how many, enrolled with how many photos, seen in how many frames. */
import type { Market } from "./face-folder.ts";
import { SPOILED, type Variant } from "./photo-variants.ts";

export interface Scenario {
	readonly id: string;
	/** Whose probes are searched for; the gallery holds all of them first, then people of the other market. */
	readonly market: Market;
	/** People enrolled in every search. `all`: everyone of the market and nobody else. */
	readonly size: number | "all";
	/** Enrolment photos: as many as there are up to `most`; people with fewer than `least` besides the probe are left out. */
	readonly enrol: { readonly least: number; readonly most: number };
	/** Frames averaged into a probe: as many up to `most` as leave `enrol.least` photos. */
	readonly frames: { readonly least: number; readonly most: number };
	/** `photos`: frames are other photos of the person, taken on other days; `visit`: simulated frames of one photo; else a spoiled photo. */
	readonly source: "photos" | "visit" | Variant;
	/** Probe sets drawn per person and seed. */
	readonly draws: number;
}

const scenario = (id: string, more: Partial<Scenario> = {}): Scenario => ({
	id,
	market: "EA",
	size: 30,
	enrol: { least: 3, most: 5 },
	frames: { least: 1, most: 3 },
	source: "photos",
	draws: 6,
	...more,
});
const exactly = (count: number) => ({ least: count, most: count });

/** The one the test of every day runs: needs no photos but those of the market. */
export const QUICK = scenario("ea-all", { size: "all" });

/** The scenarios of the bars come first. */
export const SCENARIOS: readonly Scenario[] = [
	scenario("ea-30"),
	scenario("west-30", { market: "WEST", draws: 3 }),
	QUICK,
	scenario("ea-60", { size: 60 }),
	scenario("ea-20", { size: 20 }),
	scenario("ea-15", { size: 15 }),
	scenario("ea-10", { size: 10 }),
	scenario("ea-6", { size: 6 }),
	scenario("ea-3", { size: 3 }),
	scenario("west-10", { market: "WEST", size: 10, draws: 3 }),
	scenario("west-all", { market: "WEST", size: "all", draws: 3 }),
	scenario("ea-30-visit-1", { source: "visit", frames: exactly(1) }),
	scenario("ea-30-visit-3", { source: "visit", frames: exactly(3) }),
	scenario("ea-30-visit-5", { source: "visit", frames: exactly(5) }),
	...[1, 3, 5].flatMap((photos) =>
		[1, 3, 5].map((frames) =>
			scenario(`ea-30-enrol-${photos}-frames-${frames}`, {
				enrol: exactly(photos),
				frames: exactly(frames),
			}),
		),
	),
	...SPOILED.map((source) => scenario(`ea-30-${source}`, { source, frames: exactly(1), draws: 2 })),
];

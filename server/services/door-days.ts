/**
 * Counts what each door sees: how searches for a face end, how light and sharp the faces are, what the door has to ask people for. Kept in
 * RAM and written once a minute, so that no search waits for it; a crash loses a minute of counts. Holds nothing about a person.
 */
import { addToDoorDay, type DoorDayFigures, type DoorDayRow, NO_FIGURES } from "../../db/door-day.ts";
import { kioskById } from "../../db/kiosk.ts";
import type { Store } from "../../db/store.ts";
import type { DateText } from "../base/units.ts";
import type { SightCounts } from "../protocol/sight.ts";

export interface DoorDaysDeps {
	readonly store: Store;
	today(): DateText;
}

/** `sure` and `marginal` were accepted. */
export type SearchEnd = "sure" | "marginal" | "ambiguous" | "unknown";

export interface DoorDays {
	/** How a search ended; `quality` as the kiosk measured the face. */
	noteSearch(kioskId: string, end: SearchEnd, quality: Readonly<Record<string, number>>): void;
	/** What the door saw since its last report. */
	noteSight(kioskId: string, counts: SightCounts): void;
	/** Writes what is kept. */
	flush(): Promise<void>;
}

/** What the kiosk calls each measure, and the range that is believed: luma in steps of 255, shares, variance of sharpness. */
const MEASURES = [
	["luma", "luma", 255],
	["clipped", "clipped", 1],
	["sideLight", "sideLight", 1],
	["sharpness", "sharpness", 5_000],
] as const satisfies readonly (readonly [keyof DoorDayFigures, string, number])[];

/** More doors than this in one minute are not counted. */
const MOST_KEPT = 1_000;

export function makeDoorDays({ store, today }: DoorDaysDeps): DoorDays {
	let kept = new Map<string, DoorDayRow>();
	const add = (kioskId: string, more: Partial<DoorDayFigures>): void => {
		const day = today();
		const key = `${day}|${kioskId}`;
		if (!kept.has(key) && kept.size >= MOST_KEPT) return;
		kept.set(key, { ...summed(kept.get(key) ?? NO_FIGURES, more), kioskId, day });
	};
	return {
		noteSearch: (kioskId, end, quality) => add(kioskId, { [end]: 1, ...measuresOf(quality) }),
		noteSight: (kioskId, counts) => add(kioskId, counts),
		async flush() {
			if (kept.size === 0) return;
			const rows = [...kept.values()];
			kept = new Map();
			await store.commit((tx) => {
				for (const row of rows) if (kioskById(tx, row.kioskId)) addToDoorDay(tx, row);
			});
		},
	};
}

function summed(figures: DoorDayFigures, more: Partial<DoorDayFigures>): DoorDayFigures {
	const names = Object.keys(NO_FIGURES) as (keyof DoorDayFigures)[];
	return Object.fromEntries(
		names.map((name) => [name, figures[name] + (more[name] ?? 0)]),
	) as unknown as DoorDayFigures;
}

/** All measures or none: a mean over some of them would be of different faces. */
function measuresOf(quality: Readonly<Record<string, number>>): Partial<DoorDayFigures> {
	const found = MEASURES.map(([name, key, most]) => [name, quality[key], most] as const);
	const sound = found.every(([, value, most]) => value !== undefined && value >= 0 && value <= most);
	return sound ? { faces: 1, ...Object.fromEntries(found.map(([name, value]) => [name, value])) } : {};
}

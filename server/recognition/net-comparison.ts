/**
 * How well a net would serve the people of this very site: each enrolment photo is held back once and looked for among the others,
 * by the door's own rule; then looked for as if its person had never been enrolled. Pure; numbers only, nobody is named.
 */
import type { Descriptor } from "./descriptor.ts";
import { type Gallery, makeGallery } from "./gallery.ts";
import { identify } from "./identify.ts";
import type { Recogniser } from "./model.ts";

export interface NetFigures {
	readonly people: number;
	/** Photos held back; with another photo of the same person still enrolled. */
	readonly tries: number;
	readonly recognised: number;
	/** Neither recognised nor mistaken: card or PIN would be asked for. */
	readonly asked: number;
	/** Taken for a colleague. */
	readonly mistaken: number;
	/** Photos looked for without their person, and how many of them the door would have let in. */
	readonly strangers: number;
	readonly letIn: number;
	/** Standard deviations between own distances and those of the nearest stranger (d'); larger is better. */
	readonly separation: number;
	/** Share of the distances per step of `stepSize`, for the picture; the last step holds everything beyond. */
	readonly ownShares: readonly number[];
	readonly strangerShares: readonly number[];
	readonly stepSize: number;
}

export type NetVerdict = "better" | "worse" | "alike" | "too_few";

const STEPS = 24;
/** The picture reaches this far beyond the largest distance the door accepts. */
const REACH = 1.6;
/** Fewer people or tries than this say nothing. */
const MIN_PEOPLE = 5;
const MIN_TRIES = 10;
/** A difference in separation below a twentieth is noise at these sizes. */
const NOISE = 0.05;

interface Tally {
	tries: number;
	recognised: number;
	mistaken: number;
	strangers: number;
	letIn: number;
	readonly own: number[];
	readonly stranger: number[];
}

/** Judges one person's photos at a time, so that a caller can let others work in between. */
export function makeNetComparison(
	recogniser: Recogniser,
	people: ReadonlyMap<string, readonly Descriptor[]>,
) {
	const gallery = makeGallery(recogniser.descriptorLength);
	for (const [id, templates] of people) gallery.put(id, templates);
	const tally: Tally = {
		tries: 0,
		recognised: 0,
		mistaken: 0,
		strangers: 0,
		letIn: 0,
		own: [],
		stranger: [],
	};
	const trial: Trial = { recogniser, gallery, tally };
	return {
		judge(id: string): void {
			const templates = people.get(id) ?? [];
			gallery.remove(id);
			for (const probe of templates) asStranger(trial, probe);
			for (const [i, probe] of templates.entries()) {
				const rest = templates.filter((_, k) => k !== i);
				if (rest.length === 0) continue;
				gallery.put(id, rest);
				asThemselves(trial, id, probe);
			}
			if (templates.length > 0) gallery.put(id, templates);
		},
		figures: (): NetFigures => figuresOf(recogniser, people.size, tally),
	};
}

interface Trial {
	readonly recogniser: Recogniser;
	readonly gallery: Gallery;
	readonly tally: Tally;
}

function asStranger({ recogniser: { thresholds }, gallery, tally }: Trial, probe: Descriptor): void {
	const ranking = gallery.rank(probe);
	const nearest = ranking.nearest[0];
	if (!nearest) return;
	tally.strangers++;
	tally.stranger.push(nearest.distance);
	if (identify(ranking, { thresholds }).kind === "match") tally.letIn++;
}

function asThemselves(
	{ recogniser: { thresholds }, gallery, tally }: Trial,
	id: string,
	probe: Descriptor,
): void {
	const found = identify(gallery.rank(probe), { thresholds });
	tally.tries++;
	tally.own.push(gallery.claim(id, probe)!.distance);
	if (found.kind !== "match") return;
	if (found.personId === id) tally.recognised++;
	else tally.mistaken++;
}

function figuresOf({ thresholds }: Recogniser, people: number, tally: Tally): NetFigures {
	const { own, stranger, tries, recognised, mistaken, strangers, letIn } = tally;
	const stepSize = (REACH * thresholds.accept.value) / STEPS;
	return {
		people,
		...{ tries, recognised, mistaken, strangers, letIn },
		asked: tries - recognised - mistaken,
		separation: separationOf(own, stranger),
		ownShares: sharesOf(own, stepSize),
		strangerShares: sharesOf(stranger, stepSize),
		stepSize,
	};
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function variance(values: readonly number[]): number {
	const centre = mean(values);
	return mean(values.map((v) => (v - centre) ** 2));
}

function separationOf(own: readonly number[], others: readonly number[]): number {
	if (own.length < 2 || others.length < 2) return 0;
	const spread = Math.sqrt((variance(own) + variance(others)) / 2);
	return spread > 0 ? (mean(others) - mean(own)) / spread : 0;
}

function sharesOf(values: readonly number[], stepSize: number): number[] {
	const counts = new Array<number>(STEPS).fill(0);
	for (const value of values) counts[Math.min(STEPS - 1, Math.floor(value / stepSize))]!++;
	return counts.map((count) => count / Math.max(1, values.length));
}

const wrongNames = ({ mistaken, letIn }: NetFigures): number => mistaken + letIn;

/** Whether `candidate` serves this site better than `current`: first fewer wrong names, then a clearer separation. */
export function judgeNets(current: NetFigures, candidate: NetFigures): NetVerdict {
	if (Math.min(current.people, candidate.people) < MIN_PEOPLE) return "too_few";
	if (Math.min(current.tries, candidate.tries) < MIN_TRIES) return "too_few";
	const fewer = wrongNames(current) - wrongNames(candidate);
	if (fewer < 0) return "worse";
	const gain = candidate.separation / current.separation - 1;
	if (gain < -NOISE) return fewer > 0 ? "alike" : "worse";
	return fewer > 0 || gain > NOISE ? "better" : "alike";
}

/** With none seen among `of`, the share that stays possible with 95 % confidence (rule of three). */
export const upperShareOfNone = (of: number): number => Math.min(1, 3 / Math.max(1, of));

/**
 * What a site's own gallery tells about its faces: photos of one person against each other, photos of different people, and each photo as
 * if it came to the door, once with its person enrolled and once without. Reads the gallery, changes nothing. Ids and counts, no descriptor.
 */
import { type CrowdRule, crowdRuleFor, MOST_NEIGHBOURS, relativeDistance } from "./crowd.ts";
import { type Descriptor, distance, meanDescriptor } from "./descriptor.ts";
import type { Gallery, RankedPerson, Ranking } from "./gallery.ts";
import { identify, relativeOfBest } from "./identify.ts";
import type { Recogniser } from "./model.ts";
import { type Tail, tailOf } from "./tail.ts";
import { lookAlikes } from "./verify.ts";

export interface CalibrationFigures {
	/** People in the gallery, and those looked at. */
	readonly people: number;
	readonly looked: number;
	/** Counts of photo pairs per step of `stepSize`; the last step holds everything beyond. */
	readonly ownPairs: readonly number[];
	readonly otherPairs: readonly number[];
	readonly stepSize: number;
	/** Photos held back and looked for among the others of their person, and what the door would have said. */
	readonly tries: number;
	readonly recognised: number;
	readonly mistaken: number;
	/** Somebody else was nearer than the person's other photos, accepted or not. */
	readonly beaten: number;
	/** Photos looked for without their person, and how many the door would have let in under another name. */
	readonly strangers: number;
	readonly letIn: number;
	/** The door's limit of the relative distance at this size. */
	readonly limit: number;
	readonly curve: readonly CurvePoint[];
	/** Of the strangers' relative distances. */
	readonly tail?: Tail;
	/** Pairs nearer than the net's limit for look-alikes, each once. */
	readonly pairs: readonly (readonly [string, string])[];
	/** People whose own photos the door would not take for them, worst first. */
	readonly struggling: readonly { readonly id: string; readonly tries: number; readonly passed: number }[];
}

/** Both errors, were the limit of the relative distance here. */
export interface CurvePoint {
	readonly limit: number;
	/** Share of strangers let in under another name. */
	readonly letIn: number;
	/** Share of own photos for which card or PIN would be asked. */
	readonly asked: number;
}

export const HISTOGRAM_STEPS = 30;
const CURVE_STEPS = 24;
/** The picture reaches this far beyond the largest distance the door accepts. */
const REACH = 2;
/** The curve shows this part of the largest accepted distance to both sides of the limit. */
const CURVE_REACH = 0.4;
const MOST_STRUGGLING = 20;

interface Tally {
	looked: number;
	recognised: number;
	mistaken: number;
	beaten: number;
	letIn: number;
	readonly own: { readonly relative: number; readonly canPass: boolean }[];
	readonly strangers: { readonly relative: number; readonly canPass: boolean }[];
	readonly pairs: Map<string, readonly [string, string]>;
	readonly struggling: { id: string; tries: number; passed: number }[];
	readonly ownPairs: number[];
	readonly otherPairs: number[];
}

const emptyTally = (): Tally => ({
	...{ looked: 0, recognised: 0, mistaken: 0, beaten: 0, letIn: 0 },
	...{ own: [], strangers: [], pairs: new Map(), struggling: [] },
	ownPairs: new Array<number>(HISTOGRAM_STEPS).fill(0),
	otherPairs: new Array<number>(HISTOGRAM_STEPS).fill(0),
});

/**
 * `look` judges one person in steps of one search each: a caller pulls them one by one and lets others work in between. People who left the
 * gallery meanwhile are passed over.
 */
export function makeCalibration(recogniser: Recogniser, gallery: Gallery) {
	const tally = emptyTally();
	const stepSize = (REACH * recogniser.thresholds.accept.value) / HISTOGRAM_STEPS;
	const earlier: { id: string; photos: readonly Descriptor[] }[] = [];
	const count = (into: number[], a: Descriptor, b: Descriptor) => {
		into[Math.min(HISTOGRAM_STEPS - 1, Math.floor(distance(a, b) / stepSize))]!++;
	};
	return {
		*look(id: string): Generator<void> {
			const rule = crowdRuleFor(recogniser.thresholds.crowd, gallery.people);
			// Copies: the gallery moves its numbers about when people come and go.
			const photos = gallery.templatesOf(id)?.map((one) => Float32Array.from(one));
			if (!photos || !rule) return;
			for (const [i, photo] of photos.entries()) {
				for (const own of photos.slice(i + 1)) count(tally.ownPairs, photo, own);
				for (const other of earlier)
					for (const theirs of other.photos) count(tally.otherPairs, photo, theirs);
			}
			earlier.push({ id, photos });
			yield;
			tally.looked++;
			yield* search(recogniser, gallery, rule, tally, id, photos);
		},
		/** Overwrites the copies and gives the result. */
		figures(): CalibrationFigures {
			for (const { photos } of earlier) for (const photo of photos) photo.fill(0);
			return figuresOf(recogniser, gallery.people, stepSize, tally);
		},
	};
}

function* search(
	recogniser: Recogniser,
	gallery: Gallery,
	rule: CrowdRule,
	tally: Tally,
	id: string,
	photos: readonly Descriptor[],
): Generator<void> {
	const { thresholds } = recogniser;
	const surroundings = gallery.claim(id, meanDescriptor(photos))?.surroundings ?? [];
	const own = { id, tries: 0, passed: 0 };
	for (const [i, photo] of photos.entries()) {
		yield;
		const without = gallery.rank(photo, { eligible: (other) => other !== id });
		if (without.nearest.length === 0) continue;
		asStranger(recogniser, rule, tally, without);
		for (const { personId } of lookAlikes([without], id, thresholds)) notePair(tally, id, personId);
		const rest = photos.filter((_, k) => k !== i);
		if (rest.length === 0) continue;
		own.tries++;
		if (
			asThemselves(recogniser, rule, tally, { id, distance: ownDistance(photo, rest) }, without, surroundings)
		)
			own.passed++;
	}
	if (own.passed < own.tries) tally.struggling.push(own);
}

/** As the gallery reckons it: the mean of (nearest, mean). */
const ownDistance = (photo: Descriptor, rest: readonly Descriptor[]): number =>
	(Math.min(...rest.map((one) => distance(photo, one))) + distance(photo, meanDescriptor(rest))) / 2;

function notePair({ pairs }: Tally, one: string, other: string): void {
	const pair = one < other ? ([one, other] as const) : ([other, one] as const);
	pairs.set(pair.join("|"), pair);
}

function asStranger({ thresholds }: Recogniser, rule: CrowdRule, tally: Tally, ranking: Ranking): void {
	const canPass = ranking.nearest[0]!.distance <= thresholds.accept.value;
	tally.strangers.push({ relative: relativeOfBest(ranking, rule), canPass });
	if (identify(ranking, { thresholds }).kind === "match") tally.letIn++;
}

/** The search with the person enrolled by the other photos, put together from the search without them. True when recognised. */
function asThemselves(
	{ thresholds }: Recogniser,
	rule: CrowdRule,
	tally: Tally,
	self: { readonly id: string; readonly distance: number },
	without: Ranking,
	surroundings: readonly number[],
): boolean {
	const isBest = self.distance <= without.nearest[0]!.distance;
	const others = without.nearest.slice(0, MOST_NEIGHBOURS).map((one) => one.distance);
	const relative = relativeDistance({ distance: self.distance, others, surroundings }, rule);
	tally.own.push({ relative, canPass: isBest && self.distance <= thresholds.accept.value });
	if (!isBest) tally.beaten++;
	const me: RankedPerson = { personId: self.id, distance: self.distance };
	const nearest = [...without.nearest, me].sort((a, b) => a.distance - b.distance);
	const ranking = {
		nearest,
		searched: without.searched + 1,
		surroundings: isBest ? surroundings : without.surroundings,
	};
	const found = identify(ranking, { thresholds });
	if (found.kind !== "match") return false;
	if (found.personId !== self.id) tally.mistaken++;
	else tally.recognised++;
	return found.personId === self.id;
}

function figuresOf(recogniser: Recogniser, people: number, stepSize: number, t: Tally): CalibrationFigures {
	const { crowd, accept } = recogniser.thresholds;
	const limit = crowdRuleFor(crowd, people)?.searchLimit ?? 0;
	const reach = CURVE_REACH * accept.value;
	const shareOf = (all: Tally["own"], at: number) =>
		all.filter((one) => one.canPass && one.relative <= at).length / Math.max(1, all.length);
	const curve = Array.from({ length: CURVE_STEPS + 1 }, (_, i) => {
		const at = limit - reach + (2 * reach * i) / CURVE_STEPS;
		return { limit: at, letIn: shareOf(t.strangers, at), asked: 1 - shareOf(t.own, at) };
	});
	const byFailures = [...t.struggling].sort(
		(a, b) => a.passed / a.tries - b.passed / b.tries || b.tries - a.tries,
	);
	return {
		...{ people, looked: t.looked, ownPairs: t.ownPairs, otherPairs: t.otherPairs, stepSize },
		...{ tries: t.own.length, recognised: t.recognised, mistaken: t.mistaken, beaten: t.beaten },
		...{ strangers: t.strangers.length, letIn: t.letIn, limit, curve },
		tail: tailOf(t.strangers.map((one) => one.relative)),
		pairs: [...t.pairs.values()],
		struggling: byFailures.slice(0, MOST_STRUGGLING),
	};
}

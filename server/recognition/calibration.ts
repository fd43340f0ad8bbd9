/**
 * What a site's own gallery tells about its faces: photos of one person against each other, photos of different people, and each photo as
 * if it came to the door, once with its person enrolled and once without. Reads the gallery, changes nothing. Ids and counts, no descriptor.
 */
import {
	type CalibrationFigures,
	figuresOf,
	HISTOGRAM_STEPS,
	notePair,
	nothingSeen,
	type Seen,
	type Tried,
} from "./calibration-figures.ts";
import { type CrowdRule, crowdRuleFor, MOST_NEIGHBOURS, relativeDistance } from "./crowd.ts";
import { type Descriptor, distance, meanDescriptor } from "./descriptor.ts";
import type { Gallery, RankedPerson, Ranking } from "./gallery.ts";
import { identify, relativeOfBest } from "./identify.ts";
import type { Recogniser } from "./model.ts";
import { lookAlikes } from "./verify.ts";

/** The picture reaches this far beyond the largest distance the door accepts. */
const REACH = 2;

/**
 * `look` judges one person in steps of one search each: a caller pulls them one by one and lets others work in between. People who left the
 * gallery meanwhile are passed over.
 */
export function makeCalibration(recogniser: Recogniser, gallery: Gallery) {
	const tally = nothingSeen();
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
	tally: Seen,
	id: string,
	photos: readonly Descriptor[],
): Generator<void> {
	const { thresholds } = recogniser;
	const surroundings = gallery.claim(id, meanDescriptor(photos))?.surroundings ?? [];
	for (const [i, photo] of photos.entries()) {
		yield;
		const without = gallery.rank(photo, { eligible: (other) => other !== id });
		if (without.nearest.length === 0) continue;
		tally.strangers.push(asStranger(recogniser, rule, id, without));
		for (const { personId } of lookAlikes([without], id, thresholds)) notePair(tally, id, personId);
		const rest = photos.filter((_, k) => k !== i);
		if (rest.length === 0) continue;
		const self = { id, distance: ownDistance(photo, rest) };
		tally.own.push(asThemselves(recogniser, rule, self, without, surroundings));
	}
}

/** As the gallery reckons it: the mean of (nearest, mean). */
const ownDistance = (photo: Descriptor, rest: readonly Descriptor[]): number =>
	(Math.min(...rest.map((one) => distance(photo, one))) + distance(photo, meanDescriptor(rest))) / 2;

function asStranger({ thresholds }: Recogniser, rule: CrowdRule, id: string, ranking: Ranking): Tried {
	const { personId: nearestId, distance: d } = ranking.nearest[0]!;
	const found = identify(ranking, { thresholds });
	const named = found.kind === "match" ? found.personId : undefined;
	return {
		id,
		nearestId,
		relative: relativeOfBest(ranking, rule),
		canPass: d <= thresholds.accept.value,
		named,
	};
}

/** The search with the person enrolled by the other photos, put together from the search without them. */
function asThemselves(
	{ thresholds }: Recogniser,
	rule: CrowdRule,
	self: { readonly id: string; readonly distance: number },
	without: Ranking,
	surroundings: readonly number[],
): Tried {
	const isBest = self.distance <= without.nearest[0]!.distance;
	const others = without.nearest.slice(0, MOST_NEIGHBOURS).map((one) => one.distance);
	const relative = relativeDistance({ distance: self.distance, others, surroundings }, rule);
	const me: RankedPerson = { personId: self.id, distance: self.distance };
	const nearest = [...without.nearest, me].sort((a, b) => a.distance - b.distance);
	const searched = without.searched + 1;
	const found = identify(
		{ nearest, searched, surroundings: isBest ? surroundings : without.surroundings },
		{ thresholds },
	);
	return {
		id: self.id,
		nearestId: nearest[0]!.personId,
		relative,
		canPass: isBest && self.distance <= thresholds.accept.value,
		named: found.kind === "match" ? found.personId : undefined,
	};
}

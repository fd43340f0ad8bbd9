/**
 * All templates of one recogniser in RAM, ranked against a probe in one exact pass. Knows ids and numbers, no names, no rules.
 * The distance of a person is the mean of (nearest template, mean template): it beat either alone at equal false accepts.
 */
import { type Crowded, MOST_NEIGHBOURS } from "./crowd.ts";
import type { Descriptor } from "./descriptor.ts";
import type { GalleryRows } from "./gallery-rows.ts";
import {
	appendRows,
	distancesToMeans,
	distanceToMean,
	emptyRows,
	entryDistance,
	removeRows,
	surroundingsOf,
	UNLIMITED,
} from "./gallery-rows.ts";

export interface RankedPerson {
	readonly personId: string;
	readonly distance: number;
}

export interface Ranking {
	/** The nearest people, best first, at most `depth`. */
	readonly nearest: readonly RankedPerson[];
	/** How many people were searched. */
	readonly searched: number;
	/** Distances of the best person's mean template to the nearest other people's, ascending, at most `MOST_NEIGHBOURS`. */
	readonly surroundings: readonly number[];
}

/** The distance of a claimed person, with the crowd it is judged against. */
export interface Claim extends Crowded {
	readonly searched: number;
}

export interface Gallery {
	readonly people: number;
	readonly templates: number;
	has(personId: string): boolean;
	personIds(): readonly string[];
	/** Sets a person's templates, replacing earlier ones. Throws on none or on a wrong length: both are bugs of the caller. */
	put(personId: string, templates: readonly ArrayLike<number>[]): void;
	/** Forgets a person and overwrites the numbers; false when unknown. */
	remove(personId: string): boolean;
	/** Forgets everyone. */
	clear(): void;
	/** Exact ranking. `depth` defaults to the best and its crowd; `eligible` narrows the search, the crowd included. */
	rank(probe: Descriptor, options?: RankOptions): Ranking;
	/** The distance of one person for 1:1 and its crowd; undefined when the person has no template. Costs a search. */
	claim(personId: string, probe: Descriptor): Claim | undefined;
	/** A person's templates, the stored numbers themselves: for forecasts over the gallery; undefined when unknown. */
	templatesOf(personId: string): readonly Descriptor[] | undefined;
}

export interface RankOptions {
	readonly depth?: number;
	readonly eligible?: (personId: string) => boolean;
}

/** The best and everyone the rules average: each rank more makes the search look at more templates. */
const DEFAULT_DEPTH = MOST_NEIGHBOURS + 1;

/** An empty gallery for descriptors of `length` numbers. */
export function makeGallery(length: number): Gallery {
	const g = emptyRows(length);
	return {
		get people() {
			return g.entries.length;
		},
		get templates() {
			return g.used;
		},
		has: (personId) => g.indexOf.has(personId),
		personIds: () => g.entries.map((entry) => entry.personId),
		put(personId, templates) {
			if (templates.length === 0) throw new Error("a person needs at least one template");
			if (templates.some((t) => t.length !== length)) throw new Error(`a template has ${length} numbers`);
			removeRows(g, personId);
			appendRows(g, personId, templates);
		},
		remove: (personId) => removeRows(g, personId),
		clear() {
			g.rows.fill(0);
			g.means.fill(0);
			g.used = 0;
			g.entries.length = 0;
			g.indexOf.clear();
			g.surroundings.clear();
		},
		rank: (probe, options = {}) => rank(g, probe, options),
		claim: (personId, probe) => claim(g, personId, probe),
		templatesOf(personId) {
			const index = g.indexOf.get(personId);
			if (index === undefined) return undefined;
			const { start, count } = g.entries[index]!;
			return Array.from({ length: count }, (_, k) =>
				g.rows.subarray((start + k) * length, (start + k + 1) * length),
			);
		},
	};
}

function rank(g: GalleryRows, probe: Descriptor, { depth = DEFAULT_DEPTH, eligible }: RankOptions): Ranking {
	const top = makeTop(depth);
	const toMean = distancesToMeans(g, probe);
	let searched = 0;
	for (let index = 0; index < g.entries.length; index++) {
		if (eligible && !eligible(g.entries[index]!.personId)) continue;
		searched++;
		const found = entryDistance(g, index, probe, toMean[index]!, top.limit());
		if (found < top.limit()) top.insert(index, found);
	}
	const nearest = top.list((index) => g.entries[index]!.personId);
	const best = nearest[0] && g.indexOf.get(nearest[0].personId);
	return { nearest, searched, surroundings: best === undefined ? [] : surroundingsOf(g, best, eligible) };
}

function claim(g: GalleryRows, personId: string, probe: Descriptor): Claim | undefined {
	const index = g.indexOf.get(personId);
	if (index === undefined) return undefined;
	const { nearest, searched } = rank(g, probe, {});
	const others = nearest.filter((one) => one.personId !== personId).map((one) => one.distance);
	return {
		distance: entryDistance(g, index, probe, distanceToMean(g, index, probe), UNLIMITED),
		others: others.slice(0, MOST_NEIGHBOURS),
		surroundings: surroundingsOf(g, index),
		searched,
	};
}

/** The `depth` smallest distances seen, by insertion into a short sorted array. */
function makeTop(depth: number) {
	const indices = new Int32Array(depth);
	const distances = new Float64Array(depth).fill(UNLIMITED);
	let filled = 0;
	return {
		limit: (): number => distances[depth - 1]!,
		insert(index: number, value: number): void {
			let at = Math.min(filled, depth - 1);
			while (at > 0 && distances[at - 1]! > value) {
				distances[at] = distances[at - 1]!;
				indices[at] = indices[at - 1]!;
				at--;
			}
			distances[at] = value;
			indices[at] = index;
			if (filled < depth) filled++;
		},
		list: (name: (index: number) => string): RankedPerson[] =>
			Array.from({ length: filled }, (_, k) => ({ personId: name(indices[k]!), distance: distances[k]! })),
	};
}

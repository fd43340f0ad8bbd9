/** The numbers behind a gallery: flat arrays of templates and of mean templates, one person's distance to a probe, and to the others. */
import { MOST_NEIGHBOURS } from "./crowd.ts";

export interface GalleryRows {
	readonly length: number;
	/** All templates; those of one person follow each other, without holes. */
	rows: Float32Array<ArrayBuffer>;
	/** One mean template per entry. */
	means: Float32Array<ArrayBuffer>;
	used: number;
	/** Room for one distance per entry, so that a search allocates nothing. */
	toMean: Float64Array<ArrayBuffer>;
	readonly entries: RowEntry[];
	readonly indexOf: Map<string, number>;
	/** By entry, what `surroundingsOf` found; emptied by every change of the gallery. */
	readonly surroundings: Map<number, readonly number[]>;
}

export interface RowEntry {
	readonly personId: string;
	/** Row of the first template. */
	start: number;
	readonly count: number;
	/** Largest distance of a template to the mean: bounds how near any template can be. */
	readonly reach: number;
}

/** Far above any distance, small enough that its square stays finite. */
export const UNLIMITED = 1e6;

/** No people yet. */
export const emptyRows = (length: number): GalleryRows => ({
	length,
	rows: new Float32Array(64 * length),
	means: new Float32Array(16 * length),
	used: 0,
	toMean: new Float64Array(0),
	entries: [],
	indexOf: new Map(),
	surroundings: new Map(),
});

/** Adds a person who is not there yet. */
export function appendRows(g: GalleryRows, personId: string, templates: readonly ArrayLike<number>[]): void {
	const { length, used } = g;
	const index = g.entries.length;
	g.rows = withRoom(g.rows, (used + templates.length) * length);
	g.means = withRoom(g.means, (index + 1) * length);
	const mean = g.means.subarray(index * length, (index + 1) * length).fill(0);
	templates.forEach((template, k) => {
		g.rows.set(template, (used + k) * length);
		for (let i = 0; i < length; i++) mean[i]! += template[i]! / templates.length;
	});
	let reach = 0;
	for (let k = 0; k < templates.length; k++)
		reach = Math.max(reach, square(g.rows, (used + k) * length, mean, length));
	g.entries.push({ personId, start: used, count: templates.length, reach: Math.sqrt(reach) });
	g.indexOf.set(personId, index);
	g.surroundings.clear();
	g.used += templates.length;
}

function withRoom(array: Float32Array<ArrayBuffer>, needed: number): Float32Array<ArrayBuffer> {
	if (needed <= array.length) return array;
	const bigger = new Float32Array(Math.max(needed, array.length * 2));
	bigger.set(array);
	array.fill(0);
	return bigger;
}

/** Closes the hole a person leaves and overwrites the freed numbers; false when unknown. */
export function removeRows(g: GalleryRows, personId: string): boolean {
	const index = g.indexOf.get(personId);
	if (index === undefined) return false;
	const { length, entries } = g;
	const { start, count } = entries[index]!;
	g.rows.copyWithin(start * length, (start + count) * length, g.used * length);
	g.rows.fill(0, (g.used - count) * length, g.used * length);
	g.means.copyWithin(index * length, (index + 1) * length, entries.length * length);
	g.means.fill(0, (entries.length - 1) * length, entries.length * length);
	g.used -= count;
	entries.splice(index, 1);
	g.indexOf.delete(personId);
	g.surroundings.clear();
	for (let i = index; i < entries.length; i++) {
		entries[i]!.start -= count;
		g.indexOf.set(entries[i]!.personId, i);
	}
	return true;
}

/** Distances of the probe to every mean template, by entry; the array is reused by the next call. */
export function distancesToMeans(g: GalleryRows, probe: Float32Array): Float64Array {
	if (g.toMean.length < g.entries.length) g.toMean = new Float64Array(g.entries.length * 2);
	for (let index = 0; index < g.entries.length; index++) g.toMean[index] = distanceToMean(g, index, probe);
	return g.toMean;
}

/** Distance of the probe to one entry's mean template. */
export const distanceToMean = (g: GalleryRows, index: number, probe: Float32Array): number =>
	Math.sqrt(square(g.means, index * g.length, probe, g.length));

/**
 * Mean of (nearest template, mean template) to the probe: exact when below `limit`, else some number ≥ `limit`.
 * By the triangle inequality no template is nearer than toMean − reach, so most people are done without a look at their templates.
 */
export function entryDistance(
	g: GalleryRows,
	index: number,
	probe: Float32Array,
	toMean: number,
	limit: number,
): number {
	const { start, count, reach } = g.entries[index]!;
	if (toMean - reach / 2 >= limit || toMean >= 2 * limit) return UNLIMITED;
	let best = (2 * limit - toMean) ** 2;
	for (let k = 0; k < count; k++)
		best = Math.min(best, boundedSquare(g.rows, (start + k) * g.length, probe, g.length, best));
	return (Math.sqrt(best) + toMean) / 2;
}

/** Distances of an entry's mean template to the nearest other means, ascending; remembered when everyone is eligible. */
export function surroundingsOf(
	g: GalleryRows,
	index: number,
	eligible?: (personId: string) => boolean,
): readonly number[] {
	const known = eligible ? undefined : g.surroundings.get(index);
	if (known) return known;
	const mean = g.means.subarray(index * g.length, (index + 1) * g.length);
	const near: number[] = [];
	for (let other = 0; other < g.entries.length; other++) {
		if (other === index || (eligible && !eligible(g.entries[other]!.personId))) continue;
		const limit = near.length < MOST_NEIGHBOURS ? UNLIMITED : near[MOST_NEIGHBOURS - 1]!;
		const found = boundedSquare(g.means, other * g.length, mean, g.length, limit);
		if (found < limit) keepSmallest(near, found);
	}
	const distances = near.map(Math.sqrt);
	if (!eligible) g.surroundings.set(index, distances);
	return distances;
}

/** Inserts into an ascending list of at most `MOST_NEIGHBOURS`. */
function keepSmallest(ascending: number[], value: number): void {
	let at = ascending.length;
	while (at > 0 && ascending[at - 1]! > value) at--;
	ascending.splice(at, 0, value);
	if (ascending.length > MOST_NEIGHBOURS) ascending.pop();
}

/** Squared distance of a row to the probe. Plain on purpose: unrolling or destructured sums made it slower under Bun. */
function square(rows: Float32Array, at: number, probe: Float32Array, length: number): number {
	let sum = 0;
	for (let i = 0, r = at; i < length; i++, r++) {
		const d = rows[r]! - probe[i]!;
		sum += d * d;
	}
	return sum;
}

/** The same, but stops early once it has passed `limit`. */
function boundedSquare(
	rows: Float32Array,
	at: number,
	probe: Float32Array,
	length: number,
	limit: number,
): number {
	let sum = 0;
	for (let i = 0; i < length && sum <= limit; ) {
		for (const end = Math.min(i + 32, length); i < end; i++) {
			const d = rows[at + i]! - probe[i]!;
			sum += d * d;
		}
	}
	return sum;
}

/** The numbers behind a gallery: flat arrays of templates and of mean templates, and one person's distance to a probe. */

export interface GalleryRows {
	readonly length: number;
	/** All templates; those of one person follow each other, without holes. */
	rows: Float32Array<ArrayBuffer>;
	/** One mean template per entry. */
	means: Float32Array<ArrayBuffer>;
	used: number;
	readonly entries: RowEntry[];
	readonly indexOf: Map<string, number>;
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
	entries: [],
	indexOf: new Map(),
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
		reach = Math.max(reach, boundedSquare(g.rows, (used + k) * length, mean, length, UNLIMITED));
	g.entries.push({ personId, start: used, count: templates.length, reach: Math.sqrt(reach) });
	g.indexOf.set(personId, index);
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
	for (let i = index; i < entries.length; i++) {
		entries[i]!.start -= count;
		g.indexOf.set(entries[i]!.personId, i);
	}
	return true;
}

/**
 * Mean of (nearest template, mean template) to the probe: exact when below `limit`, else some number ≥ `limit`.
 * By the triangle inequality no template is nearer than toMean − reach, so most people are done after one row.
 */
export function entryDistance(g: GalleryRows, index: number, probe: Float32Array, limit: number): number {
	const { start, count, reach } = g.entries[index]!;
	const { length } = g;
	const enough = Math.min(limit + reach / 2, 2 * limit);
	const toMean = Math.sqrt(boundedSquare(g.means, index * length, probe, length, enough * enough));
	if (toMean >= enough) return UNLIMITED;
	const farthest = 2 * limit - toMean;
	let best = farthest * farthest;
	for (let k = 0; k < count; k++)
		best = Math.min(best, boundedSquare(g.rows, (start + k) * length, probe, length, best));
	return (Math.sqrt(best) + toMean) / 2;
}

/** Squared distance of a row to the probe; stops early once it has passed `limit`. */
function boundedSquare(
	rows: Float32Array,
	at: number,
	probe: Float32Array,
	length: number,
	limit: number,
): number {
	let sum = 0;
	for (let i = 0; i < length; ) {
		const end = Math.min(i + 16, length);
		for (; i < end; i++) {
			const d = rows[at + i]! - probe[i]!;
			sum += d * d;
		}
		if (sum > limit) return sum;
	}
	return sum;
}

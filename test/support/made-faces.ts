/** Invented face numbers for tests that need a gallery and no photos: strangers about 0.6 apart, one person's photos about 0.25. */

/** Numbers between -0.5 and 0.5 that look like chance and are the same in every run. */
export function seededChance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32 - 0.5;
	};
}

export const scatter = (next: () => number, centre: ArrayLike<number>, spread: number): Float32Array =>
	Float32Array.from(centre, (value) => value + spread * next());

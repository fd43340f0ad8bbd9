/** Chance that every run repeats: a seeded generator and what is drawn with it. */

export interface Seeded {
	/** Evenly from [0, 1). */
	next(): number;
	/** From a normal distribution with mean 0 and deviation 1. */
	normal(): number;
	/** A copy in random order (Fisher–Yates). */
	shuffled<T>(items: readonly T[]): T[];
}

/** mulberry32: 32 bits of state, good enough for drawing test cases. */
export function seeded(seed: number): Seeded {
	let state = seed | 0;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		next,
		normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
		shuffled(items) {
			const out = [...items];
			for (let i = out.length - 1; i > 0; i--) {
				const j = Math.floor(next() * (i + 1));
				[out[i], out[j]] = [out[j]!, out[i]!];
			}
			return out;
		},
	};
}

/** A seed out of a text: the same text, the same chance (FNV-1a). */
export function seedOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return hash;
}

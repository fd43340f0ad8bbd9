/** Token buckets per client, in memory and of bounded number. Guards the box, not accounts: those have their own throttles. */
import type { Clock } from "../base/units.ts";

export interface RateCap {
	/** Takes one token for `key`. Returns 0 when there was one, else the seconds until the next. */
	take(key: string): number;
	/** Buckets held now; for tests and the health page. */
	size(): number;
}

export interface RateLimits {
	readonly perSec: number;
	/** Tokens of a full bucket: how many requests may come at once. */
	readonly burst: number;
	/** Most clients remembered; beyond that the one silent for longest is forgotten. */
	readonly maxKeys?: number;
}

interface Bucket {
	tokens: number;
	atMs: number;
}

const MAX_KEYS = 10_000;

export function makeRateCap({ perSec, burst, maxKeys = MAX_KEYS }: RateLimits, clock: Clock): RateCap {
	const buckets = new Map<string, Bucket>();
	const refill = (key: string): Bucket => {
		const nowMs = clock.monoMs();
		const known = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
		const grown = known.tokens + ((nowMs - known.atMs) / 1000) * perSec;
		return { tokens: Math.min(burst, grown), atMs: nowMs };
	};
	return {
		take(key) {
			const bucket = refill(key);
			const granted = bucket.tokens >= 1;
			if (granted) bucket.tokens -= 1;
			buckets.delete(key);
			buckets.set(key, bucket);
			if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value!);
			return granted ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perSec));
		},
		size: () => buckets.size,
	};
}

/** The strictly rising request counter. Reserves blocks on disk, so a crash skips numbers and never repeats one. */
import type { KioskDb } from "./store.ts";

const BLOCK = 64;

export interface Counter {
	next(): Promise<number>;
	/** Jumps past anything ever sent, after the box said the number was too low (a store that came back old). */
	leap(): void;
}

/** Counts from the stored ceiling; goes on in memory when the disk refuses, starting from the clock so it still rises. */
export function makeCounter(db: KioskDb | undefined): Counter {
	let last = -1;
	let ceiling = -1;
	const reserve = async () => {
		const stored = ((await db?.get("single", "counter")) as number | undefined) ?? 0;
		last = Math.max(last, stored);
		ceiling = last + BLOCK;
		await db?.put("single", ceiling, "counter");
	};
	return {
		async next() {
			if (last >= ceiling)
				await reserve().catch(() => {
					last = Math.max(last, Date.now());
					ceiling = last + BLOCK;
				});
			last += 1;
			return last;
		},
		leap() {
			last = Math.max(last, Date.now());
			ceiling = last;
		},
	};
}

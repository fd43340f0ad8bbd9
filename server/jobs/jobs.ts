/** What runs by itself while the box is up. Each job is small, restartable, and never on the punch path. */
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../base/units.ts";
import type { Services } from "../compose.ts";

interface Job {
	readonly everyMs: number;
	/** Also once this long after the start; a box that restarts often would never get to it otherwise. */
	readonly firstMs?: number;
	readonly run: (services: Services) => void | Promise<void>;
}

const JOBS: readonly Job[] = [
	{ everyMs: 2 * SECOND_MS, run: ({ box }) => box.markHighWater() },
	{ everyMs: MINUTE_MS, run: ({ doorDays }) => doorDays.flush() },
	{ everyMs: HOUR_MS, firstMs: 10 * MINUTE_MS, run: ({ faceReport }) => faceReport.renew() },
	{ everyMs: HOUR_MS, firstMs: MINUTE_MS, run: async ({ retention }) => void (await retention.sweep()) },
];

/** Starts every job; returns the function that stops them. A job that fails is logged and runs again next time. */
export function startJobs(services: Services): () => void {
	const timers = JOBS.flatMap(({ everyMs, firstMs, run }) => {
		const once = () => void Promise.resolve(services).then(run).catch(services.onError);
		return [setInterval(once, everyMs), ...(firstMs ? [setTimeout(once, firstMs)] : [])];
	});
	return () => timers.forEach(clearTimeout);
}

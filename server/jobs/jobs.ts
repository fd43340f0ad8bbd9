/** What runs by itself while the box is up. Each job is small, restartable, and never on the punch path. */
import { HOUR_MS, SECOND_MS } from "../base/units.ts";
import type { Services } from "../compose.ts";

interface Job {
	readonly everyMs: number;
	readonly run: (services: Services) => void | Promise<void>;
}

const JOBS: readonly Job[] = [
	{ everyMs: 2 * SECOND_MS, run: ({ box }) => box.markHighWater() },
	{ everyMs: HOUR_MS, run: async ({ retention }) => void (await retention.sweep()) },
];

/** Starts every job; returns the function that stops them. A job that fails is logged and runs again next time. */
export function startJobs(services: Services): () => void {
	const timers = JOBS.map(({ everyMs, run }) =>
		setInterval(
			() =>
				void Promise.resolve()
					.then(() => run(services))
					.catch(services.onError),
			everyMs,
		),
	);
	return () => timers.forEach(clearInterval);
}

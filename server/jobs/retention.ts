/** Runs the retention pass every hour and once soon after the start. Decides nothing about what is old. */
import { HOUR_MS, MINUTE_MS } from "../base/units.ts";
import type { Retention } from "../services/retention.ts";

/** Late enough that the first pages come first. */
const FIRST_MS = MINUTE_MS;

/** Starts the job; the returned function stops it. A pass that fails is told to `onError` and tried again an hour later. */
export function startRetention(retention: Retention, onError: (error: unknown) => void): () => void {
	const run = () => void retention.sweep().catch(onError);
	const first = setTimeout(run, FIRST_MS);
	const hourly = setInterval(run, HOUR_MS);
	first.unref?.();
	hourly.unref?.();
	return () => {
		clearTimeout(first);
		clearInterval(hourly);
	};
}

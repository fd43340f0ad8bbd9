/** Keeps today's day records in step when a person's shift or department changes. Days gone by stay as they were judged. */
import { employeesWithDay } from "../../db/day.ts";
import type { Store } from "../../db/store.ts";
import type { Clock } from "../base/units.ts";
import type { DomainBus } from "./events.ts";
import { refreshDay } from "./refresh-day.ts";

export interface RefreshTodayDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	zone(): string;
	today(): string;
	readonly onError: (error: unknown) => void;
}

/** People per transaction, so that a change for everyone never holds up a punch for long. */
const PAGE = 50;

/** Listens to the bus; returns the function that stops it. */
export function refreshTodayOnChange(deps: RefreshTodayDeps): () => void {
	return deps.bus.on("people", ({ employeeId }) => {
		const people = employeeId ? [employeeId] : employeesWithDay(deps.store, deps.today());
		refreshAll(deps, people).catch(deps.onError);
	});
}

async function refreshAll(
	{ store, clock, zone, today }: RefreshTodayDeps,
	people: readonly string[],
): Promise<void> {
	const date = today();
	for (let from = 0; from < people.length; from += PAGE) {
		const page = people.slice(from, from + PAGE);
		await store.commit((tx) => {
			for (const id of page) refreshDay(tx, id, date, { zone: zone(), nowMs: clock.nowMs() });
		});
	}
}

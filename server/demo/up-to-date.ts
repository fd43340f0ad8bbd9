/**
 * Brings a demo shop to the present, at its first start and at each later one: the shop is open today, its people have
 * punched up to now, a make-up waits. Any weekday, any hour.
 */
import { allEmployees } from "../../db/employee.ts";
import { countNeeds } from "../../db/needs.ts";
import { lastPunchMs } from "../../db/punch.ts";
import { assignedShift, listShifts } from "../../db/shift.ts";
import { edges, workDateOf } from "../attendance/fixed-shift.ts";
import { newId } from "../base/ids.ts";
import { must } from "../base/result.ts";
import { DAY_MS } from "../base/units.ts";
import type { Services } from "../compose.ts";
import { recordPunch } from "../services/record-punch.ts";
import { castRoles, openAround } from "./cast.ts";
import { DEMO_BY, DEMO_SOURCE } from "./demo-author.ts";
import { type HistoryPerson, type PastPunch, pastPunches } from "./history.ts";

type DemoServices = Pick<Services, "store" | "clock" | "zone" | "shifts" | "makeups">;

const DAYS = 31;
/** Punches per transaction. */
const PAGE = 200;

export async function bringUpToDate(services: DemoServices): Promise<void> {
	await openToday(services);
	await writeHistory(services);
	await askForMakeup(services);
}

/** A shop that is closed today shows nothing. */
async function openToday({ store, clock, zone, shifts }: DemoServices): Promise<void> {
	const { dayOfWeek } = Temporal.Instant.fromEpochMilliseconds(clock.nowMs()).toZonedDateTimeISO(zone());
	for (const shift of listShifts(store)) {
		const weekdays = openAround(shift.weekdays, dayOfWeek);
		if (weekdays === shift.weekdays) continue;
		must(await shifts.change(shift.id, { ...shift, endMin: shift.endMin % 1440, weekdays }, DEMO_BY));
	}
}

/** Everybody with their shift, in the order of their numbers. */
export const demoPeople = ({ store }: Pick<DemoServices, "store">): HistoryPerson[] =>
	allEmployees(store).map(({ id, joinedOn, leftOn }) => ({
		employeeId: id,
		joinedOn,
		leftOn,
		shift: assignedShift(store, id),
	}));

/** Only what came after the last punch: a demo that was off for a week gets that week. */
async function writeHistory(services: DemoServices): Promise<void> {
	const { store, clock, zone } = services;
	const nowMs = clock.nowMs();
	const fromMs = lastPunchMs(store) ?? 0;
	const days = Math.min(DAYS, Math.ceil((nowMs - fromMs) / DAY_MS) + 1);
	const punches = pastPunches(demoPeople(services), nowMs, days, zone()).filter(({ atMs }) => atMs > fromMs);
	for (let from = 0; from < punches.length; from += PAGE) {
		const page = punches.slice(from, from + PAGE);
		await store.commit((tx) => {
			for (const punch of page) recordPunch(tx, demoPunch(punch, zone(), nowMs));
		});
	}
}

/** A punch of the demo, as it is recorded. */
export const demoPunch = (
	{ direction, ...punch }: Omit<PastPunch, "direction"> & { readonly direction: "in" | "out" | "auto" },
	zone: string,
	receivedMs: number,
) => ({
	...punch,
	direction,
	id: newId(punch.atMs),
	receivedMs,
	zone,
	source: DEMO_SOURCE as "import",
	deviceId: null,
	deviceCounter: null,
	clock: "ok" as const,
	match: { how: punch.method },
	makesDay: true,
});

/** One of those at work has lost their card. */
async function askForMakeup(services: DemoServices): Promise<void> {
	const { store, clock, zone, makeups } = services;
	const nowMs = clock.nowMs();
	if (countNeeds(store, 0).openMakeups > 0) return;
	const people = demoPeople(services);
	const roles = castRoles(people);
	const asker = people.find(({ employeeId, shift }) => {
		if (!shift || roles.get(employeeId) !== "forgetful") return false;
		const { startMs, endMs } = edges(shift, workDateOf(nowMs, shift, zone()), zone());
		return nowMs >= startMs && nowMs <= endMs;
	});
	const number = allEmployees(store).find(({ id }) => id === asker?.employeeId)?.number;
	if (number === undefined) return;
	const wish = { id: newId(nowMs), number, atMs: nowMs, reason: "card_lost" as const };
	await makeups.request(wish, DEMO_BY.actor.id, DEMO_BY.address);
}

/** Who plays what in a demo shop, so that at any hour of any weekday somebody is late, somebody missing and one punch doubtful. Pure. */
import type { FixedShift } from "../attendance/fixed-shift.ts";

/** `forgetful`: forgot to punch out the last time · `usual`: comes on time and leaves. */
export type DemoRole = "late" | "missing" | "doubtful" | "forgetful" | "usual";

/** In the order of a team; whoever stands behind is usual. The smallest team, the night's, has four people. */
const CAST: readonly DemoRole[] = ["late", "doubtful", "missing", "forgetful"];

interface Castable {
	readonly employeeId: string;
	readonly leftOn: string | null;
	readonly shift: Pick<FixedShift, "id"> | null;
}

/** One role per person; teams are those who share a shift, in the order given. */
export function castRoles(people: readonly Castable[]): ReadonlyMap<string, DemoRole> {
	const places = new Map<string, number>();
	const roles = new Map<string, DemoRole>();
	for (const { employeeId, leftOn, shift } of people) {
		if (leftOn !== null || !shift) continue;
		const place = places.get(shift.id) ?? 0;
		places.set(shift.id, place + 1);
		roles.set(employeeId, CAST[place] ?? "usual");
	}
	return roles;
}

/** Weekday bits that hold today, the day before and the day after; two days off lie as far away as they can. */
export function openAround(weekdays: number, todayOfWeek: number): number {
	const bit = (away: number) => 1 << ((todayOfWeek - 1 + away + 7) % 7);
	const isOpen = [-1, 0, 1].every((away) => (weekdays & bit(away)) !== 0);
	return isOpen ? weekdays : 127 & ~bit(3) & ~bit(4);
}

/** Units of time. Epoch values are UTC milliseconds; durations are integers and carry their unit in the name. */

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Minutes after 00:00 of a work date; may pass 1440 for shifts that end the next day. */
export type MinuteOfDay = number;

/** A local calendar date, `YYYY-MM-DD`. */
export type DateText = string;

/** The two clocks of the box. Wall time may jump; monotonic time never does. */
export interface Clock {
	/** Epoch milliseconds, UTC. */
	nowMs(): number;
	/** Milliseconds since an arbitrary start, never going back. */
	monoMs(): number;
}

export const systemClock: Clock = {
	nowMs: () => Date.now(),
	monoMs: () => performance.now(),
};

interface LocalDay {
	readonly zone: string;
	readonly date: DateText;
	readonly fromMs: number;
	readonly toMs: number;
}

/** The day asked for last: nearly every punch asks for the same one, and reckoning it takes longer than storing a row. */
let lastDay: LocalDay = { zone: "", date: "", fromMs: 0, toMs: 0 };

/** The local date in `zone` (IANA name) at an instant. */
export function localDate(epochMs: number, zone: string): DateText {
	if (zone !== lastDay.zone || epochMs < lastDay.fromMs || epochMs >= lastDay.toMs)
		lastDay = dayAt(epochMs, zone);
	return lastDay.date;
}

function dayAt(epochMs: number, zone: string): LocalDay {
	const day = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).startOfDay();
	const [date, fromMs] = [day.toPlainDate().toString(), day.epochMilliseconds];
	return { zone, date, fromMs, toMs: day.add({ days: 1 }).startOfDay().epochMilliseconds };
}

/** Local minutes after midnight in `zone` at an instant, 0–1439. */
export function localMinute(epochMs: number, zone: string): MinuteOfDay {
	const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
	return local.hour * 60 + local.minute;
}

/** Edges of shifts reckoned lately; a box has few shifts and looks at few days. */
const instants = new Map<string, number>();
const MOST_INSTANTS = 1_000;

/** The instant at which local `date` has run for `minute` minutes by the wall clock of `zone`. */
export function instantOf(date: DateText, minute: MinuteOfDay, zone: string): number {
	const key = `${date} ${minute} ${zone}`;
	const known = instants.get(key);
	if (known !== undefined) return known;
	if (instants.size >= MOST_INSTANTS) instants.clear();
	const instant = reckonInstant(date, minute, zone);
	instants.set(key, instant);
	return instant;
}

function reckonInstant(date: DateText, minute: MinuteOfDay, zone: string): number {
	const day = Temporal.PlainDate.from(date).add({ days: Math.floor(minute / 1440) });
	const rest = ((minute % 1440) + 1440) % 1440;
	const time = Temporal.PlainTime.from({ hour: Math.floor(rest / 60), minute: rest % 60 });
	return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

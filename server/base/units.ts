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

/** The local date in `zone` (IANA name) at an instant. */
export function localDate(epochMs: number, zone: string): DateText {
	return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Local minutes after midnight in `zone` at an instant, 0–1439. */
export function localMinute(epochMs: number, zone: string): MinuteOfDay {
	const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
	return local.hour * 60 + local.minute;
}

/** The instant at which local `date` has run for `minute` minutes by the wall clock of `zone`. */
export function instantOf(date: DateText, minute: MinuteOfDay, zone: string): number {
	const day = Temporal.PlainDate.from(date).add({ days: Math.floor(minute / 1440) });
	const rest = ((minute % 1440) + 1440) % 1440;
	const time = Temporal.PlainTime.from({ hour: Math.floor(rest / 60), minute: rest % 60 });
	return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

import { expect, test } from "bun:test";
import fc from "fast-check";
import { HOUR_MS, instantOf, localDate } from "./units.ts";

/** Zones with clocks that skip midnight, shift by half an hour, or lost a whole day. */
const ZONES = [
	"Asia/Shanghai",
	"America/Sao_Paulo",
	"Africa/Cairo",
	"Australia/Lord_Howe",
	"Pacific/Apia",
	"UTC",
];

test("the remembered day is the one the calendar gives, hour by hour, in any order", () => {
	const from = Date.UTC(2010, 0, 1) / HOUR_MS;
	const hour = fc.integer({ min: from, max: from + 24 * 365 * 8 });
	fc.assert(
		fc.property(fc.constantFrom(...ZONES), hour, fc.integer({ min: 0, max: 30 }), (zone, first, ahead) => {
			for (const h of [first, first + ahead, first]) {
				const plain = Temporal.Instant.fromEpochMilliseconds(h * HOUR_MS).toZonedDateTimeISO(zone);
				expect(localDate(h * HOUR_MS, zone)).toBe(plain.toPlainDate().toString());
			}
		}),
	);
});

test("a day that begins at one o'clock ends at the next midnight", () => {
	const noon = Date.parse("2017-10-15T15:00:00Z");
	expect(localDate(noon, "America/Sao_Paulo")).toBe("2017-10-15");
	expect(localDate(Date.parse("2017-10-16T02:30:00Z"), "America/Sao_Paulo")).toBe("2017-10-16");
});

test("an instant asked for twice is the same, and another zone is another instant", () => {
	const shanghai = instantOf("2026-11-02", 540, "Asia/Shanghai");
	expect(instantOf("2026-11-02", 540, "Asia/Shanghai")).toBe(shanghai);
	expect(instantOf("2026-11-02", 540, "UTC") - shanghai).toBe(8 * HOUR_MS);
	expect(instantOf("2026-11-02", 1980, "UTC")).toBe(Date.parse("2026-11-03T09:00:00Z"));
});

/** Turns a rate per year into the unit people think in. Pure. */

export interface Span {
	readonly key:
		| "faces.span.rarer"
		| "faces.span.years"
		| "faces.span.months"
		| "faces.span.a_year"
		| "faces.span.a_month"
		| "faces.span.a_day";
	readonly n: number;
}

/** Beyond this many years the numbers bear no statement. */
const LONGEST_YEARS = 50;

/** `perYear` events a year, as "one in n years", "one in n months", "n a year", "n a month" or "n a day". */
export function spanOf(perYear: number): Span {
	if (perYear < 1 / LONGEST_YEARS) return { key: "faces.span.rarer", n: LONGEST_YEARS };
	if (perYear <= 0.5) return { key: "faces.span.years", n: Math.round(1 / perYear) };
	if (perYear < 1.5) return { key: "faces.span.months", n: Math.round(12 / perYear) };
	if (perYear < 24) return { key: "faces.span.a_year", n: Math.round(perYear) };
	if (perYear < 730) return { key: "faces.span.a_month", n: Math.round(perYear / 12) };
	return { key: "faces.span.a_day", n: Math.round(perYear / 365) };
}

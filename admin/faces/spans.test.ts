import { expect, test } from "bun:test";
import { spanOf } from "./spans.ts";

test.each([
	[0, "faces.span.rarer", 50],
	[0.0199, "faces.span.rarer", 50],
	[0.02, "faces.span.years", 50],
	[0.5, "faces.span.years", 2],
	[12 / 14, "faces.span.months", 14],
	[1, "faces.span.months", 12],
	[2.4, "faces.span.a_year", 2],
	[36, "faces.span.a_month", 3],
	[730, "faces.span.a_day", 2],
])("%p a year: %s, %p", (perYear, key, n) => {
	expect(spanOf(perYear)).toEqual({ key: key as "faces.span.years", n });
});

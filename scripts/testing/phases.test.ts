import { expect, test } from "bun:test";
import { countsOf } from "./phases.ts";

test("counts come from the outermost element of the report", () => {
	const report =
		'<?xml version="1.0"?><testsuites name="bun test" tests="9" failures="2" skipped="1"><testsuite tests="4" failures="0"/>';
	expect(countsOf(report)).toEqual({ passed: 6, failed: 2, skipped: 1 });
});

test("a report that was never finished has no counts", () => expect(countsOf("")).toBeUndefined());

import { expect, test } from "bun:test";
import { IMPORT_MAX_BYTES } from "../services/people-import.ts";
import { ACCESS } from "../web/access.ts";
import { BODY_CAPS, bodyCap } from "./body-caps.ts";

const posts = Object.keys(ACCESS)
	.filter((key) => key.startsWith("POST "))
	.map((key) => key.slice("POST ".length).replace(/:[a-zA-Z]+/g, "0190"));

test("every cap belongs to a route that exists", () => {
	const idle = BODY_CAPS.filter(([pattern]) => !posts.some((path) => pattern.test(path)));
	expect(idle).toEqual([]);
});

test("a staff table of the largest size reaches the import, which says itself when one is too big", () => {
	expect(bodyCap("POST", "/people/import")).toBeGreaterThan(IMPORT_MAX_BYTES);
});

import { expect, test } from "bun:test";
import { makeHostCheck } from "./host-check.ts";

test("a new address of the box is known within a second, an old one forgotten, and nobody makes the box ask more often", () => {
	let nowMs = 0;
	let reads = 0;
	let names = ["192.0.2.7"];
	const check = makeHostCheck(
		() => {
			reads++;
			return names;
		},
		{ monoMs: () => nowMs },
	);
	expect(check("192.0.2.7")).toBe(true);
	names = ["192.0.2.8"];
	nowMs = 999;
	for (let i = 0; i < 100; i++) check(`stranger-${i}`);
	expect(reads).toBe(1);
	nowMs = 1_000;
	expect(check("192.0.2.8")).toBe(true);
	expect(check("192.0.2.7")).toBe(false);
	expect(reads).toBe(2);
});

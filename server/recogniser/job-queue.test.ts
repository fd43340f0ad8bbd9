import { expect, test } from "bun:test";
import { makeJobQueue } from "./job-queue.ts";

test("first now, then soon, then later; in order within each", () => {
	const line = makeJobQueue<string>(9);
	for (const [job, priority] of [
		["l1", "later"],
		["s1", "soon"],
		["n1", "now"],
		["s2", "soon"],
		["n2", "now"],
	] as const)
		expect(line.push(job, priority)).toBe(true);
	expect(Array.from({ length: 6 }, () => line.shift())).toEqual(["n1", "n2", "s1", "s2", "l1", undefined]);
});

test("later jobs fill at most half of the line, all jobs at most all of it", () => {
	const line = makeJobQueue<number>(4);
	expect([1, 2, 3].map((n) => line.push(n, "later"))).toEqual([true, true, false]);
	expect([4, 5, 6].map((n) => line.push(n, "now"))).toEqual([true, true, false]);
	expect(line.waiting).toBe(4);
	expect(line.drain()).toEqual([4, 5, 1, 2]);
	expect(line.waiting).toBe(0);
});

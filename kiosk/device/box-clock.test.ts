import { expect, test } from "bun:test";
import { makeBoxClock } from "./box-clock.ts";

test("counts on from the box's time by the monotonic clock, whatever the wall clock does", () => {
	let wallMs = 1_000_000;
	let monoMs = 50;
	const clock = makeBoxClock(
		() => wallMs,
		() => monoMs,
	);
	expect(clock.nowMs()).toBe(1_000_000);
	expect(clock.evidence()).toEqual({});
	clock.learn(1_600_000);
	monoMs += 5_000;
	wallMs -= 3_600_000;
	expect(clock.nowMs()).toBe(1_605_000);
	expect(clock.evidence()).toEqual({ offsetMs: 600_000, sinceContactMs: 5_000 });
});

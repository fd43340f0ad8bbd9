/** The short form of the kill rig: a few kills of the real program under load, in every test run. */
import { expect, test } from "bun:test";
import { runKills } from "./kill-rig.ts";

test("ten kills under load lose nothing and store nothing twice", async () => {
	const report = await runKills({ kills: 10, kiosks: 6, lifeMs: 300 });
	expect(report.breaks).toEqual([]);
	expect(report.stored).toBe(report.acked);
	expect(report.acked).toBeGreaterThan(50);
}, 120_000);

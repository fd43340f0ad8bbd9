import { expect, test } from "bun:test";
import type { NetEvaluation, ScenarioFigures } from "./evaluation.ts";
import { raisedFloor, worseThanFloor } from "./floor.ts";

/** Only what the floor reads. */
const evaluation = (fpir: number, fnir: number): NetEvaluation => {
	const rate = (value: number) => ({ rate: value });
	const figures = {
		scenario: { id: "a" },
		unseen: { fpir, fnir, colleague: 0 },
		claims: { fmr: rate(0.01), fnmr: rate(0.02) },
	} as unknown as ScenarioFigures;
	return { net: "n", scenarios: [figures], candidates: [] };
};
const floor = raisedFloor(undefined, [evaluation(0.01, 0.05)], [1, 2], 10);

test.each([
	["the same", 0.01, 0.05, 0],
	["better", 0, 0.01, 0],
	["within the slack", 0.0109, 0.05, 0],
	["worse in one", 0.02, 0.01, 1],
	["worse in both", 0.02, 0.06, 2],
])("%s", (_, fpir, fnir, lines) => {
	expect(worseThanFloor(floor, [evaluation(fpir, fnir)])).toHaveLength(lines);
});

test("raising keeps the better of each figure", () => {
	const raised = raisedFloor(floor, [evaluation(0.02, 0.01)], [1, 2], 10);
	expect(raised.nets.n!.a).toEqual({ fpir: 0.01, fnir: 0.01, colleague: 0, fmr: 0.01, fnmr: 0.02 });
});

test("other photos or seeds begin anew", () => {
	expect(raisedFloor(floor, [evaluation(0.02, 0.06)], [1, 2], 11).nets.n!.a!.fpir).toBe(0.02);
	expect(raisedFloor(floor, [evaluation(0.02, 0.06)], [1], 10).nets.n!.a!.fpir).toBe(0.02);
	expect(raisedFloor(floor, [], [1, 2], 11).nets).toEqual({});
});

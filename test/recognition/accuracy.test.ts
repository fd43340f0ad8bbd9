/** Accuracy on real East-Asian faces through the product's own code: no figure may be worse than the floor. The whole evaluation is `evaluate.ts`. */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { DEFAULT_FACES, EA_GROUPS, hasFacesAt } from "./bench/face-folder.ts";
import { FLOOR_FILE, type Floor, worseThanFloor } from "./bench/floor.ts";
import { DEFAULT_CACHE, runEvaluation } from "./bench/run.ts";
import { QUICK } from "./bench/scenarios.ts";

const isThere = hasFacesAt(DEFAULT_FACES) && existsSync(FLOOR_FILE);
if (!isThere) console.log(`faces: accuracy not measured, there is no test set at ${DEFAULT_FACES}`);

describe.skipIf(!isThere)("accuracy on East-Asian faces", () => {
	test("no figure is worse than the floor, nobody is taken for a colleague", async () => {
		const floor: Floor = JSON.parse(readFileSync(FLOOR_FILE, "utf8"));
		const { evaluations } = await runEvaluation({
			faces: DEFAULT_FACES,
			cache: DEFAULT_CACHE,
			seeds: floor.seeds,
			only: (id) => id === QUICK.id,
			without: readdirSync(DEFAULT_FACES).filter((group) => !EA_GROUPS.includes(group)),
			told: () => {},
		});
		const figures = evaluations[0]!.scenarios[0]!;
		console.log(
			`faces: ${figures.search.people} people, strangers accepted ${figures.search.fpir.count} of ${figures.search.fpir.of},`,
			`own refused ${figures.search.fnir.count} of ${figures.search.fnir.of} (asked for card or PIN)`,
		);
		expect(figures.search.colleague.count).toBe(0);
		expect(floor.nets[evaluations[0]!.net]?.[QUICK.id]).toBeDefined();
		expect(worseThanFloor(floor, evaluations)).toEqual([]);
	}, 900_000);
});

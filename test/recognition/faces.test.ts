/** The 1:N rule on real East-Asian faces, one photo as probe: a guard against silent loss of accuracy, not a promise. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { makeFaceEngine } from "../../server/recogniser/face-engine.ts";
import {
	describeFaces,
	FACES_FOLDER,
	GROUPS,
	hasFaces,
	measure,
	type Photographed,
	type Rates,
} from "./shop-of-faces.ts";

if (!hasFaces) console.log(`faces: skipped, there is no test set at ${FACES_FOLDER}`);

const engine = makeFaceEngine({ capacity: 4 });
let people: Photographed[] = [];
let missed = 0;
let rates: Record<string, Rates> = {};
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

beforeAll(async () => {
	if (!hasFaces) return;
	({ people, missed } = await describeFaces(engine));
	rates = Object.fromEntries(GROUPS.map((group) => [group, measure(people, group)]));
	for (const [group, r] of Object.entries(rates))
		console.log(
			`faces ${group}, ${people.length} enrolled with 3 photos, ${r.probes} probes of one photo:`,
			`rank-1 ${percent(r.rankOne, r.probes)}, FNIR ${percent(r.probes - r.accepted, r.probes)} (card asked ${percent(r.ambiguous, r.probes)}),`,
			`FPIR ${percent(r.strangerAccepted, r.strangerProbes)}, colleague ${percent(r.colleague, r.probes)}`,
		);
}, 240_000);
afterAll(() => engine.stop());

describe.skipIf(!hasFaces)("East-Asian faces", () => {
	test("a face is found in every photo", () => expect(missed).toBe(0));

	test("clean set: the right person first, hardly anyone taken for a colleague", () => {
		const { ea } = rates as { ea: Rates };
		expect(ea.rankOne / ea.probes).toBeGreaterThanOrEqual(0.97);
		expect(ea.accepted / ea.probes).toBeGreaterThanOrEqual(0.85);
		expect(ea.colleague).toBe(0);
		expect(ea.strangerAccepted / ea.strangerProbes).toBeLessThanOrEqual(0.04);
	});

	test("noisy set: wrong labels inside, still no flood of strangers", () => {
		const { ean } = rates as { ean: Rates };
		expect(ean.rankOne / ean.probes).toBeGreaterThanOrEqual(0.9);
		expect(ean.strangerAccepted / ean.strangerProbes).toBeLessThanOrEqual(0.13);
	});
});

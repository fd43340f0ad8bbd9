/**
 * Accuracy of the product's own code over a folder of photos:
 * `bun test/recognition/evaluate.ts [--faces DIR] [--pack DIR] [--seeds N] [--only PART] [--without GROUP,…] [--out DIR] [--raise-floor]`.
 * Writes `faces.json` and `faces.html`; ends with 1 when a figure is worse than the floor.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_FACES, hasFacesAt } from "./bench/face-folder.ts";
import { FLOOR_FILE, type Floor, raisedFloor, worseThanFloor } from "./bench/floor.ts";
import { evaluationPage } from "./bench/page.ts";
import { DEFAULT_CACHE, DEFAULT_SEEDS, type RunResult, runEvaluation } from "./bench/run.ts";

const { values } = parseArgs({
	options: {
		faces: { type: "string", default: DEFAULT_FACES },
		pack: { type: "string" },
		seeds: { type: "string" },
		only: { type: "string", default: "" },
		without: { type: "string", default: "orl" },
		cache: { type: "string", default: DEFAULT_CACHE },
		out: { type: "string", default: DEFAULT_CACHE },
		"raise-floor": { type: "boolean", default: false },
	},
});

if (!hasFacesAt(values.faces)) {
	console.log(`faces: nothing measured, there is no test set at ${values.faces}`);
	process.exit(0);
}
const seeds = values.seeds ? Array.from({ length: Number(values.seeds) }, (_, i) => i + 1) : DEFAULT_SEEDS;
const { only } = values;
const result = await runEvaluation({
	faces: values.faces,
	pack: values.pack,
	cache: values.cache,
	seeds,
	only: (id) => id.includes(only),
	without: values.without.split(",").filter(Boolean),
	told: (line) => console.error(line),
});
const basis = `${result.people} people, ${result.photos} photos, ${seeds.length} seeds, without ${values.without || "nothing"}`;
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, "faces.json"), JSON.stringify({ basis, ...result }, null, "\t"));
writeFileSync(join(values.out, "faces.html"), evaluationPage(result.evaluations, result.suspects, basis));
console.log(basis);
printTables(result);
console.log(`written: ${join(values.out, "faces.json")} and faces.html`);

const floor = existsSync(FLOOR_FILE) ? (JSON.parse(readFileSync(FLOOR_FILE, "utf8")) as Floor) : undefined;
if (values["raise-floor"]) {
	const raised = raisedFloor(floor, result.evaluations, seeds, result.photos);
	writeFileSync(FLOOR_FILE, `${JSON.stringify(raised, null, "\t")}\n`);
	console.log("floor raised to what is better");
} else if (floor && floor.photos === result.photos && floor.seeds.join() === seeds.join()) {
	const worse = worseThanFloor(floor, result.evaluations);
	for (const line of worse) console.error(`worse than the floor: ${line}`);
	process.exit(worse.length > 0 ? 1 : 0);
} else console.log("other photos or seeds than the floor was made with: not compared");

function printTables({ evaluations }: RunResult): void {
	const percent = (rate: number) => `${(100 * rate).toFixed(2)} %`.padStart(9);
	for (const { net, scenarios, candidates } of evaluations) {
		console.log(
			`\n${net}\nscenario                  n own/strangers  FPIR unseen  FNIR unseen  colleague |  FMR  FNMR | before: FPIR FNIR FMR FNMR`,
		);
		for (const { scenario, search, unseen, claims, before } of scenarios)
			console.log(
				`${scenario.id.padEnd(26)}${`${search.fnir.of}/${search.fpir.of}`.padStart(9)}`,
				`${percent(unseen.fpir)} ≤${percent(search.fpir.high)} ${percent(unseen.fnir)} ${percent(search.colleague.rate)} |`,
				`${percent(claims.fmr.rate)} ${percent(claims.fnmr.rate)} |`,
				before
					? `${percent(before.search.fpir.rate)} ${percent(before.search.fnir.rate)} ${percent(before.claims.fmr.rate)} ${percent(before.claims.fnmr.rate)}`
					: "",
			);
		for (const c of candidates)
			console.log(
				`  tried: ${c.id.padEnd(40)} FPIR ${percent(c.fpir)} FNIR ${percent(c.fnir)} colleague ${percent(c.colleague)}`,
			);
	}
}

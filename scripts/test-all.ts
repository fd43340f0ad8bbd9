/**
 * What `npm test` runs: every phase, one after another, each with its counts; the last line is the sum.
 * `--only <group>` picks one group: static, unit, faults, browser, binary.
 */
import { join } from "node:path";
import { type Counts, PHASES } from "./testing/phases.ts";

const ROOT = join(import.meta.dir, "..");

const countsText = ({ passed, failed, skipped }: Counts): string =>
	`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;

function chosenPhases(args: readonly string[]) {
	const only = args.indexOf("--only");
	if (only < 0) return PHASES;
	const chosen = PHASES.filter((phase) => phase.group === args[only + 1]);
	if (chosen.length) return chosen;
	console.error(`--only takes one of: ${[...new Set(PHASES.map((phase) => phase.group))].join(", ")}`);
	return process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const phase of chosenPhases(process.argv.slice(2))) {
	console.log(`\n== ${phase.name}`);
	const startedMs = performance.now();
	const counts = await phase.run(ROOT);
	const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
	console.log(`== ${phase.name}: ${countsText(counts)} (${seconds} s)`);
	if (counts.skipped) console.log(`!! ${counts.skipped} skipped in ${phase.name}`);
	total.passed += counts.passed;
	total.failed += counts.failed;
	total.skipped += counts.skipped;
}
console.log(`\n${countsText(total)}`);
process.exit(total.failed ? 1 : 0);

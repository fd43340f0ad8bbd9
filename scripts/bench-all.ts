/** Runs every benchmark, one after another so that none disturbs the next; fails when one misses its bar. */
import { join } from "node:path";
import { runFiles } from "./testing/run-files.ts";

const root = join(import.meta.dir, "..");
const isBench = (path: string): boolean => path.endsWith(".bench.ts");
process.exit((await runFiles(root, "test/bench", isBench, process.argv.slice(2))) ? 1 : 0);

/**
 * Runs the fault rigs at full length: kills under load, power cuts, days of use. Hours, not minutes.
 * A rig is `test/fault/<name>.soak.ts`; its short form is a `.test.ts` beside it and belongs to `npm test`.
 */
import { join } from "node:path";
import { runFiles } from "./testing/run-files.ts";

const root = join(import.meta.dir, "..");
const isRig = (path: string): boolean => path.endsWith(".soak.ts");
process.exit((await runFiles(root, "test/fault", isRig, process.argv.slice(2))) ? 1 : 0);

/** Accuracy of recognition over the photos beside the checkout, against the floor; says so and passes when there are none. */
import { join } from "node:path";
import { referenceFolder } from "../support/reference-pack.ts";

const pack = referenceFolder();
const args = [join(import.meta.dir, "../recognition/evaluate.ts"), ...(pack ? ["--pack", pack] : [])];
const child = Bun.spawn([process.execPath, ...args], { stdio: ["ignore", "inherit", "inherit"] });
process.exit(await child.exited);

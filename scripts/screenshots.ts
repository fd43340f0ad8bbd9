/**
 * Takes a picture of every screen in every language, size and colour scheme, and has axe look at each:
 * `npm run screenshots [-- --out FOLDER] [--part first-run|office|faces|door] [--only NAME,…] [--lang L] [--width W] [--scheme S]`.
 * Fails when a machine finds something serious; the rest is for people's eyes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { shootDoor } from "./screenshots/door.ts";
import { shootFaces } from "./screenshots/faces.ts";
import { shootFirstRun } from "./screenshots/first-run.ts";
import { shootOffice } from "./screenshots/office.ts";
import { makeShoot, type Wanted } from "./screenshots/shoot.ts";

const { values } = parseArgs({
	options: {
		out: { type: "string", default: join(import.meta.dir, "../build/screens") },
		part: { type: "string" },
		only: { type: "string" },
		lang: { type: "string" },
		width: { type: "string" },
		scheme: { type: "string" },
	},
});
const { out, part, only, lang, width, scheme } = values;
const wanted: Wanted = { names: only?.split(","), lang, width: width ? Number(width) : undefined, scheme };
const shoot = makeShoot(out, wanted);
const folder = mkdtempSync(join(tmpdir(), "dianmao-screens-"));
try {
	if (part === undefined || part === "first-run") await shootFirstRun(join(folder, "first-run"), shoot);
	if (part === undefined || part === "office") await shootOffice(join(folder, "office"), shoot);
	if (part === undefined || part === "faces") await shootFaces(join(folder, "faces"), shoot);
	if (part === undefined || part === "door") await shootDoor(folder, shoot);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
for (const fault of shoot.faults) console.log(fault);
console.log(`${shoot.count} pictures in ${out}, ${shoot.faults.length} with findings`);
process.exit(shoot.faults.length === 0 ? 0 : 1);

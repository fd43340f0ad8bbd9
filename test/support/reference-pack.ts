/**
 * The MobileFace V2 pack, converted from its published files in a sibling folder when they are there; never part of the checkout.
 * An engine with it: `makeFaceEngine({ packs: [pack] })`, then `describePhoto(bytes, { nets: [tagOfOne, tagOfOther] })`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { must } from "../../server/base/result.ts";
import type { FacePack } from "../../server/packs/face-pack.ts";
import { packFromLooseFiles } from "../../server/packs/known-sources.ts";

const FOLDER = join(import.meta.dir, "../../../shared/models/mobileface-v2");

/** The folder with the published files, and an independent conversion to compare with. */
export const referenceFolder = (): string | undefined => (existsSync(FOLDER) ? FOLDER : undefined);

/** Says so on the console when the files are not there. */
export function referencePack(): FacePack | undefined {
	const folder = referenceFolder();
	if (!folder) {
		console.warn("no ../shared/models/mobileface-v2: tests with the real pack are left out");
		return undefined;
	}
	const files = readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))));
	return must(packFromLooseFiles(files));
}

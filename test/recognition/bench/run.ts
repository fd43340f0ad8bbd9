/** One run of the evaluation: folder, engine with or without a pack, cache, seeds. */
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must } from "../../../server/base/result.ts";
import type { FacePack } from "../../../server/packs/face-pack.ts";
import { packFromLooseFiles } from "../../../server/packs/known-sources.ts";
import { makeFaceEngine } from "../../../server/recogniser/face-engine.ts";
import { evaluateNet, type NetEvaluation } from "./evaluation.ts";
import { readFaceFolder } from "./face-folder.ts";
import { type LookedPerson, lookAtPeople } from "./looked-people.ts";
import { openLookCache } from "./photo-cache.ts";
import { type Suspect, suspectPhotos } from "./suspects.ts";

/** Where looks are kept between runs; outside the checkout. */
export const DEFAULT_CACHE = join(tmpdir(), "dianmao-faces");
export const DEFAULT_SEEDS: readonly number[] = [1, 2, 3, 4, 5];

export interface RunOptions {
	readonly faces: string;
	/** A folder with a pack's published files. */
	readonly pack?: string;
	readonly cache: string;
	readonly seeds: readonly number[];
	/** Part of the scenario ids to run. */
	readonly only: (id: string) => boolean;
	/** Groups to leave out, or photos by id. */
	readonly without: readonly string[];
	readonly told: (line: string) => void;
}

export interface RunResult {
	readonly photos: number;
	readonly people: number;
	readonly evaluations: readonly NetEvaluation[];
	readonly suspects: readonly Suspect[];
}

const packFrom = (folder: string): FacePack =>
	must(
		packFromLooseFiles(readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))))),
	);

/** Looks at every photo (from the cache when known), evaluates every net. Throws when the pack or the engine does not work. */
export async function runEvaluation(options: RunOptions): Promise<RunResult> {
	const { faces, pack, cache, seeds, only, without, told } = options;
	const engine = makeFaceEngine({ jobTimeoutMs: 120_000, packs: pack ? [packFrom(pack)] : [] });
	const isIn = (id: string) => !without.some((part) => id === part || id.startsWith(`${part}/`));
	const folder = readFaceFolder(faces)
		.map((person) => ({ ...person, photos: person.photos.filter(({ id }) => isIn(id)) }))
		.filter(({ photos }) => photos.length > 0);
	try {
		const looks = await openLookCache(engine, join(cache, "seen"));
		const evaluations: NetEvaluation[] = [];
		const byNet: LookedPerson[][] = [];
		for (const recogniser of engine.recognisers()) {
			const describer = looks.describerFor(recogniser);
			const people = await lookAtPeople(describer, folder, join(cache, "made"), (done, of) => {
				if (done % 50 === 0) told(`${recogniser.modelId}: photo ${done} of ${of}`);
			});
			byNet.push(people);
			const progress = (id: string) => told(`${recogniser.modelId}: ${id}`);
			evaluations.push(await evaluateNet(describer, people, seeds, only, progress));
		}
		const photos = folder.reduce((sum, { photos: list }) => sum + list.length, 0);
		return { photos, people: folder.length, evaluations, suspects: suspectPhotos(byNet) };
	} finally {
		engine.stop();
	}
}

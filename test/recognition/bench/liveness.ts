/**
 * How often a turn of the head lets an attack through (APCER, per species) and turns an honest person away (BPCER), through the product's
 * own judgement. Attacks and most heads are simulated from stills; one clip of a real head turning is all there is. Run with
 * `bun test/recognition/bench/liveness.ts [--faces DIR] [--people N] [--rounds N] [--seed N] [--json FILE]`.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { decodePixels } from "../../../server/recogniser/decode.ts";
import { loadFaceNet } from "../../../server/recogniser/face-library.ts";
import type { Landmarks, Picture } from "../../../server/recognition/face-types.ts";
import { headPose } from "../../../server/recognition/head-pose.ts";
import { type FaceNet, findFacesCascade, findLandmarks } from "../../../server/recognition/look.ts";
import { makeStage } from "../../support/moving-head.ts";
import { rateOf } from "./bounds.ts";
import { DEFAULT_FACES, type FolderPerson, hasFacesAt, readFaceFolder } from "./face-folder.ts";
import { clipTurns } from "./liveness/real-turns.ts";
import { SPECIES, type Species } from "./liveness/species.ts";
import { type Outcome, tryTurn } from "./liveness/trial.ts";
import { type Seeded, seeded } from "./seeded.ts";

const { values } = parseArgs({
	options: {
		faces: { type: "string", default: DEFAULT_FACES },
		people: { type: "string", default: "60" },
		rounds: { type: "string", default: "2" },
		seed: { type: "string", default: "7" },
		json: { type: "string" },
	},
});

interface Sitter {
	readonly person: FolderPerson;
	readonly picture: Picture;
	readonly landmarks: Landmarks;
}

/** Those the limits were chosen on; everybody else was unseen. */
const isTuned = ({ group }: FolderPerson): boolean => group === "ea";

/** The first photo that looks into the camera and is large enough to be printed. */
async function sitFor(net: FaceNet, person: FolderPerson): Promise<Sitter | undefined> {
	for (const { path } of person.photos.slice(0, 3)) {
		const small = new Bun.Image(await Bun.file(path).bytes()).resize(1200, 1200, {
			fit: "inside",
			withoutEnlargement: true,
		});
		const picture = await decodePixels(await small.png().bytes());
		const face = (await findFacesCascade(net, picture))[0];
		if (!face) continue;
		const landmarks = await findLandmarks(net, picture, face);
		const { yawProxy, eyeDistancePx } = headPose(landmarks);
		if (Math.abs(yawProxy) <= 0.15 && eyeDistancePx >= 40) return { person, picture, landmarks };
	}
	return undefined;
}

async function attempt(net: FaceNet, sitter: Sitter, species: Species, chance: Seeded): Promise<Outcome> {
	const side = chance.next() < 0.5 ? 1 : -1;
	const pose = headPose(sitter.landmarks);
	const shots = species.act(side, chance).map(({ atMs, motion }, step) => {
		const skin = species.skin(sitter.picture, pose, step);
		return { atMs, picture: makeStage(skin, sitter.landmarks).shoot(species.shape, motion) };
	});
	return tryTurn(net, side, shots);
}

interface Tally {
	readonly name: string;
	readonly isAttack: boolean;
	readonly half: "tuned" | "unseen" | "real";
	readonly outcomes: Record<string, number>;
}

const tallies = new Map<string, Tally>();

function count(name: string, isAttack: boolean, half: Tally["half"], outcome: Outcome): void {
	const key = `${name}|${half}`;
	const tally = tallies.get(key) ?? { name, isAttack, half, outcomes: {} };
	tallies.set(key, tally);
	tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function lineOf({ name, isAttack, half, outcomes }: Tally): string {
	const of = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
	const passed = outcomes.passed ?? 0;
	const rate = rateOf(isAttack ? passed : of - passed, of);
	const faults = Object.entries(outcomes).map(([fault, n]) => `${fault} ${n}`);
	const word = isAttack ? "APCER" : "BPCER";
	return `${name.padEnd(44)} ${half.padEnd(7)} ${word} ${percent(rate.rate).padStart(7)} (n ${of}, at most ${percent(rate.high)})  ${faults.join(", ")}`;
}

async function report(): Promise<void> {
	const rows = [...tallies.values()].sort((a, b) => a.half.localeCompare(b.half));
	for (const row of rows) console.log(lineOf(row));
	if (values.json) await Bun.write(values.json, `${JSON.stringify(rows, null, "\t")}\n`);
}

if (!hasFacesAt(values.faces)) {
	console.log(`liveness: there is no test set at ${values.faces}`);
	process.exit(1);
}
const { net } = await loadFaceNet();
const chance = seeded(Number(values.seed));
for (const { name, side, shots } of await clipTurns(join(values.faces, "clips")))
	count(name, false, "real", await tryTurn(net, side, shots));
let seen = 0;
for (const person of chance.shuffled(readFaceFolder(values.faces))) {
	if (seen >= Number(values.people)) break;
	const sitter = await sitFor(net, person);
	if (!sitter) continue;
	seen += 1;
	for (let round = 0; round < Number(values.rounds); round++)
		for (const species of SPECIES)
			count(
				species.name,
				species.isAttack,
				isTuned(person) ? "tuned" : "unseen",
				await attempt(net, sitter, species, chance),
			);
	if (seen % 5 === 0) console.log(`${seen} people`);
	if (values.json) await report();
}
if (!values.json) await report();

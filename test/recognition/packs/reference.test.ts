/** The converter against an independent conversion of the same net, on real faces and on noise. Needs the sibling folder. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { must } from "../../../server/base/result.ts";
import { decodePixels } from "../../../server/recogniser/decode.ts";
import { type FaceEngine, makeFaceEngine } from "../../../server/recogniser/face-engine.ts";
import { cutChip, squareMatrix } from "../../../server/recognition/align.ts";
import { checkGraph } from "../../../server/recognition/graph-check.ts";
import { type GraphNet, loadGraphNet } from "../../../server/recognition/graph-net.ts";
import { recogniserTag } from "../../../server/recognition/model.ts";
import { referenceFolder, referencePack } from "../../support/reference-pack.ts";
import { cosine, seeded, tf } from "./tf.ts";

setDefaultTimeout(60_000);
const pack = referencePack();
const faces = join(import.meta.dir, "../../../../shared/faces/ea");
const photos = existsSync(faces)
	? readdirSync(faces)
			.slice(0, 6)
			.flatMap((person) =>
				readdirSync(join(faces, person))
					.slice(0, 2)
					.map((file) => join(faces, person, file)),
			)
	: [];

/** Cosine between the two conversions for one chip. */
async function agreement(one: GraphNet, other: GraphNet, data: Float32Array): Promise<number> {
	const chip = { size: 112, data };
	const [[a], [b]] = await Promise.all([one.describe([chip]), other.describe([chip])]);
	return cosine(a!, b!);
}

const noise = (next: () => number) => Float32Array.from({ length: 112 * 112 * 3 }, () => next() * 255);

/** The graph somebody else converted, checked like any other. */
async function loadReference(): Promise<GraphNet> {
	const read = (name: string) => new Uint8Array(readFileSync(join(referenceFolder()!, name)));
	const model = new TextDecoder().decode(read("mobileface_v2.json"));
	const weights = read("mobileface_v2.bin");
	expect(must(checkGraph(model, weights, pack!.recogniser))).toBeUndefined();
	return loadGraphNet(tf, { recogniser: pack!.recogniser, model, weights });
}

describe.skipIf(!pack)("the converted net", () => {
	let [own, reference] = [] as GraphNet[];
	let engine: FaceEngine;
	beforeAll(async () => {
		own = await loadGraphNet(tf, pack!);
		reference = await loadReference();
		engine = makeFaceEngine({ packs: [pack!], idleStopMs: 0 });
	});
	afterAll(() => engine?.stop());

	test("agrees on noise", async () => {
		const next = seeded(7);
		for (let i = 0; i < 8; i++)
			expect(await agreement(own!, reference!, noise(next))).toBeGreaterThan(0.9999);
	});

	test.skipIf(photos.length === 0)("agrees on faces", async () => {
		for (const file of photos) {
			const picture = await decodePixels(readFileSync(file));
			const side = Math.min(picture.width, picture.height);
			const matrix = squareMatrix(picture.width / 2, picture.height / 2, side, 112);
			expect(await agreement(own!, reference!, cutChip(picture, matrix, 112, "clamp").data)).toBeGreaterThan(
				0.9999,
			);
		}
	});

	test.skipIf(photos.length === 0)(
		"the engine describes with both nets, each in its own measure",
		async () => {
			const nets = engine.recognisers().map(recogniserTag);
			const looked = await engine.describePhoto(readFileSync(photos[0]!), { nets });
			const { descriptors } = must(looked).faces[0]!;
			expect(Object.keys(descriptors)).toEqual(nets);
			expect(descriptors[nets[0]!]).toHaveLength(128);
			expect(Math.hypot(...descriptors[pack!.tag]!)).toBeCloseTo(1, 5);
			expect(await engine.describePhoto(readFileSync(photos[0]!), { nets: ["other"] })).toMatchObject({
				ok: false,
				error: { code: "face.net_unknown" },
			});
		},
	);
});

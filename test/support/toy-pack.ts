/** A net small enough to be made on the spot: random weights over a chip of 32 px. It tells pictures apart, and nobody should trust it with faces. */
import { zipSync } from "fflate";
import { type Bytes, utf8 } from "../../server/base/bytes.ts";
import { must } from "../../server/base/result.ts";
import { type FacePack, sha256Hex } from "../../server/packs/face-pack.ts";
import { packFromSource, type SourceFiles } from "../../server/packs/known-sources.ts";
import { type FacePackSource, PACK_FILES } from "../../server/protocol/face-pack.ts";
import { FACE_API_RECOGNISER } from "../../server/recognition/model.ts";
import { makeNet, paramsFile, symbolFile } from "../recognition/packs/mxnet-files.ts";

const SIDE = 32;

/** As its imaginary maker publishes it. `seed` makes another net of another name. */
export function toyFiles(seed = 1): SourceFiles {
	let state = seed;
	const next = () => {
		state = (state * 16_807) % 2_147_483_647;
		return (state / 2_147_483_647) * 2 - 1;
	};
	const net = makeNet(next);
	net.node("_minus_scalar", "minus", ["data"], { scalar: "127.5" });
	net.node("_mul_scalar", "times", ["minus"], { scalar: "0.0078125" });
	const conv = net.conv("c", "times", 3, 8, { kernel: "(3, 3)", pad: "(1, 1)", stride: "(2, 2)" });
	net.node("Flatten", "flat", [net.clamp(net.norm(conv, 8))]);
	net.dense("fc", "flat", (SIDE / 2) ** 2 * 8, 64);
	return {
		symbol: utf8(symbolFile(net.nodes)),
		params: new Uint8Array(paramsFile(net.weights)),
		licence: utf8("Toy licence: do what you like."),
	};
}

/** `address` is where a test serves `toyFiles` under the names of the roles. */
export function toySource(address = "http://127.0.0.1:9/", seed = 1): FacePackSource {
	const files = toyFiles(seed);
	const stated = (role: keyof SourceFiles) => ({
		path: `net/${role}`,
		sha256: sha256Hex(files[role]),
		bytes: files[role].length,
	});
	const scale = SIDE / FACE_API_RECOGNISER.chipSizePx;
	const { thresholds } = FACE_API_RECOGNISER;
	return {
		name: `Toy net ${seed}`,
		recogniser: {
			modelId: `toy-${seed}`,
			modelVersion: "1",
			alignmentVersion: 1,
			chipSizePx: SIDE,
			anchors: FACE_API_RECOGNISER.anchors.map(({ landmarks, x, y }) => ({
				landmarks: [...landmarks],
				x: x * scale,
				y: y * scale,
			})),
			edge: "clamp",
			input: { order: "rgb", mean: 0, scale: 1 },
			descriptorLength: 64,
			normalise: "l2",
			metric: "euclidean",
			thresholds: { ...thresholds, crowd: [...thresholds.crowd] },
		},
		trainingData: { en: "Random numbers.", "zh-CN": "Random numbers." },
		licenceName: "Toy",
		origin: "made by the test",
		address,
		files: { symbol: stated("symbol"), params: stated("params"), licence: stated("licence") },
	};
}

export const toyPack = (seed = 1): FacePack =>
	must(packFromSource(toySource(undefined, seed), toyFiles(seed)));

/** The pack as a zip; `change` replaces or adds files. */
export function packZip(pack: FacePack, change: Readonly<Record<string, Uint8Array>> = {}): Bytes {
	const files = {
		[PACK_FILES.manifest]: pack.manifestBytes,
		[PACK_FILES.model]: utf8(pack.model),
		[PACK_FILES.weights]: pack.weights,
		...change,
	};
	return new Uint8Array(zipSync(files));
}

/** Loads face-api with its three nets inside a Worker. The only module on the server that imports tfjs. */
import * as faceapi from "@vladmandic/face-api/dist/face-api.node-wasm.js";
import type { FaceApiLibrary, FaceApiNetName } from "../recognition/face-api-net.ts";
import { FACE_API_WEIGHTS, makeFaceApiNet } from "../recognition/face-api-net.ts";
import {
	type GraphLibrary,
	type GraphNet,
	type GraphNetFiles,
	loadGraphNet,
} from "../recognition/graph-net.ts";
import type { FaceNet } from "../recognition/look.ts";
import type { BackendLibrary, BackendName } from "./backend.ts";
import { chooseBackend } from "./backend.ts";
import { NET_FILES } from "./net-files.ts";

interface WeightLibrary extends BackendLibrary {
	readonly io: {
		weightsLoaderFactory(
			fetch: (urls: string[]) => Promise<ArrayBuffer[]>,
		): (manifest: unknown, prefix: string) => Promise<unknown>;
	};
}

export interface LoadedNet {
	readonly net: FaceNet;
	readonly backend: BackendName;
	/** Loads a pack's net into the same library; throws when it does not run. */
	loadPack(files: GraphNetFiles): Promise<GraphNet>;
}

/** Starts the backend and loads the weights; throws when anything is missing, since then the installation is broken. */
export async function loadFaceNet(): Promise<LoadedNet> {
	const library = faceapi as unknown as FaceApiLibrary;
	const tf = library.tf as unknown as WeightLibrary;
	const backend = await chooseBackend(tf);
	for (const name of Object.keys(FACE_API_WEIGHTS) as FaceApiNetName[])
		library.nets[name].loadFromWeightMap(await readWeights(tf, name));
	const loadPack = (files: GraphNetFiles) => loadGraphNet(library.tf as unknown as GraphLibrary, files);
	return { net: makeFaceApiNet(library), backend, loadPack };
}

async function readWeights(tf: WeightLibrary, name: FaceApiNetName): Promise<unknown> {
	const file = NET_FILES[name];
	const load = tf.io.weightsLoaderFactory(async () => [await Bun.file(file.weights).arrayBuffer()]);
	return load(await Bun.file(file.manifest).json(), "");
}

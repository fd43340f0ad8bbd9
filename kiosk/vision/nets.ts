/** Loads the face nets into the page and picks the backend that is faster on this very device. Addresses are passed in; nothing comes from elsewhere. */
import type { FaceNetNews } from "../../server/protocol/kiosk.ts";
import type { FaceApiLibrary, FaceApiNetName } from "../../server/recognition/face-api-net.ts";
import { FACE_API_WEIGHTS, makeFaceApiNet } from "../../server/recognition/face-api-net.ts";
import type { GraphLibrary, GraphNet } from "../../server/recognition/graph-net.ts";
import type { FaceNet } from "../../server/recognition/look.ts";
import { type BackendName, fasterBackend, type Trial } from "./backend-trial.ts";
import { breath, breathing } from "./breathing.ts";
import { loadPackNet } from "./pack-net.ts";

/** Addresses under `/assets/`. */
export interface VisionAssets {
	/** face-api's self-contained browser module. */
	readonly faceApi: string;
	/** Folder of the three manifests and weight files, under the library's own names. */
	readonly models: string;
	/** Folder of tfjs-backend-wasm.wasm and tfjs-backend-wasm-simd.wasm. */
	readonly wasm: string;
}

export interface LoadedNets {
	readonly net: FaceNet;
	readonly backend: BackendName;
	/** Median of a whole frame on that backend. */
	readonly frameMs: number;
	readonly trials: readonly Trial[];
	/** Loads a face pack into the same library; see `pack-net.ts`. */
	loadPack(news: FaceNetNews): Promise<GraphNet>;
	/** After a backend has failed in use (a lost graphics context): goes on with wasm. */
	useWasm(): Promise<void>;
}

interface BrowserLibrary extends FaceApiLibrary {
	readonly tf: FaceApiLibrary["tf"] & {
		enableProdMode(): void;
		setWasmPaths(folder: string): void;
	};
	readonly nets: { readonly [K in FaceApiNetName]: FaceApiLibrary["nets"][K] & UriLoader };
}
interface UriLoader {
	loadFromUri(folder: string): Promise<void>;
}

/** Throws when a file is missing or wasm does not run here: the caller tries again later. */
export async function loadNets(assets: VisionAssets): Promise<LoadedNets> {
	const faceapi = (await import(assets.faceApi)) as BrowserLibrary;
	const { tf } = faceapi;
	tf.enableProdMode();
	tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
	tf.setWasmPaths(`${assets.wasm}/`);
	await use(tf, "wasm");
	const names = Object.keys(FACE_API_WEIGHTS) as FaceApiNetName[];
	await Promise.all(names.map((name) => faceapi.nets[name].loadFromUri(assets.models)));
	const net = breathing(makeFaceApiNet(faceapi));
	const { best, trials } = await fasterBackend(net, (name) => use(tf, name));
	return {
		net,
		backend: best.backend,
		frameMs: best.frameMs,
		trials,
		loadPack: async (news) => {
			const { recogniser, describe, dispose } = await loadPackNet(tf as unknown as GraphLibrary, news);
			return { recogniser, describe: (chips) => breath().then(() => describe(chips)), dispose };
		},
		useWasm: () => use(tf, "wasm"),
	};
}

async function use(tf: FaceApiLibrary["tf"], backend: BackendName): Promise<void> {
	await tf.setBackend(backend);
	await tf.ready();
	if (tf.getBackend() !== backend) throw new Error(`no ${backend} here, only ${tf.getBackend()}`);
}

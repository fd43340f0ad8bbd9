/** The tfjs of face-api on its wasm backend, for tests that run a graph themselves. */
import * as faceapi from "@vladmandic/face-api/dist/face-api.node-wasm.js";
import { type BackendLibrary, chooseBackend } from "../../../server/recogniser/backend.ts";
import type { GraphLibrary } from "../../../server/recognition/graph-net.ts";

const tf = faceapi.tf as unknown as GraphLibrary & BackendLibrary;
await chooseBackend(tf);

export { tf };

/** 1 when two vectors point the same way. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let [dot, aa, bb] = [0, 0, 0];
	for (let i = 0; i < a.length; i++) {
		dot += a[i]! * b[i]!;
		aa += a[i]! ** 2;
		bb += b[i]! ** 2;
	}
	return dot / Math.sqrt(aa * bb);
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** The frugal detector and the quick kernel against the library's own: the same numbers, less memory. */
import { expect, test } from "bun:test";
import * as faceapi from "@vladmandic/face-api/dist/face-api.node-wasm.js";
import { loadFaceNet } from "../../server/recogniser/face-library.ts";

interface Tensor {
	data(): Promise<Float32Array>;
	dispose(): void;
}
interface Detector {
	runMobilenet?: unknown;
	forward(input: Tensor, sizePx: number): Promise<Tensor>;
}
interface Library {
	fill(shape: readonly number[], value: number): Tensor;
	tensor3d(values: Float32Array, shape: readonly number[]): Tensor;
	concat(tensors: readonly Tensor[], axis: number): Tensor;
	memory(): { numTensors: number };
	backend(): { wasm: { HEAPU8: Uint8Array } };
}

await loadFaceNet();
const tf = faceapi.tf as unknown as Library;
const detector = faceapi.nets.tinyFaceDetector as unknown as Detector;

const noise = (length: number) => Float32Array.from({ length }, (_, i) => (i * 7919) % 256);

async function outputOf(sizePx: number): Promise<Float32Array> {
	const input = tf.tensor3d(noise(sizePx * sizePx * 3), [sizePx, sizePx, 3]);
	const out = await detector.forward(input, sizePx);
	const values = (await out.data()).slice();
	out.dispose();
	input.dispose();
	return values;
}

test("the detector gives the library's numbers, keeps no tensor and needs less of the heap", async () => {
	const before = tf.memory().numTensors;
	const lean = await outputOf(416);
	expect(tf.memory().numTensors).toBe(before);
	const leanBytes = tf.backend().wasm.HEAPU8.length;
	delete detector.runMobilenet; // uncovers the method of the library's class
	expect(await outputOf(416)).toEqual(lean);
	expect(tf.backend().wasm.HEAPU8.length).toBeGreaterThan(1.2 * leanBytes);
});

test("planes are put together pixel by pixel, everything else as ever", async () => {
	const planes = [1, 2, 3].map((value) => tf.fill([1, 2, 2, 1], value));
	expect([...(await tf.concat(planes, 3).data())]).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
	expect([...(await tf.concat(planes, 1).data())]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
	const wide = [tf.tensor3d(noise(4), [1, 2, 2]), tf.fill([1, 2, 1], 9)];
	expect([...(await tf.concat(wide, 2).data())]).toEqual([0, 239, 9, 222, 205, 9]);
});

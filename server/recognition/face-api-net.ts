/**
 * `FaceNet` over the face-api library, handed in as a value: this file imports no tfjs, so kiosk and server share it.
 * Uses the tiny detector, the 68-point net and the recognition net; never age, gender, expression or SSD.
 */
import type { Descriptor } from "./descriptor.ts";
import type { Chip, DetectedFace, Landmarks } from "./face-types.ts";
import { type LayeredDetector, type LayerLibrary, makeLean } from "./lean-detector.ts";
import type { FaceNet } from "./look.ts";
import { FACE_API_RECOGNISER } from "./model.ts";
import { type KernelLibrary, speedUpPlanes } from "./plane-concat.ts";

/** The few tfjs calls needed. */
export interface TensorLibrary extends LayerLibrary, KernelLibrary {
	tensor3d(values: Float32Array, shape: [number, number, number], dtype: "float32"): Tensor;
	setBackend(name: string): Promise<boolean>;
	getBackend(): string;
	ready(): Promise<void>;
	memory(): { numTensors: number };
	env(): { set(flag: string, value: unknown): void };
}
export interface Tensor {
	dispose(): void;
}

interface Loadable {
	readonly isLoaded: boolean;
	loadFromWeightMap(map: unknown): void;
}
interface FoundFace {
	readonly score: number;
	readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** The part of the face-api module in use. */
export interface FaceApiLibrary {
	readonly tf: TensorLibrary;
	readonly nets: {
		readonly tinyFaceDetector: Loadable &
			LayeredDetector & {
				locateFaces(input: Tensor, options: unknown): Promise<readonly FoundFace[]>;
			};
		readonly faceLandmark68Net: Loadable & {
			detectLandmarks(input: Tensor): Promise<{ readonly positions: Landmarks }>;
		};
		readonly faceRecognitionNet: Loadable & {
			computeFaceDescriptor(inputs: Tensor | readonly Tensor[]): Promise<Descriptor | Descriptor[]>;
		};
	};
	readonly TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => unknown;
}

/** The weight files, as named in the library's `model` folder: `<name>-weights_manifest.json` and `<name>.bin`. */
export const FACE_API_WEIGHTS = {
	tinyFaceDetector: "tiny_face_detector_model",
	faceLandmark68Net: "face_landmark_68_model",
	faceRecognitionNet: "face_recognition_model",
} as const;
export type FaceApiNetName = keyof typeof FACE_API_WEIGHTS;

/** Below this the detector's boxes are noise. */
const MIN_DETECTOR_SCORE = 0.5;

/** Wraps a library whose three nets are loaded and whose backend is chosen. */
export function makeFaceApiNet(faceapi: FaceApiLibrary): FaceNet {
	const { tf, nets } = faceapi;
	speedUpPlanes(tf);
	makeLean(nets.tinyFaceDetector, tf);
	const tensorOf = (chip: Chip) => tf.tensor3d(chip.data, [chip.size, chip.size, 3], "float32");
	return {
		recogniser: FACE_API_RECOGNISER,
		landmarkChipPx: 112,
		detect(chip) {
			const options = new faceapi.TinyFaceDetectorOptions({
				inputSize: chip.size,
				scoreThreshold: MIN_DETECTOR_SCORE,
			});
			return using(tensorOf(chip), async (input) =>
				(await nets.tinyFaceDetector.locateFaces(input, options)).map(plainFace),
			);
		},
		landmarks(chip) {
			return using(tensorOf(chip), async (input) =>
				(await nets.faceLandmark68Net.detectLandmarks(input)).positions.map(({ x, y }) => ({ x, y })),
			);
		},
		async describe(chips) {
			const out: Descriptor[] = [];
			for (const chip of chips)
				out.push(await using(tensorOf(chip), (input) => descriptorOf(nets.faceRecognitionNet, input)));
			return out;
		},
	};
}

const plainFace = ({ score, box }: FoundFace): DetectedFace => ({
	score,
	box: { x: box.x, y: box.y, width: box.width, height: box.height },
});

async function descriptorOf(
	net: FaceApiLibrary["nets"]["faceRecognitionNet"],
	input: Tensor,
): Promise<Descriptor> {
	const found = await net.computeFaceDescriptor(input);
	return Array.isArray(found) ? found[0]! : (found as Descriptor);
}

async function using<T>(tensor: Tensor, work: (tensor: Tensor) => Promise<T>): Promise<T> {
	try {
		return await work(tensor);
	} finally {
		tensor.dispose();
	}
}

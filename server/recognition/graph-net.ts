/**
 * A `FaceDescriber` over a tfjs graph model, with tfjs handed in as a value: kiosk and server share it.
 * Checks what only running shows; the files themselves are judged before (see `graph-check.ts`).
 */
import type { Descriptor } from "./descriptor.ts";
import type { Chip } from "./face-types.ts";
import type { FaceDescriber } from "./look.ts";
import type { Recogniser } from "./model.ts";

/** A recogniser with the files of its net. */
export interface GraphNetFiles {
	readonly recogniser: Recogniser;
	/** The text of `model.json`. */
	readonly model: string;
	readonly weights: Uint8Array<ArrayBuffer>;
}

interface GraphTensor {
	data(): Promise<Float32Array>;
	dispose(): void;
}
interface GraphModel {
	execute(input: GraphTensor): GraphTensor;
	dispose(): void;
}

/** The few calls of tfjs needed here. */
export interface GraphLibrary {
	tensor4d(values: Float32Array, shape: [number, number, number, number], dtype: "float32"): GraphTensor;
	loadGraphModel(handler: unknown): Promise<GraphModel>;
	readonly io: { fromMemory(artifacts: object): unknown };
}

export interface GraphNet extends FaceDescriber {
	/** Frees the weights. */
	dispose(): void;
}

/** Loads the net and runs it once; throws when it does not answer with one finite descriptor of the promised length. */
export async function loadGraphNet(tf: GraphLibrary, files: GraphNetFiles): Promise<GraphNet> {
	const { recogniser } = files;
	const { modelTopology, signature, format, weightsManifest } = JSON.parse(files.model);
	const weightSpecs = weightsManifest[0].weights;
	const weightData = Uint8Array.from(files.weights).buffer;
	const model = await tf.loadGraphModel(
		tf.io.fromMemory({ modelTopology, signature, format, weightSpecs, weightData }),
	);
	const describe = (chips: readonly Chip[]) => describeChips(tf, model, recogniser, chips);
	const size = recogniser.chipSizePx;
	const [grey] = await describe([{ size, data: new Float32Array(size * size * 3).fill(128) }]);
	if (!grey?.every(Number.isFinite)) throw new Error("the net does not answer with numbers");
	return { recogniser, describe, dispose: () => model.dispose() };
}

async function describeChips(
	tf: GraphLibrary,
	model: GraphModel,
	recogniser: Recogniser,
	chips: readonly Chip[],
): Promise<Descriptor[]> {
	const { chipSizePx: size, descriptorLength: length } = recogniser;
	const values = feed(chips, recogniser);
	const input = tf.tensor4d(values, [chips.length, size, size, 3], "float32");
	const output = model.execute(input);
	const numbers = await output.data();
	input.dispose();
	output.dispose();
	values.fill(0);
	if (numbers.length !== chips.length * length) throw new Error("a descriptor of another length");
	return chips.map((_, at) => numbers.slice(at * length, (at + 1) * length));
}

/** All chips in one array, in the colour order and range the net was trained with. */
function feed(chips: readonly Chip[], { chipSizePx, input }: Recogniser): Float32Array {
	const perChip = chipSizePx * chipSizePx * 3;
	const out = new Float32Array(chips.length * perChip);
	const turned = input.order === "bgr" ? 2 : 0;
	chips.forEach(({ data }, at) => {
		for (let i = 0; i < perChip; i += 3)
			for (let k = 0; k < 3; k++)
				out[at * perChip + i + k] = (data[i + Math.abs(turned - k)]! - input.mean) * input.scale;
	});
	return out;
}

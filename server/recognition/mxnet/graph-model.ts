/** Writes layers as a tfjs graph model: `model.json` and one file of weights. The shape follows TensorFlow's GraphDef as tfjs reads it. */
import { type Bytes, concatBytes, packFloats, toBase64, utf8 } from "../../base/bytes.ts";
import type {
	AddLayer,
	ConvLayer,
	DenseLayer,
	FlattenLayer,
	Layer,
	LayerShape,
	ScalarLayer,
} from "./layers.ts";
import { sizeOf } from "./layers.ts";

export interface GraphModel {
	/** The text of `model.json`. */
	readonly json: string;
	readonly weights: Bytes;
	/** How many numbers the answer has. */
	readonly outputs: number;
}

interface WeightEntry {
	readonly name: string;
	readonly shape: readonly number[];
	readonly dtype: "float32" | "int32";
}

interface Writer {
	readonly nodes: object[];
	readonly entries: WeightEntry[];
	readonly parts: Uint8Array[];
}

/** `layers` in order, the answer last. `weightsFile` is the name `model.json` gives the weights. */
export function writeGraphModel(layers: readonly Layer[], weightsFile: string): GraphModel {
	const writer: Writer = { nodes: [], entries: [], parts: [] };
	for (const layer of layers) writeLayer(writer, layer);
	const [first, last] = [layers[0]!, layers.at(-1)!];
	const model = {
		format: "graph-model",
		generatedBy: "dianmao",
		convertedBy: "dianmao",
		signature: {
			inputs: { [first.name]: tensorInfo(first.name, dims(first.shape)) },
			outputs: { [last.name]: tensorInfo(last.name, [-1, sizeOf(last.shape)]) },
		},
		modelTopology: { node: writer.nodes, library: {}, versions: { producer: 1 } },
		weightsManifest: [{ paths: [weightsFile], weights: writer.entries }],
	};
	const weights = concatBytes(...writer.parts);
	return { json: JSON.stringify(model), weights, outputs: sizeOf(last.shape) };
}

const FLOAT = { type: "DT_FLOAT" };
const text = (value: string) => ({ s: toBase64(utf8(value)) });
const texts = (values: readonly string[]) => ({ list: { s: values.map((value) => toBase64(utf8(value))) } });
const whole = (values: readonly number[]) => ({ list: { i: values.map(String) } });
const dims = ({ height, width, channels }: LayerShape): number[] => [-1, height, width, channels];
const shapeOf = (shape: readonly number[]) => ({ dim: shape.map((size) => ({ size: String(size) })) });
const tensorInfo = (name: string, shape: readonly number[]) => ({
	name: `${name}:0`,
	dtype: FLOAT.type,
	tensorShape: shapeOf(shape),
});

function writeLayer(writer: Writer, layer: Layer): void {
	switch (layer.kind) {
		case "input": {
			const shape = { shape: shapeOf(dims(layer.shape)) };
			writer.nodes.push({ name: layer.name, op: "Placeholder", attr: { shape, dtype: FLOAT } });
			return;
		}
		case "scalar":
			writeScalar(writer, layer);
			return;
		case "conv":
			writeConv(writer, layer);
			return;
		case "add":
			writeAdd(writer, layer);
			return;
		case "flatten":
			writeFlatten(writer, layer);
			return;
		case "dense":
			writeDense(writer, layer);
			return;
	}
}

function constant(writer: Writer, name: string, shape: readonly number[], values: Float32Array): string {
	writer.parts.push(packFloats(values));
	writer.entries.push({ name, shape, dtype: "float32" });
	const tensor = { dtype: FLOAT.type, tensorShape: shapeOf(shape) };
	writer.nodes.push({ name, op: "Const", attr: { value: { tensor }, dtype: FLOAT } });
	return name;
}

function writeScalar(writer: Writer, { name, op, input, value }: ScalarLayer): void {
	const other = constant(writer, `${name}/c`, [1], Float32Array.of(value));
	writer.nodes.push({ name, op, input: [input.name, other], attr: { T: FLOAT } });
}

const bias = (clamped: boolean) => ({
	fused_ops: texts(clamped ? ["BiasAdd", "Relu6"] : ["BiasAdd"]),
	num_args: { i: "1" },
	epsilon: { f: 0 },
	T: FLOAT,
});

function writeConv(writer: Writer, layer: ConvLayer): void {
	const { name, input, depthwise, kernel, stride, pad } = layer;
	const outs = layer.shape.channels;
	const filter = depthwise ? [outs, 1] : [input.shape.channels, outs];
	const weights = constant(writer, `${name}/w`, [kernel.y, kernel.x, ...filter], layer.weights);
	const shift = constant(writer, `${name}/b`, [outs], layer.bias);
	const padded = pad.y > 0 || pad.x > 0;
	const around = { explicit_paddings: whole([0, 0, pad.y, pad.y, pad.x, pad.x, 0, 0]) };
	writer.nodes.push({
		name,
		op: depthwise ? "FusedDepthwiseConv2dNative" : "_FusedConv2D",
		input: [input.name, weights, shift],
		attr: {
			...bias(layer.clamp === "both"),
			strides: whole([1, stride.y, stride.x, 1]),
			dilations: whole([1, 1, 1, 1]),
			data_format: text("NHWC"),
			padding: text(padded ? "EXPLICIT" : "VALID"),
			...(padded && around),
		},
	});
}

function writeAdd(writer: Writer, { name, inputs: [a, b] }: AddLayer): void {
	writer.nodes.push({ name, op: "AddV2", input: [a.name, b.name], attr: { T: FLOAT } });
}

function writeFlatten(writer: Writer, { name, input, shape }: FlattenLayer): void {
	const target = `${name}/shape`;
	const dtype = { type: "DT_INT32" };
	writer.parts.push(new Uint8Array(Int32Array.of(-1, sizeOf(shape)).buffer));
	writer.entries.push({ name: target, shape: [2], dtype: "int32" });
	const tensor = { dtype: dtype.type, tensorShape: shapeOf([2]) };
	writer.nodes.push({ name: target, op: "Const", attr: { value: { tensor }, dtype } });
	writer.nodes.push({ name, op: "Reshape", input: [input.name, target], attr: { T: FLOAT, Tshape: dtype } });
}

function writeDense(writer: Writer, layer: DenseLayer): void {
	const { name, input } = layer;
	const weights = constant(writer, `${name}/w`, [sizeOf(input.shape), layer.bias.length], layer.weights);
	const shift = constant(writer, `${name}/b`, [layer.bias.length], layer.bias);
	const turned = { transpose_a: { b: false }, transpose_b: { b: false } };
	const attr = { ...bias(false), ...turned };
	writer.nodes.push({ name, op: "_FusedMatMul", input: [input.name, weights, shift], attr });
}

/** Computes an MXNet net the slow way, channels first, nothing folded: what the converted graph must agree with. */
import type { TestNode, Weight, Weights } from "./mxnet-files.ts";

interface Value {
	/** Channels, height, width. */
	readonly shape: readonly [number, number, number];
	readonly data: Float64Array;
}

/** The answer of the last node for one chip given as RGB rows (`size × size × 3`). */
export function computeByHand(
	nodes: readonly TestNode[],
	weights: Weights,
	chip: Float32Array,
	size: number,
) {
	const values = new Map<number, Value>();
	const weightAt = (index: number): Weight => {
		const { name } = nodes[index]!;
		return weights.get(`arg:${name}`) ?? weights.get(`aux:${name}`)!;
	};
	nodes.forEach((node, index) => {
		const [first] = node.inputs.map(([input]) => input);
		if (node.name === "data") values.set(index, channelsFirst(chip, size));
		if (node.op === "null") return;
		const reads = node.inputs.slice(1).map(([input]) => input);
		const x = values.get(first!)!;
		values.set(
			index,
			compute(
				node,
				x,
				reads.map((at) => values.get(at) as Value),
				reads.map(weightAt),
			),
		);
	});
	return values.get(nodes.length - 1)!.data;
}

function channelsFirst(chip: Float32Array, size: number): Value {
	const data = new Float64Array(chip.length);
	for (let i = 0; i < size * size; i++)
		for (let c = 0; c < 3; c++) data[c * size * size + i] = chip[i * 3 + c]!;
	return { shape: [3, size, size], data };
}

const scalar = (node: TestNode) => Number(node.attrs!.scalar);
const map = ({ shape, data }: Value, change: (v: number, channel: number) => number): Value => ({
	shape,
	data: data.map((v, i) => change(v, Math.floor(i / (shape[1] * shape[2])))),
});

function compute(node: TestNode, x: Value, values: readonly Value[], weights: readonly Weight[]): Value {
	const [a, b, c, d] = weights.map((weight) => weight?.data) as Float32Array[];
	switch (node.op) {
		case "_minus_scalar":
			return map(x, (v) => v - scalar(node));
		case "_mul_scalar":
			return map(x, (v) => v * scalar(node));
		case "_maximum_scalar":
			return map(x, (v) => Math.max(v, scalar(node)));
		case "_minimum_scalar":
			return map(x, (v) => Math.min(v, scalar(node)));
		case "elemwise_add":
			return { shape: x.shape, data: x.data.map((v, i) => v + values[0]!.data[i]!) };
		case "Flatten":
			return { shape: [x.data.length, 1, 1], data: x.data };
		case "BatchNorm": {
			const eps = Number(node.attrs?.eps ?? 0.001);
			const gamma = (k: number) => (node.attrs?.fix_gamma === "False" ? a![k]! : 1);
			return map(x, (v, k) => (gamma(k) * (v - c![k]!)) / Math.sqrt(d![k]! + eps) + b![k]!);
		}
		case "FullyConnected":
			return { shape: [weights[0]!.shape[0]!, 1, 1], data: dense(x.data, a!) };
		default:
			return convolve(node, x, weights[0]!, b!);
	}
}

const dense = (x: Float64Array, rows: Float32Array): Float64Array =>
	Float64Array.from({ length: rows.length / x.length }, (_, o) =>
		x.reduce((sum, v, i) => sum + v * rows[o * x.length + i]!, 0),
	);

function convolve(node: TestNode, x: Value, { shape, data }: Weight, bias: Float32Array): Value {
	const first = (name: string, otherwise: number) =>
		Number(/\d+/.exec(node.attrs?.[name] ?? "")?.[0] ?? otherwise);
	const [stride, pad] = [first("stride", 1), first("pad", 0)];
	const [outs, ins, k] = shape as [number, number, number];
	const [channels, height, width] = x.shape;
	const h = Math.floor((height + 2 * pad - k) / stride) + 1;
	const w = Math.floor((width + 2 * pad - k) / stride) + 1;
	const out = new Float64Array(outs * h * w);
	const at = (c: number, y: number, z: number) =>
		y < 0 || z < 0 || y >= height || z >= width ? 0 : x.data[(c * height + y) * width + z]!;
	for (let o = 0; o < outs; o++)
		for (let y = 0; y < h; y++)
			for (let z = 0; z < w; z++) {
				let sum = bias[o]!;
				for (let c = 0; c < ins; c++)
					for (let p = 0; p < k * k; p++) {
						const from = ins === channels ? c : o;
						const weight = data[(o * ins + c) * k * k + p]!;
						sum += weight * at(from, y * stride - pad + Math.floor(p / k), z * stride - pad + (p % k));
					}
				out[(o * h + y) * w + z] = sum;
			}
	return { shape: [outs, h, w], data: out };
}

/** What each MXNet operator becomes. Only the few a MobileFace net is made of; anything else is refused by name. */
import { type ConvLayer, type DenseLayer, type Layer, type LayerShape, type Size, sizeOf } from "./layers.ts";
import { refuse } from "./refused.ts";
import type { SymbolNode } from "./symbol.ts";
import { channelsLast, foldScale, type WeightStore } from "./weights.ts";

/** What MXNet's BatchNorm adds to the variance unless the file says otherwise. */
const BATCH_NORM_EPS = "0.001";
/** One node with everything it reads. */
export interface Site {
	readonly node: SymbolNode;
	/** What the node reads. Weights are not layers; asking for one refuses. */
	layer(input: number): Layer;
	/** Name of the weight the node reads. */
	weightName(input: number): string;
	/** How often the value of an input is read in all. */
	readers(input: number): number;
	readonly weights: WeightStore;
	attr(name: string, otherwise?: string): string;
}

const unsupported = (node: SymbolNode): never =>
	refuse("packs.op_unsupported", { op: node.op, node: node.name });

const BUILDERS: Readonly<Record<string, (site: Site) => Layer>> = {
	Convolution: convolution,
	BatchNorm: batchNorm,
	FullyConnected: fullyConnected,
	_minus_scalar: (site) => scalar(site, "Sub"),
	_mul_scalar: (site) => scalar(site, "Mul"),
	_maximum_scalar: lowerClamp,
	_minimum_scalar: upperClamp,
	elemwise_add: add,
	Flatten: flatten,
};

/** The layer of one node; refuses `packs.op_unsupported` and what is wrong with its weights. */
export function buildLayer(site: Site): Layer {
	const { op } = site.node;
	return Object.hasOwn(BUILDERS, op) ? BUILDERS[op]!(site) : unsupported(site.node);
}

const isTrue = (text: string): boolean => /^(true|1)$/i.test(text);

function integer(site: Site, name: string, otherwise?: string): number {
	const value = Number(site.attr(name, otherwise));
	return Number.isSafeInteger(value) && value > 0 ? value : unsupported(site.node);
}

function size(site: Site, name: string, min: number, otherwise?: string): Size {
	const match = /^[([]\s*(\d{1,4})L?\s*,\s*(\d{1,4})L?\s*[)\]]$/.exec(site.attr(name, otherwise));
	const [y, x] = match ? [Number(match[1]), Number(match[2])] : unsupported(site.node);
	return y >= min && x >= min && y <= 32 && x <= 32 ? { y, x } : unsupported(site.node);
}

function convolution(site: Site): ConvLayer {
	const { node, weights } = site;
	const input = site.layer(0);
	const outs = integer(site, "num_filter");
	const groups = integer(site, "num_group", "1");
	const kernel = size(site, "kernel", 1);
	const stride = size(site, "stride", 1, "(1, 1)");
	const pad = size(site, "pad", 0, "(0, 0)");
	const dilate = size(site, "dilate", 1, "(1, 1)");
	const ins = input.shape.channels;
	const depthwise = groups > 1;
	if (dilate.y !== 1 || dilate.x !== 1 || pad.y >= kernel.y + 1 || pad.x >= kernel.x + 1) unsupported(node);
	if (depthwise && (groups !== ins || outs !== ins)) unsupported(node);
	const inFilter = depthwise ? 1 : ins;
	const filters = weights.take(site.weightName(1), [outs, inFilter, kernel.y, kernel.x]);
	return {
		kind: "conv",
		name: node.name,
		input,
		depthwise,
		kernel,
		stride,
		pad,
		shape: convShape(input.shape, kernel, stride, pad, outs),
		weights: channelsLast(filters, [outs, inFilter, kernel.y, kernel.x]),
		bias: biasOf(site, outs),
		clamp: "none",
	};
}

function convShape(from: LayerShape, kernel: Size, stride: Size, pad: Size, channels: number): LayerShape {
	const height = Math.floor((from.height + 2 * pad.y - kernel.y) / stride.y) + 1;
	const width = Math.floor((from.width + 2 * pad.x - kernel.x) / stride.x) + 1;
	return height >= 1 && width >= 1 ? { height, width, channels } : refuse("packs.symbol_damaged");
}

const biasOf = (site: Site, outs: number): Float32Array =>
	isTrue(site.attr("no_bias", "False"))
		? new Float32Array(outs)
		: site.weights.take(site.weightName(2), [outs]).slice();

/** Folded into the layer before it, which must be read by nobody else. */
function batchNorm(site: Site): Layer {
	const { weights, node } = site;
	const before = site.layer(0);
	if ((before.kind !== "conv" && before.kind !== "dense") || site.readers(0) !== 1) return unsupported(node);
	if (before.kind === "conv" && before.clamp !== "none") return unsupported(node);
	const n = before.bias.length;
	const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((at) => weights.take(site.weightName(at), [n])) as [
		Float32Array,
		Float32Array,
		Float32Array,
		Float32Array,
	];
	const eps = Number(site.attr("eps", BATCH_NORM_EPS));
	const isFixed = isTrue(site.attr("fix_gamma", "True"));
	const scale = variance.map((v, c) => (isFixed ? 1 : gamma[c]!) / Math.sqrt(v + eps));
	foldScale(
		before.weights,
		before.bias,
		scale,
		beta.map((b, c) => b - mean[c]! * scale[c]!),
	);
	return before;
}

/** MXNet flattens channels first; the weights are put in the order of channels-last memory. */
function fullyConnected(site: Site): DenseLayer {
	const { node, weights } = site;
	const input = site.layer(0);
	const outs = integer(site, "num_hidden");
	if (input.kind !== "flatten") return unsupported(node);
	const { height, width, channels } = input.input.shape;
	const ins = sizeOf(input.shape);
	const rows = weights.take(site.weightName(1), [outs, ins]);
	return {
		kind: "dense",
		name: node.name,
		input,
		shape: { height: 1, width: 1, channels: outs },
		weights: channelsLast(rows, [outs, channels, height, width]),
		bias: biasOf(site, outs),
	};
}

function scalar(site: Site, op: "Sub" | "Mul"): Layer {
	const input = site.layer(0);
	const value = Number(site.attr("scalar"));
	if (!Number.isFinite(value)) return unsupported(site.node);
	return { kind: "scalar", name: site.node.name, op, input, value, shape: input.shape };
}

/** Only "at least 0, at most 6" behind a convolution is known; it becomes part of the convolution. */
function lowerClamp(site: Site): Layer {
	return joinClamp(site, 0, "none", "lower");
}

function upperClamp(site: Site): Layer {
	return joinClamp(site, 6, "lower", "both");
}

function joinClamp(site: Site, limit: number, from: ConvLayer["clamp"], to: ConvLayer["clamp"]): Layer {
	const before = site.layer(0);
	const fits = before.kind === "conv" && before.clamp === from && site.readers(0) === 1;
	if (!fits || Number(site.attr("scalar")) !== limit) return unsupported(site.node);
	before.clamp = to;
	return before;
}

function add(site: Site): Layer {
	const [a, b] = [site.layer(0), site.layer(1)];
	const same = JSON.stringify(a.shape) === JSON.stringify(b.shape);
	return same
		? { kind: "add", name: site.node.name, inputs: [a, b], shape: a.shape }
		: refuse("packs.symbol_damaged");
}

function flatten(site: Site): Layer {
	const input = site.layer(0);
	const shape = { height: 1, width: 1, channels: sizeOf(input.shape) };
	return { kind: "flatten", name: site.node.name, input, shape };
}

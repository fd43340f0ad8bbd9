/** What each operator of a face net makes of the shapes it is given. The list is closed: what is not here is refused by name. */
import { refuse } from "./mxnet/refused.ts";

export interface WeightSpec {
	readonly name: string;
	readonly shape: readonly number[];
	readonly dtype: "float32" | "int32";
}

export interface GraphNode {
	readonly name: string;
	readonly op: string;
	readonly input?: readonly string[];
	readonly attr?: Readonly<Record<string, unknown>>;
}

/** A value of the graph; the batch is -1. */
export interface GraphValue {
	readonly shape: readonly number[];
	readonly isConstant: boolean;
	/** Multiplications for one chip. */
	readonly work?: number;
}

type Infer = (
	node: GraphNode,
	inputs: readonly GraphValue[],
	specs: ReadonlyMap<string, WeightSpec>,
) => GraphValue;

const damaged = (): never => refuse("packs.graph_damaged");

const OPERATORS: Readonly<Record<string, Infer>> = {
	Placeholder: placeholder,
	Const: (node, _, specs) => ({ shape: specs.get(node.name)?.shape ?? damaged(), isConstant: true }),
	Sub: elementwise,
	Mul: elementwise,
	Add: elementwise,
	AddV2: elementwise,
	BiasAdd: elementwise,
	Relu: unary,
	Relu6: unary,
	Identity: unary,
	Prelu: elementwise,
	Conv2D: (node, inputs) => convolution(node, inputs, false),
	_FusedConv2D: (node, inputs) => convolution(node, inputs, false),
	DepthwiseConv2dNative: (node, inputs) => convolution(node, inputs, true),
	FusedDepthwiseConv2dNative: (node, inputs) => convolution(node, inputs, true),
	Reshape: flatten,
	MatMul: matMul,
	_FusedMatMul: matMul,
};

/** The shape a node yields; refuses `packs.op_unsupported` and `packs.graph_damaged`. */
export function inferShape(
	node: GraphNode,
	inputs: readonly GraphValue[],
	specs: ReadonlyMap<string, WeightSpec>,
) {
	if (!Object.hasOwn(OPERATORS, node.op)) refuse("packs.op_unsupported", { op: node.op, node: node.name });
	return OPERATORS[node.op]!(node, inputs, specs);
}

interface Attr {
	readonly s?: string;
	readonly b?: boolean;
	readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly string[] };
	readonly shape?: { readonly dim?: readonly { readonly size?: string | number }[] };
}
const attr = (node: GraphNode, name: string): Attr => (node.attr?.[name] as Attr | undefined) ?? {};
const integers = (node: GraphNode, name: string): number[] => (attr(node, name).list?.i ?? []).map(Number);

function word(text: string | undefined): string {
	try {
		return atob(text ?? "");
	} catch {
		return damaged();
	}
}

function placeholder(node: GraphNode): GraphValue {
	const shape = (attr(node, "shape").shape?.dim ?? []).map(({ size }) => Number(size));
	const plain = shape.length === 4 && shape[0] === -1 && shape.slice(1).every((n) => n >= 1 && n <= 1_024);
	return plain ? { shape, isConstant: false } : damaged();
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, dim) => product * dim, 1);

/** The second may be an equal value, or a constant of one number or of one number per channel. */
function elementwise(_: GraphNode, inputs: readonly GraphValue[]): GraphValue {
	const [a, b] = inputs;
	if (!a || !b || a.isConstant || inputs.length !== 2) return damaged();
	const channels = a.shape.at(-1)!;
	const small =
		b.isConstant && (sizeOf(b.shape) === 1 || (sizeOf(b.shape) === channels && b.shape.at(-1) === channels));
	return small || (!b.isConstant && `${b.shape}` === `${a.shape}`)
		? { shape: a.shape, isConstant: false }
		: damaged();
}

function unary(_: GraphNode, [a]: readonly GraphValue[]): GraphValue {
	return a && !a.isConstant ? { shape: a.shape, isConstant: false } : damaged();
}

const FUSED = new Set(["BiasAdd", "Relu", "Relu6"]);

/** Filters, then a bias when something is fused. */
function fusedInputs(node: GraphNode, inputs: readonly GraphValue[], outs: number): void {
	const fused = attr(node, "fused_ops").list?.s ?? [];
	if (!fused.every((op) => FUSED.has(word(op))))
		refuse("packs.op_unsupported", { op: node.op, node: node.name });
	const bias = inputs[2];
	if (inputs.length > 3 || (bias && (!bias.isConstant || sizeOf(bias.shape) !== outs))) damaged();
}

function convolution(node: GraphNode, inputs: readonly GraphValue[], depthwise: boolean): GraphValue {
	const [input, filter] = inputs;
	if (input?.shape.length !== 4 || input.isConstant || filter?.shape.length !== 4 || !filter.isConstant)
		return damaged();
	const [, height, width, channels] = input.shape as [number, number, number, number];
	const [ky, kx, ins, per] = filter.shape as [number, number, number, number];
	const outs = depthwise ? ins * per : per;
	const [, sy = 0, sx = 0] = integers(node, "strides");
	if (ins !== channels || sy < 1 || sx < 1 || !integers(node, "dilations").every((n) => n === 1))
		return damaged();
	fusedInputs(node, inputs, outs);
	const [top, bottom, left, right] = padding(node);
	const same = word(attr(node, "padding").s) === "SAME";
	const along = (size: number, kernel: number, stride: number, pad: number) =>
		same ? Math.ceil(size / stride) : Math.floor((size + pad - kernel) / stride) + 1;
	const [h, w] = [along(height, ky, sy, top + bottom), along(width, kx, sx, left + right)];
	if (!(h >= 1 && w >= 1)) return damaged();
	return { shape: [-1, h, w, outs], isConstant: false, work: h * w * sizeOf(filter.shape) };
}

function padding(node: GraphNode): [number, number, number, number] {
	const kind = word(attr(node, "padding").s);
	if (kind === "VALID" || kind === "SAME") return [0, 0, 0, 0];
	const [, , top, bottom, left, right] = integers(node, "explicit_paddings");
	const pads = [top, bottom, left, right] as [number, number, number, number];
	return kind === "EXPLICIT" && pads.every((pad) => pad >= 0 && pad <= 32) ? pads : damaged();
}

/** The only reshaping a face net needs: everything of one chip in one row. */
function flatten(_: GraphNode, [input, target]: readonly GraphValue[]): GraphValue {
	if (!input || input.isConstant || !target?.isConstant || sizeOf(target.shape) !== 2) return damaged();
	return { shape: [-1, sizeOf(input.shape.slice(1))], isConstant: false };
}

function matMul(node: GraphNode, inputs: readonly GraphValue[]): GraphValue {
	const [input, weights] = inputs;
	if (input?.shape.length !== 2 || input.isConstant || weights?.shape.length !== 2 || !weights.isConstant)
		return damaged();
	const [ins, outs] = weights.shape as [number, number];
	if (ins !== input.shape[1] || attr(node, "transpose_a").b || attr(node, "transpose_b").b) return damaged();
	fusedInputs(node, inputs, outs);
	return { shape: [-1, outs], isConstant: false, work: ins * outs };
}

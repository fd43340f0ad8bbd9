/** Writes MXNet files by hand: the format of FACE.md in the other direction, and a net small enough to be computed on paper. */
import { concatBytes, packFloats, utf8 } from "../../../server/base/bytes.ts";

export interface Weight {
	readonly shape: readonly number[];
	readonly data: Float32Array;
}
export type Weights = ReadonlyMap<string, Weight>;

const u64 = (value: number): Uint8Array => new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
const i32 = (value: number): Uint8Array => new Uint8Array(Int32Array.of(value).buffer);

/** A `.params` file; `magic` chooses the version of the arrays. */
export function paramsFile(weights: Weights, magic: 0xf993fac9 | 0xf993fac8 = 0xf993fac9): Uint8Array {
	const arrays = [...weights.values()].map(({ shape, data }) =>
		concatBytes(
			i32(magic | 0),
			...(magic === 0xf993fac9 ? [i32(0)] : []),
			i32(shape.length),
			...shape.map(u64),
			...[i32(1), i32(0), i32(0)],
			packFloats(data),
		),
	);
	const names = [...weights.keys()].flatMap((name) => [u64(name.length), utf8(name)]);
	const count = u64(weights.size);
	return concatBytes(u64(0x112), u64(0), count, ...arrays, count, ...names);
}

export interface TestNode {
	readonly op: string;
	readonly name: string;
	readonly attrs?: Readonly<Record<string, string>>;
	readonly inputs: readonly (readonly [number, number, number])[];
}

export const symbolFile = (nodes: readonly TestNode[], head = nodes.length - 1): string =>
	JSON.stringify({ nodes, arg_nodes: [], heads: [[head, 0, 0]] });

/** Grows a net node by node; weights are made up by `next`, which yields numbers between -1 and 1. */
export function makeNet(next: () => number) {
	const nodes: TestNode[] = [{ op: "null", name: "data", inputs: [] }];
	const weights = new Map<string, Weight>();
	const index = (name: string) => nodes.findIndex((node) => node.name === name);
	const weight = (name: string, shape: readonly number[], positive = false, prefix = "arg:") => {
		const length = shape.reduce((product, size) => product * size, 1);
		const data = Float32Array.from({ length }, () => (positive ? 0.5 + Math.abs(next()) : next()));
		weights.set(prefix + name, { shape, data });
		nodes.push({ op: "null", name, inputs: [] });
	};
	const node = (op: string, name: string, reads: readonly string[], attrs: Record<string, string> = {}) => {
		nodes.push({ op, name, attrs, inputs: reads.map((read) => [index(read), 0, 0] as const) });
		return name;
	};
	return {
		nodes,
		weights,
		node,
		conv(name: string, from: string, ins: number, outs: number, attrs: Record<string, string>) {
			const [k] = /\d+/.exec(attrs.kernel!)!;
			weight(`${name}_weight`, [outs, attrs.num_group ? 1 : ins, Number(k), Number(k)]);
			weight(`${name}_bias`, [outs]);
			return node("Convolution", name, [from, `${name}_weight`, `${name}_bias`], {
				num_filter: String(outs),
				...attrs,
			});
		},
		norm(from: string, channels: number, attrs: Record<string, string> = { fix_gamma: "False" }) {
			const name = `${from}_bn`;
			weight(`${name}_gamma`, [channels], true);
			weight(`${name}_beta`, [channels]);
			weight(`${name}_moving_mean`, [channels], false, "aux:");
			weight(`${name}_moving_var`, [channels], true, "aux:");
			const parts = ["gamma", "beta", "moving_mean", "moving_var"].map((part) => `${name}_${part}`);
			return node("BatchNorm", name, [from, ...parts], attrs);
		},
		clamp(from: string) {
			node("_maximum_scalar", `${from}_low`, [from], { scalar: "0" });
			return node("_minimum_scalar", `${from}_high`, [`${from}_low`], { scalar: "6" });
		},
		dense(name: string, from: string, ins: number, outs: number) {
			weight(`${name}_weight`, [outs, ins]);
			return node("FullyConnected", name, [from, `${name}_weight`], {
				num_hidden: String(outs),
				no_bias: "True",
			});
		},
	};
}

/** Every kind of layer once: plain, depthwise and pointwise convolution, clamp, sum, flatten, dense, normalised. */
export function tinyNet(next: () => number) {
	const net = makeNet(next);
	net.node("_minus_scalar", "minus", ["data"], { scalar: "127.5" });
	net.node("_mul_scalar", "times", ["minus"], { scalar: "0.0078125" });
	const plain = { kernel: "(3, 3)", pad: "(1, 1)", stride: "(2, 2)" };
	const first = net.clamp(net.norm(net.conv("c1", "times", 3, 4, plain), 4));
	const deep = { kernel: "(3, 3)", pad: "(1, 1)", num_group: "4" };
	const second = net.clamp(
		net.norm(net.conv("c2", first, 4, 4, deep), 4, { fix_gamma: "True", eps: "0.01" }),
	);
	const third = net.norm(net.conv("c3", second, 4, 4, { kernel: "(1, 1)" }), 4);
	net.node("elemwise_add", "sum", [first, third]);
	net.node("Flatten", "flat", ["sum"]);
	net.norm(net.dense("fc", "flat", 4 * 4 * 4, 5), 5);
	return net;
}

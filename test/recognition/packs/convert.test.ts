import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { must } from "../../../server/base/result.ts";
import { checkGraph } from "../../../server/recognition/graph-check.ts";
import { loadGraphNet } from "../../../server/recognition/graph-net.ts";
import { FACE_API_RECOGNISER } from "../../../server/recognition/model.ts";
import { convertMxnet } from "../../../server/recognition/mxnet/convert.ts";
import { computeByHand } from "./mxnet-by-hand.ts";
import { makeNet, paramsFile, symbolFile, tinyNet, type Weight } from "./mxnet-files.ts";
import { cosine, seeded, tf } from "./tf.ts";

const SIZE = 8;
const random = (seed: number) => {
	const next = seeded(seed);
	return () => next() * 2 - 1;
};
type Net = ReturnType<typeof makeNet>;
const converted = ({ nodes, weights }: Net) =>
	convertMxnet({ symbol: symbolFile(nodes), params: paramsFile(weights) }, SIZE, "weights.bin");

test.each([1, 2, 3])("a net of every kind of layer computes the same numbers, weights %i", async (seed) => {
	const net = tinyNet(random(seed));
	const { json, weights, outputs } = must(converted(net));
	expect(outputs).toBe(5);
	expect(must(checkGraph(json, weights, { chipSizePx: SIZE, descriptorLength: 5 }))).toBeUndefined();
	const recogniser = { ...FACE_API_RECOGNISER, chipSizePx: SIZE, descriptorLength: 5 };
	const graph = await loadGraphNet(tf, { recogniser, model: json, weights });
	const next = seeded(seed + 100);
	const chips = [0, 1].map(() => ({
		size: SIZE,
		data: Float32Array.from({ length: SIZE * SIZE * 3 }, () => next() * 255),
	}));
	const found = await graph.describe(chips);
	chips.forEach(({ data }, i) => {
		const byHand = computeByHand(net.nodes, net.weights, data, SIZE);
		expect(cosine(found[i]!, byHand)).toBeGreaterThan(0.999999);
		expect(Math.max(...byHand.map((value, k) => Math.abs(value - found[i]![k]!)))).toBeLessThan(0.01);
	});
	graph.dispose();
});

test("both versions of arrays are read alike", () => {
	const { nodes, weights } = tinyNet(random(4));
	const symbol = symbolFile(nodes);
	const [v1, v2] = [0xf993fac8, 0xf993fac9].map((magic) =>
		must(convertMxnet({ symbol, params: paramsFile(weights, magic as 0xf993fac8) }, SIZE, "w.bin")),
	);
	expect(v1!.weights).toEqual(v2!.weights);
});

describe("hostile files are refused with a code", () => {
	const good = tinyNet(random(5));
	const params = paramsFile(good.weights);
	const symbol = symbolFile(good.nodes);
	const code = (change: { symbol?: string; params?: Uint8Array }) => {
		const result = convertMxnet({ symbol, params, ...change }, SIZE, "w.bin");
		return result.ok ? "ok" : result.error.code;
	};
	const swapped = (name: string, weight: Weight) => paramsFile(new Map([...good.weights, [name, weight]]));
	const firstDims = (value: bigint) => {
		const copy = params.slice();
		new DataView(copy.buffer).setBigInt64(24 + 12, value, true);
		return copy;
	};
	const nodes = (change: (nodes: Net["nodes"]) => unknown) => {
		const copy = structuredClone(good.nodes) as Net["nodes"];
		change(copy);
		return symbolFile(copy);
	};
	type Editable = { op: string; inputs: [number, number, number][]; attrs: Record<string, string> };
	const edit = (name: string, change: (node: Editable) => void) =>
		nodes((all) => change(all.find((node) => node.name === name) as unknown as Editable));

	test.each([
		["cut short", { params: params.subarray(0, params.length - 9) }, "packs.params_damaged"],
		["longer than it says", { params: Uint8Array.of(...params, 0) }, "packs.params_damaged"],
		["another magic", { params: params.with(0, 7) as Uint8Array }, "packs.params_damaged"],
		["a huge dimension", { params: firstDims(2n ** 62n) }, "packs.params_damaged"],
		["a dimension that fits nothing", { params: firstDims(60_000_000n) }, "packs.params_damaged"],
		["a negative dimension", { params: firstDims(-1n) }, "packs.params_damaged"],
		["an empty dimension", { params: firstDims(0n) }, "packs.params_damaged"],
		["nothing at all", { params: new Uint8Array(0) }, "packs.params_damaged"],
		[
			"not a number",
			{ params: swapped("arg:c1_bias", { shape: [4], data: Float32Array.of(1, Number.NaN, 0, 0) }) },
			"packs.params_not_a_number",
		],
		[
			"endless after folding",
			{ params: swapped("aux:c1_bn_moving_var", { shape: [4], data: new Float32Array(4).fill(-0.001) }) },
			"packs.params_not_a_number",
		],
		[
			"another shape",
			{ params: swapped("arg:c1_bias", { shape: [3], data: new Float32Array(3) }) },
			"packs.weight_shape",
		],
		["not JSON", { symbol: "{" }, "packs.symbol_damaged"],
		["not a graph", { symbol: "[]" }, "packs.symbol_damaged"],
		["a megabyte of nothing", { symbol: " ".repeat(3_000_000) }, "packs.symbol_damaged"],
		["a loop", { symbol: edit("minus", (node) => (node.inputs = [[3, 0, 0]])) }, "packs.symbol_loop"],
		[
			"a node that reads itself",
			{ symbol: edit("minus", (node) => (node.inputs = [[1, 0, 0]])) },
			"packs.symbol_loop",
		],
		[
			"two answers",
			{ symbol: symbol.replace(/"heads":.*$/, '"heads":[[1,0,0],[2,0,0]]}') },
			"packs.symbol_outputs",
		],
		["an answer in the middle", { symbol: symbolFile(good.nodes, 2) }, "packs.symbol_outputs"],
		["an unknown operator", { symbol: edit("flat", (node) => (node.op = "Custom")) }, "packs.op_unsupported"],
		[
			"a name from the prototype",
			{ symbol: edit("flat", (node) => (node.op = "constructor")) },
			"packs.op_unsupported",
		],
		[
			"a dilated convolution",
			{ symbol: edit("c1", (node) => (node.attrs.dilate = "(2, 2)")) },
			"packs.op_unsupported",
		],
		[
			"another clamp",
			{ symbol: edit("c1_bn_high", (node) => (node.attrs.scalar = "8")) },
			"packs.op_unsupported",
		],
		[
			"a kernel of another size",
			{ symbol: edit("c1", (node) => (node.attrs.kernel = "(5, 5)")) },
			"packs.weight_shape",
		],
		[
			"a weight that is not there",
			{ symbol: symbol.replaceAll("c1_bias", "c9_bias") },
			"packs.weight_missing",
		],
		[
			"one weight used twice",
			{ symbol: edit("c3", (node) => (node.inputs[2] = [...inputOf("c1", 2)])) },
			"packs.weight_twice",
		],
		[
			"a text where a node should be",
			{ symbol: nodes((all) => all.push("x" as never)) },
			"packs.symbol_damaged",
		],
	] as const)("%s", (_, change, expected) => {
		expect(code(change)).toBe(expected);
	});

	function inputOf(name: string, at: number): readonly [number, number, number] {
		return good.nodes.find((node) => node.name === name)!.inputs[at]!;
	}

	test("any cut and any flipped byte of the weights is an answer, never an accident", () => {
		fc.assert(
			fc.property(fc.nat(params.length - 1), fc.nat(255), (at, value) => {
				expect(code({ params: params.subarray(0, at) })).toBe("packs.params_damaged");
				expect(code({ params: params.with(at, value) as Uint8Array })).toMatch(/^ok$|^packs\./);
			}),
		);
	});

	test("a net that would compute for hours is too heavy", () => {
		const net = makeNet(random(6));
		net.conv("c0", "data", 3, 64, { kernel: "(1, 1)" });
		for (let i = 0; i < 12; i++)
			net.conv(`d${i}`, i ? `d${i - 1}` : "c0", 64, 64, { kernel: "(3, 3)", pad: "(1, 1)" });
		const result = convertMxnet(
			{ symbol: symbolFile(net.nodes), params: paramsFile(net.weights) },
			256,
			"w.bin",
		);
		expect(result).toMatchObject({ ok: false, error: { code: "packs.net_too_heavy" } });
	});
});

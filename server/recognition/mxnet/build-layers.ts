/** From MXNet nodes to layers, in order; bounds the work and the memory of the whole net. What each operator means is in `operators.ts`. */
import { type Layer, type LayerShape, MAX_VALUES, MAX_WORK, sizeOf } from "./layers.ts";
import { buildLayer, type Site } from "./operators.ts";
import { refuse } from "./refused.ts";
import type { SymbolGraph, SymbolNode } from "./symbol.ts";
import type { WeightStore } from "./weights.ts";

/** The layers in order of computation, the answer last. Must run inside `refusable`. */
export function buildLayers(graph: SymbolGraph, weights: WeightStore, input: LayerShape): Layer[] {
	const readers = countReaders(graph);
	const built = new Map<number, Layer>();
	graph.nodes.forEach((node, index) => {
		const layer = node.op === "null" ? inputLayer(node, index, input) : buildLayer(siteOf(node));
		if (layer) built.set(index, layer);
	});
	const layers = [...new Set(built.values())];
	checkSize(layers);
	const answer = built.get(graph.head) ?? refuse("packs.symbol_outputs");
	if (answer !== layers.at(-1)) refuse("packs.symbol_outputs");
	return layers;

	function siteOf(node: SymbolNode): Site {
		const indexOf = (at: number) => node.inputs[at] ?? refuse("packs.symbol_damaged");
		return {
			node,
			weights,
			layer: (at) =>
				built.get(indexOf(at)) ?? refuse("packs.op_unsupported", { op: node.op, node: node.name }),
			weightName: (at) => graph.nodes[indexOf(at)]!.name,
			readers: (at) => readers[indexOf(at)]!,
			attr: (name, otherwise) =>
				node.attrs[name] ?? otherwise ?? refuse("packs.op_unsupported", { op: node.op, node: node.name }),
		};
	}
}

function countReaders(graph: SymbolGraph): number[] {
	const readers = graph.nodes.map(() => 0);
	for (const node of graph.nodes) for (const input of node.inputs) readers[input]!++;
	readers[graph.head]!++;
	return readers;
}

/** The picture is the node called `data`; other `null` nodes are weights and are asked for by name. */
function inputLayer(node: SymbolNode, index: number, shape: LayerShape): Layer | undefined {
	return node.name === "data" && index === 0 ? { kind: "input", name: node.name, shape } : undefined;
}

function checkSize(layers: readonly Layer[]): void {
	let work = 0;
	for (const layer of layers) {
		if (sizeOf(layer.shape) > MAX_VALUES) refuse("packs.net_too_heavy");
		if (layer.kind === "dense") work += layer.weights.length;
		if (layer.kind === "conv") work += layer.shape.height * layer.shape.width * layer.weights.length;
		if (layer.kind === "conv" && layer.clamp === "lower")
			refuse("packs.op_unsupported", { op: "_maximum_scalar", node: layer.name });
	}
	if (work > MAX_WORK) refuse("packs.net_too_heavy");
}

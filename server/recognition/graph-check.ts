/**
 * Judges a tfjs graph model before anything runs it: known operators only, in order, shapes worked out, work and memory bounded,
 * weights complete and finite. What passes can still be a bad net; it cannot be a bomb.
 */
import { invalid } from "../base/app-error.ts";
import { fail, type Result } from "../base/result.ts";
import { type GraphNode, type GraphValue, inferShape, type WeightSpec } from "./graph-shapes.ts";
import type { Recogniser } from "./model.ts";
import { MAX_VALUES, MAX_WORK } from "./mxnet/layers.ts";
import { refusable, refuse } from "./mxnet/refused.ts";

export const MODEL_MAX_CHARS = 4_000_000;
export const WEIGHTS_MAX_BYTES = 64_000_000;
const MAX_NODES = 4_096;

interface ModelJson {
	readonly nodes: readonly GraphNode[];
	readonly specs: readonly WeightSpec[];
	readonly output: string;
}

/**
 * Fails with `packs.graph_damaged`, `packs.op_unsupported`, `packs.net_too_heavy`, `packs.graph_shape` (chip or descriptor of
 * another size than the manifest says) or `packs.params_not_a_number`.
 */
export function checkGraph(
	model: string,
	weights: Uint8Array,
	{ chipSizePx, descriptorLength }: Pick<Recogniser, "chipSizePx" | "descriptorLength">,
): Result<void> {
	if (model.length > MODEL_MAX_CHARS || weights.length > WEIGHTS_MAX_BYTES)
		return fail(invalid("packs.net_too_heavy"));
	return refusable(() => {
		const json = readModelJson(model);
		checkWeights(json.specs, weights);
		const values = walk(json);
		const input = json.nodes.filter(({ op }) => op === "Placeholder");
		const [, ...chip] = values.get(input[0]?.name ?? "")?.shape ?? [];
		const output = values.get(json.output)?.shape;
		const fits = input.length === 1 && `${chip}` === `${[chipSizePx, chipSizePx, 3]}`;
		if (!fits || `${output}` !== `${[-1, descriptorLength]}`) refuse("packs.graph_shape");
	});
}

const damaged = (): never => refuse("packs.graph_damaged");

type Loose = Record<string, unknown> | undefined;

function readModelJson(text: string): ModelJson {
	const json = parsed(text) as Loose;
	const topology = json?.modelTopology as Loose;
	const outputs = (json?.signature as Loose)?.outputs as Loose;
	const groups = json?.weightsManifest as { weights?: unknown }[] | undefined;
	const nodes = topology?.node;
	const specs = Array.isArray(groups) && groups.length === 1 ? groups[0]?.weights : undefined;
	const answers = outputs && typeof outputs === "object" ? Object.values(outputs) : [];
	const output = (answers[0] as Loose)?.name;
	if (!Array.isArray(nodes) || nodes.length > MAX_NODES || !nodes.every(isNode)) return damaged();
	if (!Array.isArray(specs) || specs.length > MAX_NODES || !specs.every(isSpec)) return damaged();
	if (json?.modelInitializer || hasEntries(topology?.library)) return damaged();
	if (answers.length !== 1 || typeof output !== "string") return damaged();
	return { nodes, specs, output: output.replace(/:0$/, "") };
}

/** Functions hide loops. */
const hasEntries = (library: unknown): boolean =>
	Object.values((library as object | undefined) ?? {}).some((list) => Array.isArray(list) && list.length > 0);

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return damaged();
	}
}

function isNode(value: unknown): value is GraphNode {
	const node = value as Partial<GraphNode> | null;
	const inputs = node?.input ?? [];
	return (
		typeof node?.name === "string" &&
		typeof node.op === "string" &&
		Array.isArray(inputs) &&
		inputs.length <= 8 &&
		inputs.every((input) => typeof input === "string")
	);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

function isSpec(value: unknown): value is WeightSpec {
	const spec = value as Partial<WeightSpec & { quantization: unknown }> | null;
	return (
		typeof spec?.name === "string" &&
		(spec.dtype === "float32" || spec.dtype === "int32") &&
		Array.isArray(spec.shape) &&
		spec.shape.length <= 4 &&
		spec.shape.every(isCount) &&
		spec.quantization === undefined
	);
}

/** The specs cover the file exactly, and every float is a number. */
function checkWeights(specs: readonly WeightSpec[], weights: Uint8Array): void {
	const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
	let at = 0;
	for (const { shape, dtype } of specs) {
		const end = at + 4 * shape.reduce((product, size) => product * size, 1);
		if (end > weights.length) damaged();
		if (dtype === "float32")
			for (let i = at; i < end; i += 4)
				if (!Number.isFinite(view.getFloat32(i, true))) refuse("packs.params_not_a_number");
		at = end;
	}
	if (at !== weights.length) damaged();
}

/** Every value with its shape; nodes may only read earlier ones, so there is no loop. */
function walk({ nodes, specs }: ModelJson): Map<string, GraphValue> {
	const byName = new Map(specs.map((spec) => [spec.name, spec]));
	const values = new Map<string, GraphValue>();
	let work = 0;
	for (const node of nodes) {
		if (values.has(node.name)) damaged();
		const inputs = (node.input ?? []).map((name) => values.get(name) ?? damaged());
		const value = inferShape(node, inputs, byName);
		work += value.work ?? 0;
		const size = value.shape.slice(1).reduce((product, dim) => product * dim, 1);
		if (size > MAX_VALUES || work > MAX_WORK) refuse("packs.net_too_heavy");
		values.set(node.name, value);
	}
	return values;
}

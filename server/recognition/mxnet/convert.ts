/** An MXNet face net, as its maker published it, becomes a tfjs graph model. Knows nothing of packs, files or sources. */
import type { Result } from "../../base/result.ts";
import { buildLayers } from "./build-layers.ts";
import { type GraphModel, writeGraphModel } from "./graph-model.ts";
import { readParams } from "./params.ts";
import { refusable } from "./refused.ts";
import { readSymbol } from "./symbol.ts";
import { makeWeightStore } from "./weights.ts";

export interface MxnetPair {
	/** The text of `…-symbol.json`. */
	readonly symbol: string;
	/** The bytes of `….params`. */
	readonly params: Uint8Array;
}

/**
 * The graph model for square RGB chips of `chipSizePx`, values 0–255. Fails with the codes of `readParams` and `readSymbol`,
 * `packs.op_unsupported`, `packs.weight_missing`, `packs.weight_shape`, `packs.weight_twice`, `packs.net_too_heavy`.
 * Peak memory is about four times the params.
 */
export function convertMxnet(pair: MxnetPair, chipSizePx: number, weightsFile: string): Result<GraphModel> {
	const graph = readSymbol(pair.symbol);
	if (!graph.ok) return graph;
	const params = readParams(pair.params);
	if (!params.ok) return params;
	const input = { height: chipSizePx, width: chipSizePx, channels: 3 };
	return refusable(() =>
		writeGraphModel(buildLayers(graph.value, makeWeightStore(params.value), input), weightsFile),
	);
}

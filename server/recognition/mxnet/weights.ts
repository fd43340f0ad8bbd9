/** The weights of a net by name, each handed out once: a file that names one array a thousand times cannot grow in memory. */
import type { FloatArray } from "./params.ts";
import { refuse } from "./refused.ts";

export interface WeightStore {
	/** The array of exactly this shape; refuses `packs.weight_missing`, `packs.weight_shape`, `packs.weight_twice`. */
	take(name: string, shape: readonly number[]): Float32Array;
}

export function makeWeightStore(params: ReadonlyMap<string, FloatArray>): WeightStore {
	const taken = new Set<string>();
	return {
		take(name, shape) {
			const found = params.get(name) ?? refuse("packs.weight_missing", { name });
			if (taken.has(name)) refuse("packs.weight_twice", { name });
			if (found.shape.length !== shape.length || found.shape.some((dim, i) => dim !== shape[i]))
				refuse("packs.weight_shape", { name });
			taken.add(name);
			return found.data;
		},
	};
}

/** Filters `out × in × height × width` as `height × width × in × out`. */
export function channelsLast(
	filters: Float32Array,
	[outs, ins, height, width]: readonly [number, number, number, number],
): Float32Array {
	const turned = new Float32Array(filters.length);
	const area = height * width;
	let from = 0;
	for (let out = 0; out < outs; out++)
		for (let channel = 0; channel < ins; channel++)
			for (let at = 0; at < area; at++) turned[(at * ins + channel) * outs + out] = filters[from++]!;
	return turned;
}

/** Batch normalisation at rest is a scale and a shift per channel; both go into weights whose last dimension is the channel. */
export function foldScale(
	weights: Float32Array,
	bias: Float32Array,
	scale: Float32Array,
	shift: Float32Array,
): void {
	const channels = bias.length;
	for (let i = 0; i < weights.length; i++) weights[i]! *= scale[i % channels]!;
	for (let c = 0; c < channels; c++) bias[c] = bias[c]! * scale[c]! + shift[c]!;
	if (!weights.every(Number.isFinite) || !bias.every(Number.isFinite)) refuse("packs.params_not_a_number");
}

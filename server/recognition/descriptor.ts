/** Arithmetic on descriptors. All inputs of one call come from one recogniser and have one length. */

import type { Normalise } from "./model.ts";

export type Descriptor = Float32Array;

/** Euclidean distance. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) {
		const d = a[i]! - b[i]!;
		sum += d * d;
	}
	return Math.sqrt(sum);
}

/** Component-wise mean of one or more descriptors. Also the flip average: mean of a chip's and its mirror's. */
export function meanDescriptor(descriptors: readonly ArrayLike<number>[]): Descriptor {
	const first = descriptors[0];
	if (!first) throw new Error("mean of no descriptors");
	const out = new Float32Array(first.length);
	for (const d of descriptors) for (let i = 0; i < out.length; i++) out[i]! += d[i]! / descriptors.length;
	return out;
}

/** The same descriptor with length 1; one without any length stays as it is. */
export function unitDescriptor(descriptor: ArrayLike<number>): Descriptor {
	const out = Float32Array.from(descriptor);
	let sum = 0;
	for (const value of out) sum += value * value;
	const length = Math.sqrt(sum);
	if (length > 0) for (let i = 0; i < out.length; i++) out[i]! /= length;
	return out;
}

/** One descriptor out of several of one face (a chip and its mirror image, frames of one visit), by the net's own rule. */
export function averageDescriptor(descriptors: readonly Descriptor[], rule: Normalise): Descriptor {
	if (rule === "none") return meanDescriptor(descriptors);
	return unitDescriptor(meanDescriptor(descriptors.map(unitDescriptor)));
}

/** True when the frame shows the same face as the frames kept so far (none: true). */
export const agrees = (kept: readonly Descriptor[], next: Descriptor, limit: number): boolean =>
	kept.length === 0 || distance(meanDescriptor(kept), next) <= limit;

/** For every descriptor its distance to the mean of the others (leave one out); a lone one gets 0. */
export function distancesToOthers(descriptors: readonly Descriptor[]): number[] {
	if (descriptors.length < 2) return descriptors.map(() => 0);
	return descriptors.map((d, i) => distance(d, meanDescriptor(descriptors.filter((_, j) => j !== i))));
}

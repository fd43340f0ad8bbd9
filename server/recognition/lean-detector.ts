/**
 * Runs the layers of the tiny detector one by one and lets go of each result as soon as the next one is there. The library
 * keeps all of them until the end, which at 608 px takes 200 MB more, and wasm memory never shrinks.
 * Same operations in the same order as in the library, so the same numbers to the last bit.
 */

/** A tensor of the library. */
export interface LayerTensor {
	dispose(): void;
}

interface PlainLayer {
	readonly filters: LayerTensor;
	readonly bias: LayerTensor;
}

interface SeparableLayer {
	readonly depthwise_filter: LayerTensor;
	readonly pointwise_filter: LayerTensor;
	readonly bias: LayerTensor;
}

interface DetectorLayers {
	readonly conv0: PlainLayer;
	readonly conv1: SeparableLayer;
	readonly conv2: SeparableLayer;
	readonly conv3: SeparableLayer;
	readonly conv4: SeparableLayer;
	readonly conv5: SeparableLayer;
	readonly conv8: PlainLayer;
}

type Pair = readonly [number, number];

/** The tfjs operations of the detector. */
export interface LayerLibrary {
	pad(x: LayerTensor, paddings: readonly Pair[]): LayerTensor;
	conv2d(x: LayerTensor, filters: LayerTensor, strides: Pair, padding: "valid"): LayerTensor;
	depthwiseConv2d(x: LayerTensor, filters: LayerTensor, strides: Pair, padding: "valid"): LayerTensor;
	maxPool(x: LayerTensor, window: Pair, strides: Pair, padding: "same"): LayerTensor;
	add(a: LayerTensor, b: LayerTensor): LayerTensor;
	sub(a: LayerTensor, b: LayerTensor): LayerTensor;
	mul(a: LayerTensor, b: LayerTensor): LayerTensor;
	relu(x: LayerTensor): LayerTensor;
	scalar(value: number): LayerTensor;
}

/** The part of the library's detector that is replaced. */
export interface LayeredDetector {
	runMobilenet(x: LayerTensor, layers: DetectorLayers): LayerTensor;
}

/** Makes the detector of face-api frugal. */
export function makeLean(detector: LayeredDetector, tf: LayerLibrary): void {
	const ops = layerOps(tf);
	detector.runMobilenet = (x, layers) => {
		const { conv0, conv1, conv2, conv3, conv4, conv5, conv8 } = layers;
		let out = ops.through(tf.conv2d(x, conv0.filters, ONE, "valid"), conv0.bias);
		for (const layer of [conv1, conv2, conv3, conv4, conv5]) {
			const pooled = release([out], tf.maxPool(out, TWO, TWO, "same"));
			out = ops.separable(pooled, layer);
		}
		const pooled = release([out], tf.maxPool(out, TWO, ONE, "same"));
		const last = release([pooled], tf.conv2d(pooled, conv8.filters, ONE, "valid"));
		return release([last], tf.add(last, conv8.bias));
	};
}

const ONE: Pair = [1, 1];
const TWO: Pair = [2, 2];
const AROUND: readonly Pair[] = [
	[0, 0],
	[1, 1],
	[1, 1],
	[0, 0],
];
/** Slope of the leaky rectifier below zero, as the net was trained. */
const SLOPE = 0.10000000149011612;

function release(done: readonly LayerTensor[], result: LayerTensor): LayerTensor {
	for (const tensor of done) tensor.dispose();
	return result;
}

function layerOps(tf: LayerLibrary) {
	/** Bias and leaky rectifier; takes `x` over. */
	const through = (x: LayerTensor, bias: LayerTensor): LayerTensor => {
		const biased = release([x], tf.add(x, bias));
		const slope = tf.scalar(SLOPE);
		const low = release([slope], tf.mul(biased, slope));
		const rest = release([biased], tf.sub(biased, low));
		const high = release([rest], tf.relu(rest));
		return release([high, low], tf.add(high, low));
	};
	/** Takes `x` over. */
	const separable = (x: LayerTensor, layer: SeparableLayer): LayerTensor => {
		const padded = release([x], tf.pad(x, AROUND));
		const deep = release([padded], tf.depthwiseConv2d(padded, layer.depthwise_filter, ONE, "valid"));
		const pointed = release([deep], tf.conv2d(deep, layer.pointwise_filter, ONE, "valid"));
		return through(pointed, layer.bias);
	};
	return { through, separable };
}

/** The net between the two formats: few kinds of layers, channels last, batch normalisation already folded into the weights. */

/** Height, width, channels; a flat value is 1 × 1 × n. */
export interface LayerShape {
	readonly height: number;
	readonly width: number;
	readonly channels: number;
}

interface Named {
	readonly name: string;
	readonly shape: LayerShape;
}

export interface InputLayer extends Named {
	readonly kind: "input";
}

/** Subtract or multiply by one number. */
export interface ScalarLayer extends Named {
	readonly kind: "scalar";
	readonly op: "Sub" | "Mul";
	readonly input: Layer;
	readonly value: number;
}

/** Weights `kernel × kernel × in × out`, or `kernel × kernel × channels × 1` when depthwise. */
export interface ConvLayer extends Named {
	readonly kind: "conv";
	readonly input: Layer;
	readonly depthwise: boolean;
	readonly kernel: Size;
	readonly stride: Size;
	readonly pad: Size;
	readonly weights: Float32Array;
	readonly bias: Float32Array;
	/** Right behind it: nothing, at least 0 (while its other half is still to come), or 0…6. */
	clamp: "none" | "lower" | "both";
}

export interface Size {
	readonly y: number;
	readonly x: number;
}

export interface AddLayer extends Named {
	readonly kind: "add";
	readonly inputs: readonly [Layer, Layer];
}

/** In the order of channels-last memory. */
export interface FlattenLayer extends Named {
	readonly kind: "flatten";
	readonly input: Layer;
}

/** Weights `in × out`. */
export interface DenseLayer extends Named {
	readonly kind: "dense";
	readonly input: Layer;
	readonly weights: Float32Array;
	readonly bias: Float32Array;
}

export type Layer = InputLayer | ScalarLayer | ConvLayer | AddLayer | FlattenLayer | DenseLayer;

/** MobileFace V2 needs 0.07 × 10⁹ multiplications; a net above this has no place at a door. */
export const MAX_WORK = 2e9;
/** Numbers of one value on its way through the net, for one chip. */
export const MAX_VALUES = 16_000_000;

/** How many numbers one value of this shape has. */
export const sizeOf = ({ height, width, channels }: LayerShape): number => height * width * channels;

/** Reads an MXNet `.params` file: named float arrays. Pure; nothing is believed before it has been counted against the bytes that are there. */
import { invalid } from "../../base/app-error.ts";
import { fail, type Result } from "../../base/result.ts";
import { refusable, refuse } from "./refused.ts";

/** Row-major floats of some shape. */
export interface FloatArray {
	readonly shape: readonly number[];
	readonly data: Float32Array;
}

export const PARAMS_MAX_BYTES = 64_000_000;
const MAX_ARRAYS = 4_096;
const MAX_DIMS = 6;
const MAX_NAME_BYTES = 256;

const LIST_MAGIC = 0x112;
/** V2 writes a storage type before the shape, V1 does not. */
const ARRAY_V2 = 0xf993fac9;
const ARRAY_V1 = 0xf993fac8;
const DENSE = 0;
const FLOAT32 = 0;

const damaged = (): never => refuse("packs.params_damaged");

/**
 * The arrays by name, without the `arg:` and `aux:` prefixes. Fails with `packs.params_too_big`, `packs.params_damaged`
 * (cut short, impossible sizes, names twice), `packs.params_kind` (not dense float32) or `packs.params_not_a_number`.
 * Takes as much memory again as the file is long, never more.
 */
export function readParams(bytes: Uint8Array): Result<ReadonlyMap<string, FloatArray>> {
	if (bytes.length > PARAMS_MAX_BYTES)
		return fail(invalid("packs.params_too_big", undefined, { max: PARAMS_MAX_BYTES / 1e6 }));
	return refusable(() => readAll(makeCursor(bytes)));
}

type Cursor = ReturnType<typeof makeCursor>;

function makeCursor(bytes: Uint8Array) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 0;
	const take = (length: number): number => {
		if (length > bytes.length - at) damaged();
		at += length;
		return at - length;
	};
	return {
		u32: () => view.getUint32(take(4), true),
		i32: () => view.getInt32(take(4), true),
		/** A count: anything above 2^53 is refused with the rest of the impossible. */
		count(max: number): number {
			const value = view.getBigInt64(take(8), true);
			if (value < 0n || value > BigInt(max)) damaged();
			return Number(value);
		},
		skip: (length: number) => void take(length),
		floats(length: number): Float32Array {
			const from = take(length * 4);
			const out = new Float32Array(length);
			new Uint8Array(out.buffer).set(bytes.subarray(from, from + length * 4));
			return out;
		},
		text(length: number): string {
			const from = take(length);
			return String.fromCharCode(...bytes.subarray(from, from + length));
		},
		left: () => bytes.length - at,
	};
}

function readAll(cursor: Cursor): Map<string, FloatArray> {
	if (cursor.count(Number.MAX_SAFE_INTEGER) !== LIST_MAGIC) damaged();
	cursor.skip(8);
	const count = cursor.count(MAX_ARRAYS);
	const arrays = Array.from({ length: count }, () => readArray(cursor));
	if (cursor.count(MAX_ARRAYS) !== count) damaged();
	const named = new Map<string, FloatArray>();
	for (const array of arrays) {
		const name = cursor.text(cursor.count(MAX_NAME_BYTES)).replace(/^(arg|aux):/, "");
		if (named.has(name)) damaged();
		named.set(name, array);
	}
	if (cursor.left() > 0) damaged();
	return named;
}

function readArray(cursor: Cursor): FloatArray {
	const magic = cursor.u32();
	if (magic !== ARRAY_V2 && magic !== ARRAY_V1) damaged();
	if (magic === ARRAY_V2 && cursor.i32() !== DENSE) refuse("packs.params_kind");
	const shape = readShape(cursor);
	cursor.skip(8);
	if (cursor.i32() !== FLOAT32) refuse("packs.params_kind");
	const data = cursor.floats(shape.reduce((product, dim) => product * dim, 1));
	if (!data.every(Number.isFinite)) refuse("packs.params_not_a_number");
	return { shape, data };
}

/** Dimensions whose product fits into what is left of the file. */
function readShape(cursor: Cursor): number[] {
	const dims = cursor.u32();
	if (dims < 1 || dims > MAX_DIMS) damaged();
	const shape: number[] = [];
	let product = 1;
	for (let i = 0; i < dims; i++) {
		const dim = cursor.count(PARAMS_MAX_BYTES);
		product *= dim;
		if (dim < 1 || product * 4 > cursor.left()) damaged();
		shape.push(dim);
	}
	return shape;
}

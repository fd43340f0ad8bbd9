/** SHA-256 and the RFC 6962 node hash. Synchronous; knows nothing of entries or storage. */
import { hash } from "node:crypto";

/** Length of every hash, root and salt of the ledger. */
export const HASH_BYTES = 32;

const NODE_PREFIX = 0x01;

/** SHA-256 of bytes, or of the UTF-8 form of a text. */
export const sha256 = (data: Uint8Array | string): Uint8Array => hash("sha256", data, "buffer");

const scratch = new Uint8Array(1 + 2 * HASH_BYTES);
scratch[0] = NODE_PREFIX;

/** SHA-256(0x01 ‖ left ‖ right). Throws when a child is not 32 bytes, which is a broken store. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
	if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
		throw new Error("a tree hash is not 32 bytes");
	scratch.set(left, 1);
	scratch.set(right, 1 + HASH_BYTES);
	return sha256(scratch);
}

/** True when both byte strings are equal. For public values only: not constant-time. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

/** RFC 6962 inclusion and consistency proofs: build them from stored nodes, check them from hashes alone. */
import { HASH_BYTES, nodeHash, sameBytes } from "./hash.ts";
import { EMPTY_ROOT, type GetNode, rangeHash } from "./tree.ts";

/** Claim that `leaf` stands at `seq` in the tree of `size` leaves with this `root`. */
export interface InclusionClaim {
	readonly leaf: Uint8Array;
	readonly seq: number;
	readonly size: number;
	readonly root: Uint8Array;
}

/** Claim that the tree of `oldSize` leaves is the beginning of the tree of `newSize` leaves. */
export interface ConsistencyClaim {
	readonly oldSize: number;
	readonly oldRoot: Uint8Array;
	readonly newSize: number;
	readonly newRoot: Uint8Array;
}

/** Largest power of two below n, for n ≥ 2: where RFC 6962 splits a tree. */
function splitPoint(n: number): number {
	let power = 1;
	while (power * 2 < n) power *= 2;
	return power;
}

/** Sibling hashes from the leaf up to the root. Throws unless 0 ≤ seq < size. */
export function inclusionProof(seq: number, size: number, getNode: GetNode): Uint8Array[] {
	if (!(seq >= 0 && seq < size)) throw new Error("no such leaf in the tree");
	const path: Uint8Array[] = [];
	let begin = 0;
	for (let count = size; count > 1; ) {
		const split = splitPoint(count);
		if (seq < begin + split) {
			path.push(rangeHash(begin + split, count - split, getNode));
			count = split;
		} else {
			path.push(rangeHash(begin, split, getNode));
			begin += split;
			count -= split;
		}
	}
	return path.reverse();
}

/** Proof that the first `oldSize` leaves did not change. Empty for size 0 and for equal sizes. */
export function consistencyProof(oldSize: number, newSize: number, getNode: GetNode): Uint8Array[] {
	if (!(oldSize >= 0 && oldSize <= newSize)) throw new Error("the older tree is larger than the newer one");
	if (oldSize === 0) return [];
	const path: Uint8Array[] = [];
	let begin = 0;
	let count = newSize;
	while (begin + count !== oldSize) {
		const split = splitPoint(count);
		if (oldSize <= begin + split) {
			path.push(rangeHash(begin + split, count - split, getNode));
			count = split;
		} else {
			path.push(rangeHash(begin, split, getNode));
			begin += split;
			count -= split;
		}
	}
	if (begin > 0) path.push(rangeHash(begin, count, getNode));
	return path.reverse();
}

/** Walks from a leaf position to the root and tells, for each proof hash, on which side it stands. */
class Walk {
	constructor(
		private at: number,
		private last: number,
	) {}

	/** Skips levels at which the older tree is complete. */
	skipComplete(): void {
		while (this.at % 2 === 1) this.up();
	}

	/** Side of the next proof hash; undefined when the root has been reached already. */
	next(): "left" | "right" | undefined {
		if (this.last === 0) return undefined;
		const isLeft = this.at % 2 === 1 || this.at === this.last;
		if (isLeft) while (this.at % 2 === 0 && this.at !== 0) this.up();
		this.up();
		return isLeft ? "left" : "right";
	}

	isAtRoot(): boolean {
		return this.last === 0;
	}

	private up(): void {
		this.at = Math.floor(this.at / 2);
		this.last = Math.floor(this.last / 2);
	}
}

const areHashes = (...hashes: readonly Uint8Array[]): boolean =>
	hashes.every((hash) => hash.length === HASH_BYTES);

/** RFC 9162 §2.1.3.2. False on any mismatch; never throws on foreign input. */
export function verifyInclusion(claim: InclusionClaim, path: readonly Uint8Array[]): boolean {
	const { leaf, seq, size, root } = claim;
	if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(size) || seq < 0 || seq >= size) return false;
	if (!areHashes(leaf, root, ...path)) return false;
	const walk = new Walk(seq, size - 1);
	let hash = leaf;
	for (const sibling of path) {
		const side = walk.next();
		if (!side) return false;
		hash = side === "left" ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
	}
	return walk.isAtRoot() && sameBytes(hash, root);
}

/** RFC 9162 §2.1.4.2, with the empty tree as the beginning of every tree. Never throws on foreign input. */
export function verifyConsistency(claim: ConsistencyClaim, path: readonly Uint8Array[]): boolean {
	const { oldSize, oldRoot, newSize, newRoot } = claim;
	if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize)) return false;
	if (oldSize < 0 || oldSize > newSize || !areHashes(oldRoot, newRoot, ...path)) return false;
	if (oldSize === newSize) return path.length === 0 && sameBytes(oldRoot, newRoot);
	if (oldSize === 0) return path.length === 0 && sameBytes(oldRoot, EMPTY_ROOT);
	const isPowerOfTwo = splitPoint(oldSize + 1) === oldSize;
	return foldsToBoth(claim, isPowerOfTwo ? [oldRoot, ...path] : path);
}

function foldsToBoth(claim: ConsistencyClaim, path: readonly Uint8Array[]): boolean {
	const [first, ...rest] = path;
	if (!first) return false;
	const walk = new Walk(claim.oldSize - 1, claim.newSize - 1);
	walk.skipComplete();
	let oldHash = first;
	let newHash = first;
	for (const hash of rest) {
		const side = walk.next();
		if (!side) return false;
		if (side === "left") oldHash = nodeHash(hash, oldHash);
		newHash = side === "left" ? nodeHash(hash, newHash) : nodeHash(newHash, hash);
	}
	return walk.isAtRoot() && sameBytes(oldHash, claim.oldRoot) && sameBytes(newHash, claim.newRoot);
}

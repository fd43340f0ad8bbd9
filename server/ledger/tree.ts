/**
 * The RFC 6962 hash tree over stored nodes. Node (level, index) is the root of the complete subtree over leaves
 * index·2^level … (index+1)·2^level − 1; level 0 is the leaf hashes themselves. Only complete subtrees are
 * stored, so a stored node never changes. Reads through a function; holds no store of its own.
 */
import { nodeHash, sha256 } from "./hash.ts";

export interface TreeNode {
	readonly level: number;
	readonly index: number;
	readonly hash: Uint8Array;
}

/** Reads one stored node; level 0 asks for a leaf hash. Undefined means the store is broken and throws here. */
export type GetNode = (level: number, index: number) => Uint8Array | undefined;

/** The right edge of a tree: roots of its largest complete subtrees, left to right. Grows in place. */
export interface Frontier {
	size: number;
	readonly peaks: Uint8Array[];
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256("");

function need(getNode: GetNode, level: number, index: number): Uint8Array {
	const hash = getNode(level, index);
	if (!hash) throw new Error(`the ledger has no node ${level}/${index}`);
	return hash;
}

/** Largest power of two that is ≤ n, for n ≥ 1. */
function highestPower(n: number): number {
	let power = 1;
	while (power * 2 <= n) power *= 2;
	return power;
}

function readPeaks(begin: number, count: number, getNode: GetNode): Uint8Array[] {
	const peaks: Uint8Array[] = [];
	let at = begin;
	for (let left = count; left > 0; ) {
		const width = highestPower(left);
		peaks.push(need(getNode, Math.log2(width), at / width));
		at += width;
		left -= width;
	}
	return peaks;
}

function foldPeaks(peaks: readonly Uint8Array[]): Uint8Array {
	let hash = peaks.at(-1) ?? EMPTY_ROOT;
	for (let i = peaks.length - 2; i >= 0; i--) hash = nodeHash(peaks[i]!, hash);
	return hash;
}

/**
 * Hash of the RFC 6962 subtree over `count` leaves from `begin`. At most log2(count) reads. `begin` must be a
 * multiple of the largest power of two ≤ count, as the subtrees of proofs are.
 */
export const rangeHash = (begin: number, count: number, getNode: GetNode): Uint8Array =>
	foldPeaks(readPeaks(begin, count, getNode));

/** Root of the tree over the first `size` leaves. At most log2(size) reads. */
export const rootHash = (size: number, getNode: GetNode): Uint8Array => rangeHash(0, size, getNode);

/** Opens the right edge of a stored tree for appending a batch: log2(size) reads now, none per leaf. */
export const openFrontier = (size: number, getNode: GetNode): Frontier => ({
	size,
	peaks: readPeaks(0, size, getNode),
});

/**
 * Appends one leaf and returns the nodes of level ≥ 1 that became complete, lowest first (one per append on
 * average). The leaf hash itself is level 0 and stays in the row of its entry.
 */
export function pushLeaf(frontier: Frontier, leaf: Uint8Array): TreeNode[] {
	const nodes: TreeNode[] = [];
	let hash = leaf;
	let index = frontier.size;
	for (let level = 1; index % 2 === 1; level++) {
		index = (index - 1) / 2;
		hash = nodeHash(frontier.peaks.pop()!, hash);
		nodes.push({ level, index, hash });
	}
	frontier.peaks.push(hash);
	frontier.size += 1;
	return nodes;
}

/** Root over everything pushed so far; what a checkpoint signs. */
export const frontierRoot = (frontier: Frontier): Uint8Array => foldPeaks(frontier.peaks);

/** Nodes of level ≥ 1 completed by appending one leaf to a stored tree of `size` leaves; see `pushLeaf`. */
export function appendLeaf(size: number, getNode: GetNode, leaf: Uint8Array): TreeNode[] {
	return pushLeaf(openFrontier(size, getNode), leaf);
}

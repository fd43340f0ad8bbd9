import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { toHex } from "../base/bytes.ts";
import { nodeHash, sha256 } from "./hash.ts";
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from "./proof.ts";
import {
	appendLeaf,
	EMPTY_ROOT,
	frontierRoot,
	type GetNode,
	openFrontier,
	pushLeaf,
	rootHash,
} from "./tree.ts";

const LEAVES = Array.from({ length: 200 }, (_, i) => sha256(`leaf ${i}`));

/** RFC 6962 §2.1 word for word. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
	if (leaves.length === 0) return sha256("");
	if (leaves.length === 1) return leaves[0]!;
	let split = 1;
	while (split * 2 < leaves.length) split *= 2;
	return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

/** A stored tree over the first `size` leaves. Refuses to overwrite a node, as the real store does. */
function storeOf(leaves: readonly Uint8Array[]): GetNode {
	const nodes = new Map<string, Uint8Array>();
	const getNode: GetNode = (level, index) => nodes.get(`${level}/${index}`);
	leaves.forEach((leaf, seq) => {
		const fresh = [{ level: 0, index: seq, hash: leaf }, ...appendLeaf(seq, getNode, leaf)];
		for (const { level, index, hash } of fresh) {
			expect(nodes.has(`${level}/${index}`)).toBe(false);
			nodes.set(`${level}/${index}`, hash);
		}
	});
	return getNode;
}

const STORE = storeOf(LEAVES);
const rootAt = (size: number): Uint8Array => naiveRoot(LEAVES.slice(0, size));
const size = fc.integer({ min: 1, max: LEAVES.length });

/** Every byte string of `hashes` with one bit flipped, one at a time. */
function* flipped(hashes: readonly Uint8Array[], bit: number): Generator<Uint8Array[]> {
	for (let at = 0; at < hashes.length; at++) {
		const copy = hashes.map((hash) => Uint8Array.from(hash));
		copy[at]![bit >> 3]! ^= 1 << (bit & 7);
		yield copy;
	}
}

describe("tree", () => {
	test("the root of nothing", () => {
		expect(toHex(EMPTY_ROOT)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
		expect(rootHash(0, () => undefined)).toEqual(EMPTY_ROOT);
	});

	test("stored and running roots equal the naive root for every size", () => {
		const frontier = openFrontier(0, STORE);
		for (let n = 0; n <= LEAVES.length; n++) {
			expect(toHex(frontierRoot(frontier))).toBe(toHex(rootAt(n)));
			expect(toHex(rootHash(n, STORE))).toBe(toHex(rootAt(n)));
			if (n < LEAVES.length) pushLeaf(frontier, LEAVES[n]!);
		}
	});

	test("a batch opened anywhere writes the nodes that single appends write", () => {
		fc.assert(
			fc.property(size, size, (a, b) => {
				const [from, to] = [Math.min(a, b), Math.max(a, b)];
				const frontier = openFrontier(from, STORE);
				for (const leaf of LEAVES.slice(from, to))
					for (const { level, index, hash } of pushLeaf(frontier, leaf))
						expect(toHex(hash)).toBe(toHex(STORE(level, index)!));
				expect(toHex(frontierRoot(frontier))).toBe(toHex(rootAt(to)));
			}),
		);
	});

	test("a million leaves are opened with few reads", () => {
		let reads = 0;
		const getNode: GetNode = () => {
			reads++;
			return EMPTY_ROOT;
		};
		openFrontier(1_048_575, getNode);
		expect(reads).toBe(20);
	});

	test("a hole in the store throws", () => {
		expect(() => rootHash(7, (level, index) => (level === 1 ? undefined : STORE(level, index)))).toThrow();
	});
});

describe("inclusion", () => {
	test("every leaf of every size is proven", () => {
		for (let n = 1; n <= 70; n++)
			for (let seq = 0; seq < n; seq++) {
				const claim = { leaf: LEAVES[seq]!, seq, size: n, root: rootAt(n) };
				expect(verifyInclusion(claim, inclusionProof(seq, n, STORE))).toBe(true);
			}
	});

	test("a flipped bit, another place, a longer or shorter path: all refused", () => {
		fc.assert(
			fc.property(size, fc.nat(), fc.integer({ min: 0, max: 255 }), (n, pick, bit) => {
				const seq = pick % n;
				const claim = { leaf: LEAVES[seq]!, seq, size: n, root: rootAt(n) };
				const path = inclusionProof(seq, n, STORE);
				expect(verifyInclusion(claim, path)).toBe(true);
				for (const bad of flipped(path, bit)) expect(verifyInclusion(claim, bad)).toBe(false);
				for (const [leaf, root] of flipped([claim.leaf, claim.root], bit) as Iterable<
					[Uint8Array, Uint8Array]
				>)
					expect(verifyInclusion({ ...claim, leaf, root }, path)).toBe(false);
				for (const other of [seq - 1, seq + 1, n, Number.NaN])
					expect(verifyInclusion({ ...claim, seq: other }, path)).toBe(false);
				expect(verifyInclusion(claim, [...path, EMPTY_ROOT])).toBe(false);
				expect(verifyInclusion(claim, path.slice(0, -1))).toBe(path.length === 0);
			}),
		);
	});

	test("no proof of a leaf that is not there", () => {
		expect(() => inclusionProof(5, 5, STORE)).toThrow();
	});
});

describe("consistency", () => {
	test("every pair of sizes is proven", () => {
		for (let n = 0; n <= 70; n++)
			for (let m = 0; m <= n; m++) {
				const claim = { oldSize: m, oldRoot: rootAt(m), newSize: n, newRoot: rootAt(n) };
				expect(verifyConsistency(claim, consistencyProof(m, n, STORE))).toBe(true);
			}
	});

	test("a flipped bit, another size, a longer or shorter path: all refused", () => {
		fc.assert(
			fc.property(size, size, fc.integer({ min: 0, max: 255 }), (a, b, bit) => {
				const [oldSize, newSize] = [Math.min(a, b), Math.max(a, b)];
				const claim = { oldSize, oldRoot: rootAt(oldSize), newSize, newRoot: rootAt(newSize) };
				const path = consistencyProof(oldSize, newSize, STORE);
				expect(verifyConsistency(claim, path)).toBe(true);
				for (const bad of flipped(path, bit)) expect(verifyConsistency(claim, bad)).toBe(false);
				for (const [oldRoot, newRoot] of flipped([claim.oldRoot, claim.newRoot], bit) as Iterable<
					[Uint8Array, Uint8Array]
				>)
					expect(verifyConsistency({ ...claim, oldRoot, newRoot }, path)).toBe(false);
				expect(verifyConsistency(claim, [...path, EMPTY_ROOT])).toBe(false);
				if (path.length > 0) expect(verifyConsistency(claim, path.slice(0, -1))).toBe(false);
				expect(verifyConsistency({ ...claim, oldSize: newSize + 1 }, path)).toBe(false);
			}),
		);
	});

	test("a rewritten past is not consistent", () => {
		const forged = LEAVES.map((leaf, seq) => (seq === 3 ? sha256("forged") : leaf));
		const store = storeOf(forged);
		const claim = { oldSize: 9, oldRoot: rootAt(9), newSize: 20, newRoot: naiveRoot(forged.slice(0, 20)) };
		expect(verifyConsistency(claim, consistencyProof(9, 20, store))).toBe(false);
		expect(verifyConsistency(claim, consistencyProof(9, 20, STORE))).toBe(false);
	});
});

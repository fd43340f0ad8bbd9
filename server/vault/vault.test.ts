import { expect, test } from "bun:test";
import { toHex, utf8 } from "../base/bytes.ts";
import { makeVault, type WrappedKeys } from "./vault.ts";

function memoryKeys(): WrappedKeys & { map: Map<string, Uint8Array> } {
	const map = new Map<string, Uint8Array>();
	return {
		map,
		read: (id) => map.get(id),
		write: (id, wrapped) => void map.set(id, wrapped),
		destroy: (id) => void map.delete(id),
	};
}
const root = new Uint8Array(32).fill(7);

test("a sealed value opens only with its person and context", () => {
	const vault = makeVault(root, memoryKeys());
	const sealed = vault.sealBio("a", "template|t1", utf8("face"));
	vault.sealBio("b", "template|t1", utf8("face"));
	expect(vault.openBio("a", "template|t1", sealed)).toEqual(utf8("face"));
	expect(() => vault.openBio("a", "template|t2", sealed)).toThrow();
	expect(() => vault.openBio("b", "template|t1", sealed)).toThrow();
});

test("one flipped bit is noticed", () => {
	const vault = makeVault(root, memoryKeys());
	const sealed = vault.sealHost("totp|1", utf8("seed"));
	for (let i = 0; i < sealed.length; i++) {
		const bent = sealed.slice();
		bent[i]! ^= 1;
		expect(() => vault.openHost("totp|1", bent)).toThrow();
	}
});

test("destroying the person's key erases even what a copy still holds", () => {
	const keys = memoryKeys();
	const vault = makeVault(root, keys);
	const copy = vault.sealBio("a", "photo|1", utf8("face"));
	vault.destroyBio("a");
	expect(vault.openBio("a", "photo|1", copy)).toBeUndefined();
	vault.sealBio("a", "photo|2", utf8("again"));
	expect(() => vault.openBio("a", "photo|1", copy)).toThrow();
});

test("the signing seed is the same after a restart and differs per epoch", () => {
	const seed = (epoch: number) => toHex(makeVault(root, memoryKeys()).signingSeed(epoch));
	expect(seed(1)).toBe(seed(1));
	expect(seed(1)).not.toBe(seed(2));
});

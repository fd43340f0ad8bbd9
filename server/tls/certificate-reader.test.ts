import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { START_MS } from "../../test/tls/tls-fixture.ts";
import { openAuthority } from "./authority.ts";
import { alternativeNames, permittedTrees } from "./certificate-reader.ts";
import { createAuthority } from "./issue-authority.ts";
import { issueLeaf } from "./issue-leaf.ts";
import { permittedFor } from "./name-constraints.ts";
import { certificateBlocks } from "./pem.ts";

const { certPem, keyPem } = await createAuthority("shop-pc-7", START_MS);
const authority = openAuthority(certPem, keyPem)!;

const leafFor = async (names: readonly string[]) => {
	const leaf = await issueLeaf(authority, names, START_MS);
	return new X509Certificate(certificateBlocks(leaf.chainPem)[0]!).raw;
};

test("reads back what the authority was limited to", () => {
	expect(permittedTrees(authority.der)).toEqual(permittedFor("shop-pc-7") as never);
});

test("reads every name as the operating system writes it, however many there are", async () => {
	const few = ["dianmao.local", "192.168.1.20", "::1", "fd12:3456::7", "2001:db8:1:0:1:1:1:1"];
	const many = Array.from({ length: 200 }, (_, i) => `door-${i}.local`);
	for (const names of [few, many]) expect(alternativeNames(await leafFor(names))).toEqual(names);
});

test("a certificate without the field has no such names", () => {
	expect(alternativeNames(authority.der)).toEqual([]);
});

test("damaged bytes are refused or read, never looped over", async () => {
	const der = await leafFor(["dianmao.local", "10.0.0.5"]);
	const damage = fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { maxLength: 4 });
	fc.assert(
		fc.property(damage, fc.nat(der.length), (bytes, cut) => {
			const broken = new Uint8Array(der);
			for (const [at, value] of bytes) broken[at] = value;
			try {
				expect(alternativeNames(broken.subarray(0, cut))).toBeArray();
			} catch (error) {
				expect(error).toBeInstanceOf(Error);
			}
		}),
	);
});

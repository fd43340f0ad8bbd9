import { expect, test } from "bun:test";
import { createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from "node:crypto";
import { toBase64Url } from "../../server/base/bytes.ts";
import { importBoxKey, seal } from "./seal.ts";

const box = generateKeyPairSync("ec", { namedCurve: "P-256" });
const boxSpki = toBase64Url(box.publicKey.export({ type: "spki", format: "der" }));

/** The box's side, written against the wire's words with another crypto library. */
function unseal(text: string): unknown {
	const bytes = Buffer.from(text, "base64");
	const point = bytes.subarray(0, 65);
	const publicKey = createPublicKey({
		key: {
			kty: "EC",
			crv: "P-256",
			x: point.subarray(1, 33).toString("base64url"),
			y: point.subarray(33).toString("base64url"),
		},
		format: "jwk",
	});
	const shared = diffieHellman({ privateKey: box.privateKey, publicKey });
	const key = Buffer.from(hkdfSync("sha256", shared, Buffer.alloc(0), "attqueue/v1", 32));
	const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(65, 77));
	decipher.setAuthTag(bytes.subarray(-16));
	const clear = Buffer.concat([decipher.update(bytes.subarray(77, -16)), decipher.final()]);
	return JSON.parse(clear.toString("utf8"));
}

test("the box opens what the kiosk sealed", async () => {
	const value = { request: { id: "x", pin: "123456" }, offsetMs: -12 };
	expect(unseal(await seal(await importBoxKey(boxSpki), value))).toEqual(value);
});

test("the same value never seals to the same text, and a changed byte is refused", async () => {
	const key = await importBoxKey(boxSpki);
	const [a, b] = [await seal(key, { n: 1 }), await seal(key, { n: 1 })];
	expect(a).not.toBe(b);
	const bytes = Buffer.from(a, "base64");
	bytes[80]! ^= 1;
	expect(() => unseal(bytes.toString("base64"))).toThrow();
});

test("a key that is not P-256 is refused", async () => {
	const other = generateKeyPairSync("ec", { namedCurve: "P-384" });
	const spki = toBase64Url(other.publicKey.export({ type: "spki", format: "der" }));
	expect(importBoxKey(spki)).rejects.toThrow();
});

/** Ed25519 keys of C2SP signed notes: signers from a seed, and the `vkey` text that names a public key. */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { type AppError, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { HASH_BYTES, sameBytes, sha256 } from "./hash.ts";

/** What a key signs: the checkpoints of its own log, or timestamped cosignatures of other logs (witness). */
export const KEY_KIND = { log: 0x01, witness: 0x04 } as const;
export type KeyKind = (typeof KEY_KIND)[keyof typeof KEY_KIND];

/** A public key that checks signatures; `name` is the log's origin or the witness's name. */
export interface Vkey {
	readonly name: string;
	readonly kind: KeyKind;
	/** First 4 bytes of SHA-256(name ‖ LF ‖ kind ‖ public key). */
	readonly keyId: Uint8Array;
	readonly publicKey: KeyObject;
}

/** A private key ready for use. `sign` gives the 64 raw bytes. */
export interface Signer {
	readonly name: string;
	readonly kind: KeyKind;
	readonly keyId: Uint8Array;
	/** The public key as text, to hand out and to pin. */
	readonly vkey: string;
	sign(message: Uint8Array): Uint8Array;
}

/** DER headers of RFC 8410 in front of the 32 raw bytes of an Ed25519 key. */
const PKCS8_HEADER = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_HEADER = Buffer.from("302a300506032b6570032100", "hex");

/** True for a name that C2SP notes allow: not empty, no space, no `+`, no control character. */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name);

function keyIdOf(name: string, typedKey: Uint8Array): Uint8Array {
	return sha256(Buffer.concat([Buffer.from(`${name}\n`), typedKey])).subarray(0, 4);
}

/** Makes the signer of a 32-byte secret seed. Throws on a bad name or seed. Do it once: parsing is slow. */
export function makeSigner(name: string, seed: Uint8Array, kind: KeyKind = KEY_KIND.log): Signer {
	if (!isKeyName(name)) throw new Error("the name of a signing key is malformed");
	if (seed.length !== HASH_BYTES) throw new Error("the seed of a signing key must be 32 bytes");
	const der = Buffer.concat([PKCS8_HEADER, seed]);
	const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
	const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
	const typedKey = Buffer.concat([Buffer.of(kind), spki.subarray(SPKI_HEADER.length)]);
	const keyId = keyIdOf(name, typedKey);
	const vkey = `${name}+${Buffer.from(keyId).toString("hex")}+${typedKey.toString("base64")}`;
	return { name, kind, keyId, vkey, sign: (message) => sign(null, message, privateKey) };
}

/** Reads `name+hex8+base64(kind ‖ key)` and checks that the id belongs to the key. Fails with `ledger.vkey_malformed`. */
export function parseVkey(text: string): Result<Vkey> {
	const malformed: Result<never, AppError> = fail(invalid("ledger.vkey_malformed", "vkey"));
	const [, name, idText, keyText] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
	if (name === undefined || idText === undefined || keyText === undefined || !isKeyName(name))
		return malformed;
	const typedKey = Buffer.from(keyText, "base64");
	const kind = Object.values(KEY_KIND).find((known) => known === typedKey[0]);
	if (kind === undefined || typedKey.length !== 1 + HASH_BYTES) return malformed;
	const keyId = keyIdOf(name, typedKey);
	if (!sameBytes(keyId, Buffer.from(idText, "hex"))) return malformed;
	const der = Buffer.concat([SPKI_HEADER, typedKey.subarray(1)]);
	return ok({ name, kind, keyId, publicKey: createPublicKey({ key: der, format: "der", type: "spki" }) });
}

/**
 * The key tree (root → purpose keys → one key per person) and everything sealed with it.
 * A person's biometric data is sealed under that person's own key; destroying the key erases all copies at once.
 */
import { createHmac } from "node:crypto";
import { type Bytes, utf8 } from "../base/bytes.ts";
import { deriveKey, open, seal } from "./aead.ts";

/** Where wrapped person keys live; see `db/person-key.ts`. */
export interface WrappedKeys {
	read(personId: string): Uint8Array | undefined;
	write(personId: string, wrapped: Uint8Array): void;
	destroy(personId: string): void;
}

/** For whoever reads a box without its people: nothing can be unsealed, nothing is made. */
export const NO_PERSON_KEYS: WrappedKeys = { read: () => undefined, write() {}, destroy() {} };

export interface Vault {
	/** Seals biometric bytes of a person; makes the person's key when there is none. */
	sealBio(personId: string, context: string, plain: Uint8Array): Bytes;
	/** Undefined when the person's key was destroyed. Throws on tampering. */
	openBio(personId: string, context: string, sealed: Uint8Array): Bytes | undefined;
	/** True while the person has a key. */
	hasBio(personId: string): boolean;
	/** Erases every biometric byte of the person by destroying the key. */
	destroyBio(personId: string): void;
	/** Secrets of the box itself (TOTP seeds, the queue key). */
	sealHost(context: string, plain: Uint8Array): Bytes;
	openHost(context: string, sealed: Uint8Array): Bytes;
	/** Keyed fingerprint for look-ups (card numbers) and peppers; 32 bytes. */
	hostMac(label: string, value: Uint8Array): Bytes;
	/** Seed of the Ed25519 key that signs the ledger of one epoch; 32 bytes. */
	signingSeed(epoch: number): Bytes;
}

export function makeVault(root: Uint8Array, keys: WrappedKeys): Vault {
	const kekBio = deriveKey(root, "dianmao/kek-bio/v1");
	const host = deriveKey(root, "dianmao/host/v1");
	const macKey = deriveKey(root, "dianmao/mac/v1");
	const unwrap = (personId: string): Bytes | undefined => {
		const wrapped = keys.read(personId);
		return wrapped && open(kekBio, wrapped, `person-key|bio|${personId}`);
	};
	const make = (personId: string): Bytes => {
		const key = crypto.getRandomValues(new Uint8Array(32)) as Bytes;
		keys.write(personId, seal(kekBio, key, `person-key|bio|${personId}`));
		return key;
	};
	return {
		sealBio: (personId, context, plain) =>
			seal(unwrap(personId) ?? make(personId), plain, `${personId}|${context}`),
		openBio(personId, context, sealed) {
			const key = unwrap(personId);
			return key && open(key, sealed, `${personId}|${context}`);
		},
		hasBio: (personId) => keys.read(personId) !== undefined,
		destroyBio: (personId) => keys.destroy(personId),
		sealHost: (context, plain) => seal(host, plain, context),
		openHost: (context, sealed) => open(host, sealed, context),
		hostMac: (label, value) =>
			new Uint8Array(
				createHmac("sha256", macKey)
					.update(utf8(`${label}\n`))
					.update(value)
					.digest(),
			) as Bytes,
		signingSeed: (epoch) => deriveKey(root, `dianmao/ledger-sign/v1/e${epoch}`),
	};
}

/** The box's P-256 key that kiosks seal their queue to: made once, kept sealed among the settings. */
import {
	createDecipheriv,
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	hkdfSync,
	type KeyObject,
} from "node:crypto";
import { readSetting, writeSetting } from "../../db/setting.ts";
import type { Store } from "../../db/store.ts";
import { invalid } from "../base/app-error.ts";
import { concatBytes, fromBase64, fromHex, fromUtf8, toBase64, toBase64Url, utf8 } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { QUEUE_SEAL_INFO } from "../protocol/kiosk.ts";
import type { Vault } from "../vault/vault.ts";

export interface BoxKey {
	/** SPKI, base64url: what kiosks seal to. */
	readonly publicKey: string;
	/** The text sealed in a queue entry. Fails with `kiosk.queue.unreadable`. */
	open(sealed: string): Result<string>;
}

const SETTING = "box.queue_key";

/** Reads the stored key or makes one. */
export async function loadBoxKey(store: Store, vault: Vault, nowMs: number): Promise<BoxKey> {
	const stored = readSetting<string>(store, SETTING);
	const key = stored
		? unsealKey(vault, stored)
		: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
	if (!stored) {
		const der = key.export({ format: "der", type: "pkcs8" });
		const sealed = toBase64(vault.sealHost(SETTING, der));
		await store.commit((tx) => writeSetting(tx, SETTING, sealed, nowMs));
	}
	const spki = createPublicKey(key).export({ format: "der", type: "spki" });
	return { publicKey: toBase64Url(spki), open: (sealed) => openEntry(key, sealed) };
}

function unsealKey(vault: Vault, stored: string): KeyObject {
	const der = Buffer.from(vault.openHost(SETTING, fromBase64(stored)));
	return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** DER header of an uncompressed P-256 point as SPKI (RFC 5480). */
const SPKI_P256 = fromHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
const POINT_BYTES = 65;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Point (65) ‖ IV (12) ‖ ciphertext ‖ tag (16); see `kiosk/device/seal.ts`. */
function openEntry(key: KeyObject, sealed: string): Result<string> {
	try {
		const bytes = fromBase64(sealed);
		const spki = Buffer.from(concatBytes(SPKI_P256, bytes.subarray(0, POINT_BYTES)));
		const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
		const shared = diffieHellman({ privateKey: key, publicKey });
		const secret = new Uint8Array(hkdfSync("sha256", shared, new Uint8Array(0), utf8(QUEUE_SEAL_INFO), 32));
		const body = bytes.subarray(POINT_BYTES + IV_BYTES, bytes.length - TAG_BYTES);
		const decipher = createDecipheriv(
			"aes-256-gcm",
			secret,
			bytes.subarray(POINT_BYTES, POINT_BYTES + IV_BYTES),
		);
		decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
		return ok(fromUtf8(Buffer.concat([decipher.update(body), decipher.final()])));
	} catch {
		return fail(invalid("kiosk.queue.unreadable"));
	}
}

/**
 * The root key of the box: 32 random bytes in `<data>/keys/root.key`, readable by the owner of the process alone.
 * A plain file gives no protection when the whole box is stolen; the readiness page says so.
 */
import {
	chmodSync,
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Bytes, fromHex, toHex } from "../base/bytes.ts";

export const rootKeyPath = (dataDir: string): string => join(dataDir, "keys", "root.key");

export const hasRootKey = (dataDir: string): boolean => existsSync(rootKeyPath(dataDir));

/** Reads the root key; throws when the file is damaged. */
export function readRootKey(dataDir: string): Bytes {
	const key = fromHex(readFileSync(rootKeyPath(dataDir), "utf8").trim());
	if (key.length !== 32) throw new Error("keys/root.key is damaged: 32 bytes of hex expected");
	return key;
}

/** Makes a new root key; throws when one exists, since replacing it would orphan everything sealed. */
export function createRootKey(dataDir: string): Bytes {
	const path = rootKeyPath(dataDir);
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	chmodSync(dirname(path), 0o700);
	if (existsSync(path)) throw new Error("keys/root.key exists already");
	const key = crypto.getRandomValues(new Uint8Array(32));
	// Under another name first: a power cut must not leave half a key behind.
	const file = openSync(`${path}.new`, "w", 0o600);
	writeSync(file, `${toHex(key)}\n`);
	fsyncSync(file);
	closeSync(file);
	renameSync(`${path}.new`, path);
	const folder = openSync(dirname(path), "r");
	fsyncSync(folder);
	closeSync(folder);
	return key;
}

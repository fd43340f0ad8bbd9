/** Ten one-time codes for the day the phone is lost. 120 random bits each, so a plain SHA-256 is enough to store them. */
import { createHash } from "node:crypto";
import { utf8 } from "../base/bytes.ts";

const COUNT = 10;
const LETTERS = 24;
/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ten new codes in groups of four, as `7Q2M-…`. */
export const drawRecoveryCodes = (): string[] => Array.from({ length: COUNT }, drawCode);

function drawCode(): string {
	const letters = [...crypto.getRandomValues(new Uint8Array(LETTERS))].map((byte) => ALPHABET[byte % 32]);
	return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** Case, spaces and dashes do not count, and look-alike letters are read as what was meant. */
export function hashRecoveryCode(code: string): Uint8Array {
	const plain = code
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, "")
		.replaceAll("O", "0")
		.replace(/[IL]/g, "1");
	return new Uint8Array(createHash("sha256").update(utf8(plain)).digest());
}

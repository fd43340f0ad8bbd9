/**
 * One entry of the evidence log, format `attlog/v1`: the five hashed lines, the salted commitment to the body
 * and the leaf hash. Does not choose salts, read clocks or store anything.
 */
import { HASH_BYTES, sha256 } from "./hash.ts";

/** Everything the log can record. A closed list: a new kind of act needs a new name here. */
export const LEAF_TYPES = [
	"punch",
	"correction",
	"request",
	"void",
	"enrol",
	"unenrol",
	"consent",
	"withdraw",
	"erase",
	"purge",
	"device-pair",
	"device-revoke",
	"role",
	"setting",
	"login",
	"login-fail",
	"export",
	"import",
	"backup",
	"restore",
	"clock",
	"boot",
	"key-rotate",
	"schedule-publish",
	"month-close",
	"anchor",
	"gap",
] as const;

export type LeafType = (typeof LEAF_TYPES)[number];

const KNOWN: ReadonlySet<string> = new Set(LEAF_TYPES);

export const isLeafType = (text: string): text is LeafType => KNOWN.has(text);

/** The fields that the leaf hash covers. `timeMs` is the box's receipt time, epoch UTC. */
export interface Entry {
	/** Position in the log, from 0 without gaps. */
	readonly seq: number;
	readonly type: LeafType;
	readonly timeMs: number;
	/** `commitBody` of the row's salt and body. Kept when both are erased, so the leaf stays provable. */
	readonly commitment: Uint8Array;
}

const COMMITMENT_PREFIX = 0x02;

/**
 * SHA-256(0x02 ‖ salt ‖ body). The salt is 32 fresh random bytes per row: without them a short body could be
 * guessed from its commitment after the erasure. Throws on any other salt length.
 */
export function commitBody(salt: Uint8Array, body: Uint8Array): Uint8Array {
	if (salt.length !== HASH_BYTES) throw new Error("the salt must be 32 bytes");
	const input = new Uint8Array(1 + HASH_BYTES + body.length);
	input[0] = COMMITMENT_PREFIX;
	input.set(salt, 1);
	input.set(body, 1 + HASH_BYTES);
	return sha256(input);
}

const LAST_YEAR_9999_MS = 253_402_300_799_999;

/** The `time` field: `YYYY-MM-DDThh:mm:ss.sssZ`. Throws outside the years 1970–9999 or on fractions of 1 ms. */
export function formatTime(timeMs: number): string {
	if (!Number.isSafeInteger(timeMs) || timeMs < 0 || timeMs > LAST_YEAR_9999_MS)
		throw new Error("the time of a ledger entry is out of range");
	return new Date(timeMs).toISOString();
}

/** The five lines that are hashed. Throws on a broken sequence number or commitment. */
export function entryText(entry: Entry): string {
	const { seq, type, timeMs, commitment } = entry;
	if (!Number.isSafeInteger(seq) || seq < 0) throw new Error("the sequence number is not a whole number");
	if (commitment.length !== HASH_BYTES) throw new Error("the commitment must be 32 bytes");
	const hex = Buffer.from(commitment.buffer, commitment.byteOffset, HASH_BYTES).toString("hex");
	return `attlog/v1\nseq ${seq}\ntype ${type}\ntime ${formatTime(timeMs)}\nbody ${hex}\n`;
}

/** SHA-256(0x00 ‖ entry), the RFC 6962 leaf hash. */
export const leafHash = (entry: Entry): Uint8Array => sha256(`\0${entryText(entry)}`);

/**
 * The time to seal after `previous` (undefined for the first leaf): never earlier than it, unless it is a `clock`
 * leaf. Verifiers call any other step back tampering, and two requests may well commit in the other order than
 * they came. A real jump of the clock therefore has to be sealed as a `clock` leaf first.
 */
export function sealTimeMs(previous: Pick<Entry, "type" | "timeMs"> | undefined, receivedMs: number): number {
	if (!previous || previous.type === "clock") return receivedMs;
	return Math.max(previous.timeMs, receivedMs);
}

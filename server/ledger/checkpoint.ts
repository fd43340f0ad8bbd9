/** The signed tree head (C2SP tlog-checkpoint without extension lines): origin, size, root. */
import { verify } from "node:crypto";
import { forbidden, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { HASH_BYTES } from "./hash.ts";
import { parseNote, signatureLine, signaturesBy } from "./note.ts";
import { isKeyName, KEY_KIND, type Signer, type Vkey } from "./vkey.ts";

/** What a checkpoint states: the log `origin` had exactly `size` leaves under `root`. */
export interface Checkpoint {
	readonly origin: string;
	readonly size: number;
	readonly root: Uint8Array;
}

/** The parts of an origin: `log` is `<box>/<site>`; the epoch rises by one at each declared restore. */
export interface Origin {
	readonly log: string;
	readonly epoch: number;
}

/** `<box>/<site>/e<epoch>`. Throws on a name that signed notes do not allow, or an epoch below 1. */
export function formatOrigin({ log, epoch }: Origin): string {
	if (!isKeyName(log) || !Number.isSafeInteger(epoch) || epoch < 1) throw new Error("malformed log origin");
	return `${log}/e${epoch}`;
}

/** Splits an origin. Fails with `ledger.origin_malformed`. */
export function parseOrigin(text: string): Result<Origin> {
	const [, log, epoch] = /^([^\s+]+)\/e([1-9]\d{0,8})$/.exec(text) ?? [];
	if (log === undefined || epoch === undefined || !isKeyName(log))
		return fail(invalid("ledger.origin_malformed"));
	return ok({ log, epoch: Number(epoch) });
}

/** The signed text, three lines. Throws on values that no checkpoint can have. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
	if (!isKeyName(origin)) throw new Error("malformed log origin");
	if (!Number.isSafeInteger(size) || size < 0) throw new Error("malformed tree size");
	if (root.length !== HASH_BYTES) throw new Error("a tree root must be 32 bytes");
	return `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
}

/** Reads the three lines of a checkpoint, strictly. Fails with `ledger.note_malformed`. Checks no signature. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
	const [, origin, sizeText, rootText] =
		/^([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? [];
	const root = Buffer.from(rootText ?? "", "base64");
	const size = Number(sizeText);
	if (origin === undefined || !isKeyName(origin) || !Number.isSafeInteger(size))
		return fail(invalid("ledger.note_malformed"));
	if (root.toString("base64") !== rootText) return fail(invalid("ledger.note_malformed"));
	return ok({ origin, size, root });
}

/** The signed note of a checkpoint, signed by the key of its own log (throws for any other signer). */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
	if (signer.name !== checkpoint.origin || signer.kind !== KEY_KIND.log)
		throw new Error("a checkpoint is signed by the key of its own log");
	const text = formatCheckpoint(checkpoint);
	return `${text}\n${signatureLine(signer.name, signer.keyId, signer.sign(Buffer.from(text)))}`;
}

/**
 * Opens a signed checkpoint with the known key of its log. Fails with `ledger.note_malformed`,
 * `ledger.signer_unknown` (not signed by this key) or `ledger.signature_wrong`.
 */
export function openCheckpoint(note: string, vkey: Vkey): Result<Checkpoint> {
	const parsed = parseNote(note);
	if (!parsed.ok) return parsed;
	const checkpoint = parseCheckpoint(parsed.value.text);
	if (!checkpoint.ok) return checkpoint;
	const lines = signaturesBy(parsed.value, vkey);
	if (checkpoint.value.origin !== vkey.name || vkey.kind !== KEY_KIND.log || lines.length === 0)
		return fail(forbidden("ledger.signer_unknown"));
	const text = Buffer.from(parsed.value.text);
	const areGenuine = lines.every(({ signature }) => isSignature(text, vkey, signature));
	return areGenuine ? checkpoint : fail(forbidden("ledger.signature_wrong"));
}

const isSignature = (text: Uint8Array, vkey: Vkey, signature: Uint8Array): boolean =>
	signature.length === 64 && verify(null, text, vkey.publicKey, signature);

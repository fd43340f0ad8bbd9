/**
 * Witness cosignatures (C2SP cosignature/v1, Ed25519): somebody else states having seen a checkpoint at a time.
 * Whether the witness checked consistency first is the witness's duty, not visible here.
 */
import { verify } from "node:crypto";
import { forbidden } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { parseNote, signatureLine, signaturesBy } from "./note.ts";
import { KEY_KIND, type Signer, type Vkey } from "./vkey.ts";

const TIME_BYTES = 8;
const COSIGNATURE_BYTES = TIME_BYTES + 64;

const message = (timeSec: bigint | number, text: string): Uint8Array =>
	Buffer.from(`cosignature/v1\ntime ${timeSec}\n${text}`);

/**
 * The note with the witness's line added. `timeSec` is POSIX seconds. Fails with `ledger.note_malformed`; throws
 * for a signer that is not a witness key.
 */
export function cosign(note: string, witness: Signer, timeSec: number): Result<string> {
	if (witness.kind !== KEY_KIND.witness) throw new Error("only a witness key makes cosignatures");
	const parsed = parseNote(note);
	if (!parsed.ok) return parsed;
	const time = Buffer.alloc(TIME_BYTES);
	time.writeBigUInt64BE(BigInt(timeSec));
	const signature = witness.sign(message(timeSec, parsed.value.text));
	return ok(note + signatureLine(witness.name, witness.keyId, Buffer.concat([time, signature])));
}

/**
 * POSIX seconds at which the witness saw the note. Fails with `ledger.note_malformed`, `ledger.signer_unknown`
 * (no line of this witness) or `ledger.signature_wrong`.
 */
export function openCosignature(note: string, witness: Vkey): Result<number> {
	const parsed = parseNote(note);
	if (!parsed.ok) return parsed;
	const [line] = signaturesBy(parsed.value, witness);
	if (!line || witness.kind !== KEY_KIND.witness) return fail(forbidden("ledger.signer_unknown"));
	if (line.signature.length !== COSIGNATURE_BYTES) return fail(forbidden("ledger.signature_wrong"));
	const timeSec = Buffer.from(line.signature).readBigUInt64BE(0);
	const text = message(timeSec, parsed.value.text);
	if (!verify(null, text, witness.publicKey, line.signature.subarray(TIME_BYTES)))
		return fail(forbidden("ledger.signature_wrong"));
	return ok(Number(timeSec));
}

/** C2SP signed notes: a text, a blank line, signature lines. Knows nothing of what the text says. */
import { invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { sameBytes } from "./hash.ts";
import type { Vkey } from "./vkey.ts";

export interface NoteSignature {
	readonly name: string;
	readonly keyId: Uint8Array;
	/** What follows the key id: 64 bytes of a log, 72 (time, signature) of a witness. */
	readonly signature: Uint8Array;
}

export interface Note {
	/** The signed text, including its last line feed. */
	readonly text: string;
	readonly signatures: readonly NoteSignature[];
}

/** More than any honest note carries (C2SP allows parsers to stop at 100). */
const MAX_SIGNATURES = 100;
const SIGNATURE_LINE =
	/^\u2014 ([^\s+\p{Cc}]+) ((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/u;

/** One line `— name base64(keyId ‖ signature)` with its line feed. */
export function signatureLine(name: string, keyId: Uint8Array, signature: Uint8Array): string {
	return `\u2014 ${name} ${Buffer.concat([keyId, signature]).toString("base64")}\n`;
}

/** Splits a note; checks form only, no signature. Fails with `ledger.note_malformed`. */
export function parseNote(note: string): Result<Note> {
	const malformed: Result<never> = fail(invalid("ledger.note_malformed"));
	const split = note.lastIndexOf("\n\n");
	if (split < 1 || !note.endsWith("\n") || hasControls(note) || !note.isWellFormed()) return malformed;
	const lines = note.slice(split + 2, -1).split("\n");
	if (lines.length > MAX_SIGNATURES) return malformed;
	const signatures: NoteSignature[] = [];
	for (const line of lines) {
		const [, name, blob] = SIGNATURE_LINE.exec(line) ?? [];
		if (name === undefined || blob === undefined) return malformed;
		const bytes = Buffer.from(blob, "base64");
		if (bytes.length < 5 || bytes.toString("base64") !== blob) return malformed;
		signatures.push({ name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) });
	}
	return ok({ text: note.slice(0, split + 1), signatures });
}

function hasControls(text: string): boolean {
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if ((code < 0x20 && code !== 0x0a) || code === 0x7f) return true;
	}
	return false;
}

/** The signature lines that claim to be by `vkey`; unknown signers are nobody's business. */
export const signaturesBy = (note: Note, vkey: Vkey): readonly NoteSignature[] =>
	note.signatures.filter((line) => line.name === vkey.name && sameBytes(line.keyId, vkey.keyId));

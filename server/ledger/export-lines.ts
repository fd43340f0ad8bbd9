/**
 * The portable file `attlog-export/v1`, one JSON object a line: a header, every leaf from seq 0, then (optionally)
 * stored nodes. Whoever holds it and the public key can check the log with `assets/verifier/verify.mjs`.
 */
import { type Entry, formatTime } from "./entry.ts";
import type { TreeNode } from "./tree.ts";

/** First line. `checkpoints` are signed notes; the newest must cover every leaf of the file. */
export interface ExportHeader {
	readonly origin: string;
	readonly vkey: string;
	readonly checkpoints: readonly string[];
}

/** A stored row. `salt` and `body` are both null after an erasure; the commitment always stays. */
export interface ExportLeaf extends Entry {
	readonly salt: Uint8Array | null;
	readonly body: Uint8Array | null;
	readonly leaf: Uint8Array;
}

const base64 = (bytes: Uint8Array | null): string | null =>
	bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");

export const exportHeaderLine = ({ origin, vkey, checkpoints }: ExportHeader): string =>
	`${JSON.stringify({ format: "attlog-export/v1", origin, vkey, checkpoints })}\n`;

/** A leaf line. An erased row carries its commitment instead, so that its leaf can still be recomputed. */
export function exportLeafLine(row: ExportLeaf): string {
	const { seq, type, salt, body, leaf } = row;
	const time = formatTime(row.timeMs);
	const line = { seq, type, time, salt: base64(salt), body: base64(body), leaf: base64(leaf) };
	return `${JSON.stringify(body ? line : { ...line, commitment: base64(row.commitment) })}\n`;
}

export const exportNodeLine = ({ level, index, hash }: TreeNode): string =>
	`${JSON.stringify({ level, index, hash: base64(hash) })}\n`;

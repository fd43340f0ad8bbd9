/** A small, complete evidence log for tests: rows of every rule-bearing type, sealed as the box seals them. */
import { utf8 } from "../../server/base/bytes.ts";
import { signCheckpoint } from "../../server/ledger/checkpoint.ts";
import { commitBody, type LeafType, leafHash } from "../../server/ledger/entry.ts";
import {
	type ExportLeaf,
	exportHeaderLine,
	exportLeafLine,
	exportNodeLine,
} from "../../server/ledger/export-lines.ts";
import { sha256 } from "../../server/ledger/hash.ts";
import { canonicalJson, type JsonValue } from "../../server/ledger/json.ts";
import { frontierRoot, openFrontier, pushLeaf, type TreeNode } from "../../server/ledger/tree.ts";
import { makeSigner, type Signer } from "../../server/ledger/vkey.ts";

/** A row before it is sealed. `atSec` counts from 2026-01-01T00:00:00Z. */
export interface Draft {
	readonly type: LeafType;
	readonly atSec: number;
	readonly body: JsonValue;
}

export interface SealedLog {
	readonly signer: Signer;
	readonly rows: readonly ExportLeaf[];
	readonly nodes: readonly TreeNode[];
	/** Signed notes at the sizes asked for. */
	readonly notes: readonly string[];
}

const SEED = new Uint8Array(32).fill(5);
export const signerOf = (origin: string, seed: Uint8Array = SEED): Signer => makeSigner(origin, seed);

export const saltOf = (seq: number): Uint8Array => sha256(`salt ${seq}`);

/** Seals one row. Salts are fixed, so that a test can rebuild any row. */
export function sealRow(seq: number, draft: Draft): ExportLeaf {
	const salt = saltOf(seq);
	const body = utf8(canonicalJson(draft.body));
	const timeMs = Date.UTC(2026, 0, 1, 0, 0, draft.atSec);
	const entry = { seq, type: draft.type, timeMs, commitment: commitBody(salt, body) };
	return { ...entry, salt, body, leaf: leafHash(entry) };
}

/** Seals all drafts and signs a checkpoint at each of `sizes`. */
export function sealLog(drafts: readonly Draft[], signer: Signer, sizes: readonly number[]): SealedLog {
	const rows = drafts.map((draft, seq) => sealRow(seq, draft));
	const frontier = openFrontier(0, () => undefined);
	const nodes: TreeNode[] = [];
	const notes: string[] = [];
	for (const { leaf } of rows) {
		nodes.push(...pushLeaf(frontier, leaf));
		const checkpoint = { origin: signer.name, size: frontier.size, root: frontierRoot(frontier) };
		if (sizes.includes(frontier.size)) notes.push(signCheckpoint(checkpoint, signer));
	}
	return { signer, rows, nodes, notes };
}

/** The same log after the erasure of these rows' bodies. */
export function eraseRows(log: SealedLog, seqs: readonly number[]): SealedLog {
	const rows = log.rows.map((row) => (seqs.includes(row.seq) ? { ...row, salt: null, body: null } : row));
	return { ...log, rows };
}

/** The export file of a log. */
export function exportText({ signer, rows, nodes, notes }: SealedLog): string {
	const header = exportHeaderLine({ origin: signer.name, vkey: signer.vkey, checkpoints: notes });
	return header + rows.map(exportLeafLine).join("") + nodes.map(exportNodeLine).join("");
}

export const ORIGIN = "attbox.example/test/e1";
/** Sizes at which the shop's log was sealed. */
export const SIZES = [8, 21, 40];
/** Rows that the erase leaf at seq 30 names. */
export const ERASED = [3, 9, 10, 11, 24];

const punch = (seq: number): Draft => ({
	type: "punch",
	atSec: seq * 60,
	body: { v: 1, emp: `e${seq % 4}`, how: "card", dev: "k1", src: "live" },
});

/** Forty rows: boot, punches, a correction, a clock leaf before a jump back, an erasure. */
export function shopDrafts(): Draft[] {
	const drafts = Array.from({ length: 40 }, (_, seq) => punch(seq));
	drafts[0] = { type: "boot", atSec: 0, body: { v: 1, version: "1.0.0" } };
	drafts[15] = { type: "correction", atSec: 900, body: { v: 1, ref: 12, reason: "forgot", who: "hr1" } };
	drafts[25] = { type: "clock", atSec: 1500, body: { v: 1, jumpMs: -600_000 } };
	for (let seq = 26; seq < 40; seq++) drafts[seq] = { ...drafts[seq]!, atSec: seq * 60 - 600 };
	drafts[30] = {
		type: "erase",
		atSec: 1200,
		body: {
			v: 1,
			ranges: [
				[3, 3],
				[9, 11],
				[24, 24],
			],
		},
	};
	return drafts;
}

/** The shop's log as an honest box exports it. */
export const shopLog = (): SealedLog => eraseRows(sealLog(shopDrafts(), signerOf(ORIGIN), SIZES), ERASED);

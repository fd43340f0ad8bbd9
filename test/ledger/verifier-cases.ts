/** What the verifier must say of honest logs and of everything a dishonest keeper can do to the file. */
import { must } from "../../server/base/result.ts";
import { cosign } from "../../server/ledger/cosignature.ts";
import { type ExportLeaf, exportLeafLine } from "../../server/ledger/export-lines.ts";
import { sha256 } from "../../server/ledger/hash.ts";
import { KEY_KIND, makeSigner } from "../../server/ledger/vkey.ts";
import type { VerifierOptions } from "./run-verifier.ts";
import {
	type Draft,
	eraseRows,
	exportText,
	ORIGIN,
	type SealedLog,
	SIZES,
	sealLog,
	sealRow,
	shopDrafts,
	shopLog,
	signerOf,
} from "./sample-log.ts";

export const SHOP = shopLog();
export const PIN: VerifierOptions = { vkey: SHOP.signer.vkey };

/** One line of the table: what was done, the resulting log, what the verifier must say. */
export interface Case {
	readonly what: string;
	readonly text: string;
	readonly code: string;
	readonly options?: VerifierOptions;
}

/** The export with one row edited as raw JSON, as a text editor would. */
function editRow(seq: number, edit: (row: Record<string, unknown>) => void): string {
	const lines = exportText(SHOP).split("\n");
	const row = JSON.parse(lines[seq + 1]!);
	edit(row);
	lines[seq + 1] = JSON.stringify(row);
	return lines.join("\n");
}

const withRows = (rows: readonly ExportLeaf[], log: SealedLog = SHOP): string => exportText({ ...log, rows });
const flipBit = (hash: Uint8Array): Uint8Array => hash.map((byte, i) => (i === 7 ? byte ^ 1 : byte));
const replaceRow = (seq: number, row: ExportLeaf): ExportLeaf[] => SHOP.rows.toSpliced(seq, 1, row);

const otherPunch: Draft = { type: "punch", atSec: 300, body: { v: 1, emp: "e3", how: "card", dev: "k1" } };
const rewritten = sealRow(5, otherPunch);
/** The keeper's second version of history, with row 5 changed, sealed by the same key. */
const forged = sealLog(shopDrafts().with(5, otherPunch), SHOP.signer, SIZES);
const [note8, note21, note40] = SHOP.notes as [string, string, string];
/** The newest checkpoint of the shop, over all forty rows. */
export const NEWEST = note40;
const resealed = (drafts: readonly Draft[], origin = ORIGIN): SealedLog =>
	sealLog(drafts, signerOf(origin), [drafts.length]);

const changedBody = Buffer.from('{"dev":"k1","emp":"e9","how":"card","src":"live","v":1}').toString("base64");
const swapped = SHOP.rows.with(6, SHOP.rows[7]!).with(7, SHOP.rows[6]!);
const renumbered = swapped.map((row, seq) => ({ ...row, seq }));
const editedNodes = SHOP.nodes.map((node) =>
	node.level === 2 && node.index === 3 ? { ...node, hash: flipBit(node.hash) } : node,
);

export const MUTATIONS: Case[] = [
	{
		what: "moved time",
		code: "TAMPERED(5)",
		text: withRows(replaceRow(5, { ...SHOP.rows[5]!, timeMs: SHOP.rows[5]!.timeMs + 1000 })),
	},
	{
		what: "moved time of an erased row",
		code: "TAMPERED(10)",
		text: withRows(replaceRow(10, { ...SHOP.rows[10]!, timeMs: SHOP.rows[10]!.timeMs + 1000 })),
	},
	{
		what: "changed person",
		code: "TAMPERED(5)",
		text: editRow(5, (row) => Object.assign(row, { body: changedBody })),
	},
	{
		what: "changed type",
		code: "TAMPERED(5)",
		text: editRow(5, (row) => Object.assign(row, { type: "void" })),
	},
	{
		what: "type as a list",
		code: "TAMPERED(15)",
		text: editRow(15, (row) => Object.assign(row, { type: ["correction"] })),
	},
	{ what: "row, salt and leaf rewritten", code: "TAMPERED(4)", text: withRows(replaceRow(5, rewritten)) },
	{
		what: "row, salt, leaf and nodes rewritten",
		code: "TAMPERED(0)",
		text: exportText({ ...forged, notes: SHOP.notes }),
	},
	{
		what: "late row rewritten, no nodes in the file",
		code: "TAMPERED(21)",
		text: exportText({
			...SHOP,
			rows: replaceRow(33, sealRow(33, { ...otherPunch, atSec: 1380 })),
			nodes: [],
		}),
	},
	{ what: "middle row deleted", code: "TAMPERED(6)", text: withRows(SHOP.rows.toSpliced(6, 1)) },
	{ what: "last three rows deleted", code: "TRUNCATED", text: withRows(SHOP.rows.slice(0, -3)) },
	{ what: "two rows swapped", code: "TAMPERED(6)", text: withRows(swapped) },
	{ what: "two rows swapped and renumbered", code: "TAMPERED(6)", text: withRows(renumbered) },
	{
		what: "leaf bit flipped",
		code: "TAMPERED(5)",
		text: withRows(replaceRow(5, { ...SHOP.rows[5]!, leaf: flipBit(SHOP.rows[5]!.leaf) })),
	},
	{
		what: "erased row, leaf replaced",
		code: "TAMPERED(10)",
		text: withRows(replaceRow(10, { ...SHOP.rows[10]!, leaf: sha256("x") })),
	},
	{
		what: "erased row, commitment and leaf replaced",
		code: "TAMPERED(10)",
		text: withRows(replaceRow(10, { ...sealRow(10, { ...otherPunch, atSec: 600 }), salt: null, body: null })),
	},
	{ what: "interior node edited", code: "TAMPERED(12)", text: exportText({ ...SHOP, nodes: editedNodes }) },
	{
		what: "node of no rows added",
		code: "TAMPERED(32)",
		text: exportText({ ...SHOP, nodes: [...SHOP.nodes, { level: 5, index: 1, hash: sha256("x") }] }),
	},
	{
		what: "fake row appended",
		code: "TAMPERED(40)",
		text: withRows([...SHOP.rows, sealRow(40, { ...otherPunch, atSec: 1800 })]),
	},
	{
		what: "body erased without an erase leaf",
		code: "TAMPERED(20)",
		text: exportText(eraseRows(SHOP, [20])),
	},
	{ what: "the erase leaf itself erased", code: "TAMPERED(3)", text: exportText(eraseRows(SHOP, [30])) },
	{
		what: "salt erased, body kept",
		code: "TAMPERED(20)",
		text: editRow(20, (row) => Object.assign(row, { salt: null })),
	},
	{
		what: "row that is not JSON",
		code: "TAMPERED(2)",
		text: exportText(SHOP).replace('{"seq":2,', '{"seq":2'),
	},
	{
		what: "row hidden behind the nodes",
		code: "TAMPERED(40)",
		text: exportText(SHOP) + exportLeafLine(sealRow(40, otherPunch)),
	},
];

export const SEALS: Case[] = [
	{
		what: "newest checkpoint swapped for one of a second history",
		code: "TAMPERED(21)",
		text: exportText({ ...SHOP, notes: [note8, note21, forged.notes[2]!] }),
	},
	{
		what: "older checkpoint swapped for one of a second history",
		code: "FORK",
		text: exportText({ ...SHOP, notes: [forged.notes[0]!, note21, note40] }),
	},
	{
		what: "two checkpoints of one size",
		code: "FORK",
		text: exportText({ ...SHOP, notes: [...SHOP.notes, forged.notes[2]!] }),
	},
	{
		what: "checkpoint of another log",
		code: "FORK",
		text: exportText({
			...SHOP,
			notes: [note8, sealLog(shopDrafts(), signerOf("elsewhere.example/x/e1"), [40]).notes[0]!],
		}),
	},
	{ what: "unsealed tail", code: "TAMPERED(21)", text: exportText({ ...SHOP, notes: [note8, note21] }) },
	{ what: "no checkpoint", code: "UNANCHORED", text: exportText({ ...SHOP, notes: [] }) },
	{
		what: "edited checkpoint",
		code: "UNANCHORED",
		text: exportText({ ...SHOP, notes: [note40.replace("\n40\n", "\n39\n")] }),
	},
	{
		what: "checkpoint with a control character",
		code: "UNANCHORED",
		text: exportText({ ...SHOP, notes: [note40.replace("\n40", "\n40\r")] }),
	},
	{
		what: "sealed by another key",
		code: "UNANCHORED",
		text: exportText(sealLog(shopDrafts(), makeSigner(ORIGIN, new Uint8Array(32).fill(6)), SIZES)),
	},
	{
		what: "second epoch shown instead of the first",
		code: "FORK",
		text: exportText(resealed(shopDrafts(), "attbox.example/test/e2")),
	},
	{
		what: "second epoch that does not begin with a restore",
		code: "FORK",
		options: { vkey: signerOf("attbox.example/test/e2").vkey },
		text: exportText(resealed(shopDrafts(), "attbox.example/test/e2")),
	},
	{
		what: "another origin than expected",
		code: "FORK",
		options: { ...PIN, origin: "attbox.example/test/e3" },
		text: exportText(SHOP),
	},
	{
		what: "everything rewritten and sealed again, seen by a holder of an old checkpoint",
		code: "FORK",
		options: { ...PIN, checkpoint: note21 },
		text: exportText(forged),
	},
	{
		what: "old copy, seen by a holder of a newer checkpoint",
		code: "TRUNCATED",
		options: { checkpoint: note40 },
		text: exportText({ ...SHOP, rows: SHOP.rows.slice(0, 21), nodes: [], notes: [note8, note21] }),
	},
	{ what: "empty file", code: "UNANCHORED", text: "" },
	{ what: "some other file", code: "UNANCHORED", text: '{"format":"else"}\n' },
];

const badOrder = shopDrafts().with(12, { ...otherPunch, atSec: 600 });
const badRef = shopDrafts().with(15, { type: "correction", atSec: 900, body: { v: 1, ref: 16 } });
const noClock = shopDrafts().with(25, { ...otherPunch, atSec: 1500 });

export const RULES: Case[] = [
	{
		what: "time going back without a clock leaf",
		code: "TAMPERED(12)",
		text: exportText(resealed(badOrder)),
	},
	{ what: "the jump back without its clock leaf", code: "TAMPERED(26)", text: exportText(resealed(noClock)) },
	{
		what: "a correction of a row that does not exist yet",
		code: "TAMPERED(15)",
		text: exportText(resealed(badRef)),
	},
];

const witness = makeSigner("accountant.example", new Uint8Array(32).fill(7), KEY_KIND.witness);
const cosigned = exportText({
	...SHOP,
	notes: [note8, note21, must(cosign(note40, witness, 1_767_225_600))],
});
const restored = shopDrafts().with(0, { type: "restore", atSec: 0, body: { v: 1, checkpoint: note40 } });
const second = resealed(restored, "attbox.example/test/e2");

export const HONEST: Case[] = [
	{ what: "the shop after a lawful erasure", code: "OK-REDACTED(5)", text: exportText(SHOP) },
	{ what: "the shop before it", code: "OK", text: exportText(sealLog(shopDrafts(), SHOP.signer, SIZES)) },
	{ what: "without stored nodes", code: "OK-REDACTED(5)", text: exportText({ ...SHOP, nodes: [] }) },
	{ what: "one row", code: "OK", text: exportText(resealed(shopDrafts().slice(0, 1))) },
	{
		what: "two thousand rows",
		code: "OK",
		text: exportText(resealed(Array.from({ length: 2000 }, (_, i) => ({ ...otherPunch, atSec: i })))),
	},
	{
		what: "held against an old checkpoint alone",
		code: "OK-REDACTED(5)",
		options: { checkpoint: note8 },
		text: exportText(SHOP),
	},
	{
		what: "held against a witness",
		code: "OK-REDACTED(5)",
		options: { witness: witness.vkey },
		text: cosigned,
	},
	{
		what: "missing the witness that is asked for",
		code: "UNANCHORED",
		options: { ...PIN, witness: witness.vkey },
		text: exportText(SHOP),
	},
	{ what: "held against nothing", code: "UNANCHORED", options: {}, text: exportText(SHOP) },
	{
		what: "a second epoch after a declared restore",
		code: "OK",
		options: { vkey: second.signer.vkey },
		text: exportText(second),
	},
];

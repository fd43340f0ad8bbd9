/** What the verifier must say when somebody edits, moves, drops or adds rows and nodes of the exported file. */
import { type ExportLeaf, exportLeafLine, exportNodeLine } from "../../server/ledger/export-lines.ts";
import { sha256 } from "../../server/ledger/hash.ts";
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

export const otherPunch: Draft = {
	type: "punch",
	atSec: 300,
	body: { v: 1, emp: "e3", how: "card", dev: "k1" },
};
const rewritten = sealRow(5, otherPunch);
/** The keeper's second version of history, with row 5 changed, sealed by the same key. */
export const forged = sealLog(shopDrafts().with(5, otherPunch), SHOP.signer, SIZES);
export const [note8, note21, note40] = SHOP.notes as [string, string, string];
export const resealed = (drafts: readonly Draft[], origin = ORIGIN): SealedLog =>
	sealLog(drafts, signerOf(origin), [drafts.length]);

const eagerErasure = shopDrafts().with(30, {
	type: "erase",
	atSec: 1200,
	body: { v: 1, ranges: [[33, 33]] },
});

/** The export with a foreign line put in at a line number (0 = header). */
const insertLine = (at: number, line: string): string =>
	exportText(SHOP).split("\n").toSpliced(at, 0, line.trimEnd()).join("\n");

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
	{
		what: "erase leaf that named a row before it was written",
		code: "TAMPERED(33)",
		text: exportText(eraseRows(resealed(eagerErasure), [33])),
	},
	{ what: "row after a node line", code: "TAMPERED(6)", text: insertLine(7, exportNodeLine(SHOP.nodes[0]!)) },
	{
		what: "node of an absurd level",
		code: "TAMPERED(40)",
		text: exportText({ ...SHOP, nodes: [{ level: 1e15, index: 0, hash: sha256("x") }] }),
	},
	{
		what: "body with a second base64 spelling",
		code: "TAMPERED(5)",
		text: editRow(5, (row) => Object.assign(row, { body: `${row.body} ` })),
	},
];

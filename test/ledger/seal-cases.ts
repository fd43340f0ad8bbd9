/** What the verifier must say of checkpoints, keys, epochs and witnesses, of the order rules, and of honest logs. */
import { must } from "../../server/base/result.ts";
import { cosign } from "../../server/ledger/cosignature.ts";
import { KEY_KIND, makeSigner } from "../../server/ledger/vkey.ts";
import { type Case, forged, note8, note21, note40, otherPunch, PIN, resealed, SHOP } from "./row-cases.ts";
import { exportText, ORIGIN, SIZES, sealLog, shopDrafts, signerOf } from "./sample-log.ts";

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
	{
		what: "header that names another log than its checkpoints",
		code: "FORK",
		text: exportText(SHOP).replace('"attbox.example/test/e1"', '"elsewhere.example/test/e1"'),
	},
	{
		what: "control character in the line of an unknown signer",
		code: "UNANCHORED",
		text: exportText({ ...SHOP, notes: [`${note40}\u2014 x\u0001 AAAAAAAA\n`] }),
	},
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

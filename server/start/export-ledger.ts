/**
 * `dianmao export-ledger`: the whole evidence log on standard output, for `assets/verifier/verify.mjs`.
 * Reads one snapshot; the box may run meanwhile. The first line names the public key, the last good checkpoint covers every leaf.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { latestCheckpoint, leavesFrom, nodesByLevel } from "../../db/ledger.ts";
import { readSnapshot } from "../../db/read-only.ts";
import type { Db } from "../../db/store.ts";
import type { Config } from "../config.ts";
import { exportHeaderLine, exportLeafLine, exportNodeLine } from "../ledger/export-lines.ts";
import { makeSigner } from "../ledger/vkey.ts";
import { readRootKey } from "../vault/root-key.ts";
import { makeVault, NO_PERSON_KEYS } from "../vault/vault.ts";
import { EPOCH, storedOrigin } from "./log-origin.ts";

const PAGE = 1_000;

export async function exportLedger({ dataDir }: Config): Promise<number> {
	const vault = makeVault(readRootKey(dataDir), NO_PERSON_KEYS);
	return readSnapshot(join(dataDir, "dianmao.db"), (db) => {
		const origin = storedOrigin(db);
		const latest = latestCheckpoint(db);
		if (!origin || !latest) return 1;
		const { vkey } = makeSigner(origin, vault.signingSeed(EPOCH));
		for (const line of exportLines(db, { origin, vkey, checkpoints: [latest.note] })) writeAll(line);
		return 0;
	});
}

/** Header, every leaf, every complete node. */
export function* exportLines(db: Db, header: Parameters<typeof exportHeaderLine>[0]): Generator<string> {
	yield exportHeaderLine(header);
	for (let from = 0; ; from += PAGE) {
		const page = leavesFrom(db, from, PAGE);
		for (const row of page) yield exportLeafLine({ ...row, timeMs: Date.parse(row.time) });
		if (page.length < PAGE) break;
	}
	for (const node of nodesByLevel(db)) yield exportNodeLine(node);
}

/** A pipe may take part of a line only. */
function writeAll(text: string): void {
	const bytes = Buffer.from(text);
	for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done);
}

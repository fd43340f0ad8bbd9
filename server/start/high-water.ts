/**
 * The newest signed checkpoint, kept beside the database. A database that has fewer leaves, or another history, is an older or
 * foreign copy: the start stops, because punches would vanish silently (TRUST §4.5).
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { latestCheckpoint, ledgerSize, nodeReader } from "../../db/ledger.ts";
import type { Db } from "../../db/store.ts";
import { type Checkpoint, openCheckpoint } from "../ledger/checkpoint.ts";
import { sameBytes } from "../ledger/hash.ts";
import { rootHash } from "../ledger/tree.ts";
import type { Vkey } from "../ledger/vkey.ts";
import { StartError } from "./start-error.ts";

/** Writes the newest checkpoint when it changed; atomic and durable. */
export function makeHighWater(path: string, db: Db): () => void {
	let written = existsSync(path) ? readFileSync(path, "utf8") : "";
	return () => {
		const note = latestCheckpoint(db)?.note;
		if (!note || note === written) return;
		const file = openSync(`${path}.new`, "w", 0o600);
		writeSync(file, note);
		fsyncSync(file);
		closeSync(file);
		renameSync(`${path}.new`, path);
		written = note;
	};
}

/** Throws `StartError` unless the database holds everything the high-water mark and its own last checkpoint state. */
export function checkHistory(path: string, db: Db, vkey: Vkey): void {
	const latest = latestCheckpoint(db);
	if (latest) checkAgainst(db, vkey, latest.note, "ledger_broken");
	if (ledgerSize(db) !== (latest?.size ?? 0)) throw new StartError("ledger_broken");
	if (existsSync(path)) checkAgainst(db, vkey, readFileSync(path, "utf8"), "rolled_back");
}

function checkAgainst(db: Db, vkey: Vkey, note: string, reason: "rolled_back" | "ledger_broken"): void {
	const opened = openCheckpoint(note, vkey);
	if (!opened.ok) throw new StartError(opened.error.code === "ledger.signer_unknown" ? "key_wrong" : reason);
	const { size, root }: Checkpoint = opened.value;
	const have = ledgerSize(db);
	if (have < size) throw new StartError(reason, { have, known: size });
	if (size > 0 && !sameBytes(rootHash(size, nodeReader(db)), root))
		throw new StartError(reason, { have, known: size });
}

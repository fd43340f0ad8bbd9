/**
 * The newest signed checkpoint, kept beside the database. A database that has fewer leaves, or another history, is an older or
 * foreign copy: the start stops, because punches would vanish silently (TRUST §4.5).
 * Kept twice: exact, written in place after each commit and before anybody is answered, without an fsync of its own; and
 * durable, replaced whole now and then. A killed program leaves the exact one right; a power cut may tear it, then the
 * durable one counts. Whoever may write to the folder can change both: this finds mishaps, not forgers.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { latestCheckpoint, ledgerSize, nodeReader } from "../../db/ledger.ts";
import type { Db } from "../../db/store.ts";
import { type Checkpoint, openCheckpoint } from "../ledger/checkpoint.ts";
import { sameBytes } from "../ledger/hash.ts";
import { rootHash } from "../ledger/tree.ts";
import type { Vkey } from "../ledger/vkey.ts";
import { StartError } from "./start-error.ts";

export interface HighWater {
	/** After each commit: notes the newest checkpoint. Never throws; the next `save` does instead. */
	note(): void;
	/** Writes the newest checkpoint when it changed; atomic and durable. Throws on a full or broken disk. */
	save(): void;
	close(): void;
}

/** One write of whole sectors, always the same ones: nothing to allocate on a full disk, and a kill cannot tear it. */
const SECTOR_BYTES = 512;

/** Where the exact mark lies, given the durable one's path. */
const exactPath = (path: string): string => `${path}-now`;

function padded(note: string): Buffer {
	const bytes = Buffer.from(note);
	const whole = Buffer.alloc(Math.ceil(bytes.length / SECTOR_BYTES) * SECTOR_BYTES);
	bytes.copy(whole);
	return whole;
}

export function makeHighWater(path: string, db: Db): HighWater {
	let written = existsSync(path) ? readFileSync(path, "utf8") : "";
	let noted = "";
	let fault: unknown;
	const exact = openSync(exactPath(path), existsSync(exactPath(path)) ? "r+" : "w+", 0o600);
	return {
		note() {
			try {
				const note = latestCheckpoint(db)?.note ?? "";
				if (note === noted) return;
				const bytes = padded(note);
				writeSync(exact, bytes, 0, bytes.length, 0);
				noted = note;
			} catch (error) {
				fault = error;
			}
		},
		save() {
			const note = latestCheckpoint(db)?.note;
			if (note && note !== written) {
				replace(path, note);
				written = note;
			}
			const known = fault;
			fault = undefined;
			if (known) throw known;
		},
		close: () => closeSync(exact),
	};
}

function replace(path: string, note: string): void {
	const file = openSync(`${path}.new`, "w", 0o600);
	try {
		writeSync(file, note);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	renameSync(`${path}.new`, path);
}

/** Throws `StartError` unless the database holds everything the high-water mark and its own last checkpoint state. */
export function checkHistory(path: string, db: Db, vkey: Vkey): void {
	const latest = latestCheckpoint(db);
	if (latest) checkAgainst(db, vkey, latest.note, "ledger_broken");
	if (ledgerSize(db) !== (latest?.size ?? 0)) throw new StartError("ledger_broken");
	if (existsSync(path)) checkAgainst(db, vkey, readFileSync(path, "utf8"), "rolled_back");
	const exact = readExact(path);
	// Torn by a power cut, or another key's: the durable mark has spoken already.
	if (exact !== undefined && openCheckpoint(exact, vkey).ok) checkAgainst(db, vkey, exact, "rolled_back");
}

const readExact = (path: string): string | undefined =>
	existsSync(exactPath(path)) ? readFileSync(exactPath(path), "utf8").replace(/\0+$/, "") : undefined;

function checkAgainst(db: Db, vkey: Vkey, note: string, reason: "rolled_back" | "ledger_broken"): void {
	const opened = openCheckpoint(note, vkey);
	if (!opened.ok) throw new StartError(opened.error.code === "ledger.signer_unknown" ? "key_wrong" : reason);
	const { size, root }: Checkpoint = opened.value;
	const have = ledgerSize(db);
	if (have < size) throw new StartError(reason, { have, known: size });
	if (size > 0 && !sameBytes(rootHash(size, nodeReader(db)), root))
		throw new StartError(reason, { have, known: size });
}

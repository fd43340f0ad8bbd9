/**
 * Looks at a data folder before anything is opened for writing: is everything there, does it belong together, is it the newest?
 * Reads only, so that a refused start leaves every file, the `-wal` included, as somebody put it.
 */
import { existsSync } from "node:fs";
import { ledgerSize } from "../../db/ledger.ts";
import { SCHEMA_VERSION } from "../../db/migrate.ts";
import { readSnapshot, schemaOf } from "../../db/read-only.ts";
import type { Db } from "../../db/store.ts";
import { must } from "../base/result.ts";
import { makeSigner, parseVkey } from "../ledger/vkey.ts";
import { hasRootKey, readRootKey } from "../vault/root-key.ts";
import { makeVault, NO_PERSON_KEYS } from "../vault/vault.ts";
import { type DataFolder, hasDatabase } from "./data-folder.ts";
import { checkHistory } from "./high-water.ts";
import { EPOCH, storedOrigin } from "./log-origin.ts";
import { StartError } from "./start-error.ts";

/** Throws `StartError` unless the folder is new or holds one box, whole and up to date. Hold the process lock. */
export function inspectFolder(folder: DataFolder): void {
	const isKnown = hasRootKey(folder.root) || existsSync(folder.highWater);
	const missing = () => new StartError("database_missing", { folder: folder.root });
	if (!hasDatabase(folder)) {
		if (isKnown) throw missing();
		return;
	}
	readSnapshot(folder.database, (db) => {
		const schema = schemaOf(db);
		if (schema > SCHEMA_VERSION) throw new StartError("newer_schema", { found: schema });
		// A blank file is a first start that was cut off, unless there are keys: then its -wal is missing.
		if (schema === 0 && isKnown) throw missing();
		if (schema > 0) inspectLedger(folder, db);
	});
}

function inspectLedger(folder: DataFolder, db: Db): void {
	if (!hasRootKey(folder.root)) {
		if (ledgerSize(db) > 0) throw new StartError("key_missing");
		return;
	}
	const origin = storedOrigin(db);
	if (!origin) return;
	const vault = makeVault(readRootKey(folder.root), NO_PERSON_KEYS);
	const { vkey } = makeSigner(origin, vault.signingSeed(EPOCH));
	checkHistory(folder.highWater, db, must(parseVkey(vkey)));
}

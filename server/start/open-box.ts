/** From a data folder to an open box: lock, database, keys, ledger, in the order that makes a crash at any point harmless. */

import { existsSync } from "node:fs";
import { ledgerSize } from "../../db/ledger.ts";
import { NewerSchemaError } from "../../db/migrate.ts";
import { openPersonKeys } from "../../db/person-key.ts";
import { type ProcessLock, takeProcessLock } from "../../db/process-lock.ts";
import { BlankDatabaseError, openStore, type Store } from "../../db/store.ts";
import { must } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import { makeSigner, parseVkey, type Signer } from "../ledger/vkey.ts";
import type { MachineProbe } from "../services/readiness.ts";
import { attachCheckpoints } from "../services/sealing.ts";
import { createRootKey, hasRootKey, readRootKey } from "../vault/root-key.ts";
import { makeVault, type Vault } from "../vault/vault.ts";
import { type Ballast, layBallast } from "./ballast.ts";
import { type DataFolder, hasDatabase, openDataFolder } from "./data-folder.ts";
import { checkHistory, makeHighWater } from "./high-water.ts";
import { EPOCH, loadOrigin } from "./log-origin.ts";
import { makeMachineProbe } from "./machine-probe.ts";
import { StartError } from "./start-error.ts";

export interface OpenBox {
	readonly folder: DataFolder;
	readonly store: Store;
	readonly vault: Vault;
	readonly signer: Signer;
	readonly ballast: Ballast;
	readonly machine: MachineProbe;
	/** Writes the high-water mark when the ledger grew. */
	readonly markHighWater: () => void;
	close(): void;
}

export interface OpenOptions {
	readonly dataDir: string;
	readonly demo: boolean;
	readonly clock: Clock;
	/** The disk answered with an I/O error: the caller ends the process. */
	readonly onBrokenDisk: (error: Error) => void;
}

/** Opens the box or throws `StartError`. Nothing is created where something is missing that should be there. */
export async function openBox(options: OpenOptions): Promise<OpenBox> {
	const folder = openDataFolder(options.dataDir, options.demo);
	const lock = takeProcessLock(folder.lock);
	if (!lock) throw new StartError("already_running", { folder: folder.root });
	try {
		return await openLocked(folder, lock, options);
	} catch (error) {
		lock.release();
		throw error;
	}
}

async function openLocked(folder: DataFolder, lock: ProcessLock, options: OpenOptions): Promise<OpenBox> {
	const isKnown = hasRootKey(folder.root) || existsSync(folder.highWater);
	if (isKnown && !hasDatabase(folder)) throw new StartError("database_missing", { folder: folder.root });
	const ballast = layBallast(folder.ballast);
	const store = openDatabase(folder, ballast, isKnown, options);
	if (!hasRootKey(folder.root) && ledgerSize(store) > 0) throw new StartError("key_missing");
	const root = hasRootKey(folder.root) ? readRootKey(folder.root) : createRootKey(folder.root);
	const keys = openPersonKeys(folder.personKeys);
	const vault = makeVault(root, keys);
	const signer = makeSigner(await loadOrigin(store, options.clock.nowMs()), vault.signingSeed(EPOCH));
	checkHistory(folder.highWater, store, must(parseVkey(signer.vkey)));
	attachCheckpoints(store, signer, options.clock);
	const markHighWater = makeHighWater(folder.highWater, store);
	const close = () => {
		markHighWater();
		store.close();
		keys.close();
		lock.release();
	};
	const machine = makeMachineProbe(folder.root, store, options.clock);
	return { folder, store, vault, signer, ballast, machine, markHighWater, close };
}

function openDatabase(
	folder: DataFolder,
	ballast: Ballast,
	isKnown: boolean,
	{ onBrokenDisk }: OpenOptions,
): Store {
	try {
		return openStore({ path: folder.database, releaseBallast: ballast.release, isKnown, onBrokenDisk });
	} catch (error) {
		if (error instanceof BlankDatabaseError)
			throw new StartError("database_missing", { folder: folder.root });
		if (error instanceof NewerSchemaError) throw new StartError("newer_schema", { found: error.found });
		throw error;
	}
}

/** From a data folder to an open box: lock, database, keys, ledger, in the order that makes a crash at any point harmless. */
import { openPersonKeys } from "../../db/person-key.ts";
import { type ProcessLock, takeProcessLock } from "../../db/process-lock.ts";
import { openStore, type Store } from "../../db/store.ts";
import type { Clock } from "../base/units.ts";
import { makeSigner, type Signer } from "../ledger/vkey.ts";
import type { MachineProbe } from "../services/readiness.ts";
import { attachCheckpoints } from "../services/sealing.ts";
import { createRootKey, hasRootKey, readRootKey } from "../vault/root-key.ts";
import { makeVault, type Vault } from "../vault/vault.ts";
import { type Ballast, freeBytesOf, layBallast } from "./ballast.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { makeHighWater } from "./high-water.ts";
import { inspectFolder } from "./inspect-folder.ts";
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
	/** Makes the high-water mark durable when the ledger grew. */
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
	inspectFolder(folder);
	const ballast = layBallast(folder.ballast, { monoMs: options.clock.monoMs, freeBytes: freeBytesOf });
	const path = folder.database;
	const store = openStore({ path, releaseBallast: ballast.release, onBrokenDisk: options.onBrokenDisk });
	const root = hasRootKey(folder.root) ? readRootKey(folder.root) : createRootKey(folder.root);
	const keys = openPersonKeys(folder.personKeys);
	const vault = makeVault(root, keys);
	const signer = makeSigner(await loadOrigin(store, options.clock.nowMs()), vault.signingSeed(EPOCH));
	attachCheckpoints(store, signer, options.clock);
	const highWater = makeHighWater(folder.highWater, store);
	store.afterCommit(highWater.note);
	const close = () => {
		highWater.save();
		highWater.close();
		store.close();
		keys.close();
		lock.release();
	};
	const machine = makeMachineProbe(folder.root, store, options.clock);
	return { folder, store, vault, signer, ballast, machine, markHighWater: highWater.save, close };
}

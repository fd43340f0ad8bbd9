/** Holds a data folder against what its kiosks were told: every acknowledged punch is there, once, and the ledger verifies. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { latestCheckpoint } from "../../db/ledger.ts";
import { readSnapshot } from "../../db/read-only.ts";
import { makeSigner } from "../../server/ledger/vkey.ts";
import { exportLines } from "../../server/start/export-ledger.ts";
import { EPOCH, storedOrigin } from "../../server/start/log-origin.ts";
import { readRootKey } from "../../server/vault/root-key.ts";
import { makeVault, NO_PERSON_KEYS } from "../../server/vault/vault.ts";
import { VERIFIER } from "../ledger/run-verifier.ts";
import { PROGRAM } from "./box-process.ts";
import type { PunchLoad } from "./punch-load.ts";

export interface Stored {
	readonly punches: number;
	/** Acknowledged punches that are not stored, or stored under another sequence number. */
	readonly lost: readonly string[];
}

const database = (dataDir: string): string => join(dataDir, "dianmao.db");

/** Looks up the punches acknowledged since position `from`. The box may run meanwhile. */
export function findStored(dataDir: string, { acked, ackedIds }: PunchLoad, from = 0): Stored {
	const ids = ackedIds.slice(from);
	return readSnapshot(database(dataDir), ({ sqlite }) => {
		const find = sqlite.query("SELECT seq FROM punch WHERE id = ?");
		const lost = ids.filter((id) => (find.get(id) as { seq: number } | null)?.seq !== acked.get(id));
		const { n } = sqlite.query("SELECT count(*) AS n FROM punch").get() as { n: number };
		return { punches: n, lost };
	});
}

/** The verdict of the shipped verifier, run as a process of its own, with the key named from outside: `OK` when all is well. */
export async function verdictOf(dataDir: string): Promise<string> {
	const { lines, vkey } = exportOf(dataDir);
	return runVerify(lines, vkey);
}

/** The same through the program's own `export-ledger` command. */
export async function verdictOfCommand(dataDir: string): Promise<string> {
	const run = Bun.spawn([...PROGRAM, "export-ledger", "--data", dataDir], { stdout: "pipe", stderr: "pipe" });
	const text = await new Response(run.stdout).text();
	if ((await run.exited) !== 0) return `export-ledger failed: ${await new Response(run.stderr).text()}`;
	return runVerify(text, exportOf(dataDir).vkey);
}

async function runVerify(text: string, vkey: string): Promise<string> {
	const child = Bun.spawn([process.execPath, VERIFIER, "--vkey", vkey], {
		stdio: [Buffer.from(text), "pipe", "pipe"],
	});
	const [verdict, reason] = await Promise.all([
		new Response(child.stdout).text(),
		new Response(child.stderr).text(),
	]);
	return (await child.exited) === 0 ? verdict.trim() : `${verdict.trim()} ${reason.trim()}`;
}

function exportOf(dataDir: string): { lines: string; vkey: string } {
	const vault = makeVault(readRootKey(dataDir), NO_PERSON_KEYS);
	return readSnapshot(database(dataDir), (db) => {
		const origin = storedOrigin(db)!;
		const { vkey } = makeSigner(origin, vault.signingSeed(EPOCH));
		const checkpoints = [latestCheckpoint(db)!.note];
		return { lines: [...exportLines(db, { origin, vkey, checkpoints })].join(""), vkey };
	});
}

/** SQLite's own look at the file; `ok` when its pages are sound. */
export const integrityOf = (dataDir: string): string =>
	readSnapshot(database(dataDir), ({ sqlite }) => {
		const row = sqlite.query("PRAGMA integrity_check").get() as { integrity_check: string };
		return row.integrity_check;
	});

/** Fingerprint of a file, to show that a refused start left it alone. */
export const fingerprint = async (path: string): Promise<string> =>
	createHash("sha256")
		.update(await Bun.file(path).bytes())
		.digest("hex");

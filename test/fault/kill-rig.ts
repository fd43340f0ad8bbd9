/**
 * Kills the box at random moments while kiosks punch, starts it again and holds it to its word: what was acknowledged is
 * stored, once, and the ledger verifies. SIGKILL is blind to what the disk forgets; `power-cut.soak.ts` is not.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findStored, verdictOf, verdictOfCommand } from "../support/box-audit.ts";
import { type BoxProcess, freePort, startBox } from "../support/box-process.ts";
import { type PunchLoad, startLoad } from "../support/punch-load.ts";
import { seedBox } from "../support/seeded-box.ts";

export interface KillPlan {
	readonly kills: number;
	readonly kiosks: number;
	/** A kill comes at a random moment up to this after the first acknowledged punch. */
	readonly lifeMs: number;
	/** Says how it goes, now and then. */
	readonly tell?: (line: string) => void;
}

export interface KillReport {
	readonly kills: number;
	readonly acked: number;
	readonly tried: number;
	readonly stored: number;
	readonly retries: number;
	/** From the spawn to the first HTTPS answer, one for each start. */
	readonly restartMs: readonly number[];
	/** Everything that must not happen, in words. Empty when all is well. */
	readonly breaks: readonly string[];
}

/** One data folder, `kills` kills. */
export async function runKills(plan: KillPlan): Promise<KillReport> {
	const dataDir = mkdtempSync(join(tmpdir(), "dianmao-kill-"));
	try {
		const seeded = await seedBox(dataDir, { kiosks: plan.kiosks, extras: 300 });
		const ports = { httpsPort: freePort(), httpPort: freePort() };
		const url = `https://127.0.0.1:${ports.httpsPort}`;
		const load = startLoad({ url, seeded, pauseMs: 20 });
		const restartMs: number[] = [];
		const breaks: string[] = [];
		const start = async (): Promise<BoxProcess> => {
			const box = await startBox({ dataDir, ...ports });
			restartMs.push(box.readyMs);
			return box;
		};
		let box = await start();
		let checked = 0;
		for (let kill = 1; kill <= plan.kills; kill++) {
			await waitForAck(load, performance.now());
			await Bun.sleep(Math.random() * plan.lifeMs);
			await box.kill();
			box = await start();
			const known = load.ackedIds.length;
			breaks.push(...(await breaksOf(dataDir, load, checked, kill)));
			checked = known;
			if (kill % 50 === 0) plan.tell?.(`${kill} kills, ${known} punches acknowledged`);
		}
		await load.stop();
		const command = await verdictOfCommand(dataDir);
		if (command !== "OK") breaks.push(`at the end export-ledger: ${command}`);
		breaks.push(...load.faults);
		const { punches: stored, lost } = findStored(dataDir, load);
		if (lost.length > 0) breaks.push(`at the end ${lost.length} acknowledged punches are missing`);
		if (stored !== load.tried) breaks.push(`${load.tried} punches were made, ${stored} are stored`);
		await box.kill("SIGTERM");
		const { tried, retries, ackedIds } = load;
		return { kills: plan.kills, acked: ackedIds.length, tried, stored, retries, restartMs, breaks };
	} finally {
		rmSync(dataDir, { recursive: true });
	}
}

async function breaksOf(dataDir: string, load: PunchLoad, from: number, kill: number): Promise<string[]> {
	const { punches, lost } = findStored(dataDir, load, from);
	const verdict = await verdictOf(dataDir);
	return [
		...(lost.length > 0 ? [`kill ${kill}: lost ${lost.join(", ")}`] : []),
		...(punches > load.tried ? [`kill ${kill}: ${punches} stored of ${load.tried} made`] : []),
		...(verdict === "OK" ? [] : [`kill ${kill}: ${verdict}`]),
	];
}

const PATIENCE_MS = 20_000;

/** Resolves when a punch has been acknowledged after `sinceMs`. */
export async function waitForAck(load: PunchLoad, sinceMs: number): Promise<void> {
	while (load.lastAckMs <= sinceMs) {
		if (performance.now() - sinceMs > PATIENCE_MS)
			throw new Error(`no punch acknowledged for ${PATIENCE_MS} ms: ${load.faults.slice(0, 3).join("; ")}`);
		await Bun.sleep(5);
	}
}

/** Smallest value that at least `share` of the values reach. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

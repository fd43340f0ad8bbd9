/**
 * Pulls the plug of a loop disk under a box that takes punches (TRUST F1), and within its very first second (F3).
 * `--cuts=N` and `--first=N` change the numbers; `DIANMAO_PROGRAM` names a binary. Needs root.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findStored, integrityOf, verdictOf } from "../support/box-audit.ts";
import { type BoxDidNotStart, freePort, startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { seedBox } from "../support/seeded-box.ts";
import { buildFailingDisk, withFault } from "./failing-disk.ts";
import { quantile, waitForAck } from "./kill-rig.ts";
import { type LoopDisk, makeLoopDisk, whyNoLoopDisk } from "./loop-disk.ts";

const flag = (name: string, fallback: number): number =>
	Number(process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1] ?? fallback);

/** `--lying-disk`: every sync succeeds without syncing. The rig must then find losses, or it proves nothing. */
const shim = process.argv.includes("--lying-disk") ? buildFailingDisk() : undefined;
const env = shim && "path" in shim ? withFault(shim.path, { call: "lie" }) : {};

const KIOSKS = 8;
/** TRUST F1: ready this soon after the power is back. */
const READY_MS = 10_000;
const breaks: string[] = [];
const startMs: number[] = [];

async function cutUnderLoad(disk: LoopDisk, cuts: number): Promise<{ acked: number; unacked: number }> {
	const dataDir = join(disk.folder, "data");
	const seeded = await seedBox(dataDir, { kiosks: KIOSKS, extras: 300 });
	const ports = { httpsPort: freePort(), httpPort: freePort() };
	let powered = true;
	const url = `https://127.0.0.1:${ports.httpsPort}`;
	const load = startLoad({ url, seeded, pauseMs: 10, isPowered: () => powered });
	let box = await startBox({ dataDir, ...ports, env });
	let checked = 0;
	let unacked = 0;
	for (let cut = 1; cut <= cuts; cut++) {
		await waitForAck(load, performance.now());
		await Bun.sleep(Math.random() * 600);
		// A plug takes disk, network and processor at the same instant; here they go one after another, so the network goes first.
		powered = false;
		disk.cut();
		await box.kill();
		powered = true;
		const known = load.ackedIds.length;
		await disk.replug();
		const found = findStored(dataDir, load, checked);
		unacked += found.punches - known;
		if (found.lost.length > 0) breaks.push(`cut ${cut}: lost ${found.lost.join(", ")}`);
		if (found.punches - known > KIOSKS)
			breaks.push(`cut ${cut}: ${found.punches - known} stored but not acknowledged`);
		checked = known;
		box = await startBox({ dataDir, ...ports, env });
		startMs.push(box.readyMs);
		const verdict = await verdictOf(dataDir);
		if (verdict !== "OK") breaks.push(`cut ${cut}: ${verdict}`);
		const integrity = integrityOf(dataDir);
		if (integrity !== "ok") breaks.push(`cut ${cut}: integrity ${integrity}`);
	}
	await load.stop();
	breaks.push(...load.faults);
	const { punches } = findStored(dataDir, load);
	if (punches !== load.tried) breaks.push(`${load.tried} punches were made, ${punches} are stored`);
	await box.kill("SIGTERM");
	return { acked: load.ackedIds.length, unacked };
}

/** The plug goes while the box makes its first files; afterwards it must start as new, or as what it had become. */
async function cutAtBirth(disk: LoopDisk, round: number): Promise<void> {
	const dataDir = join(disk.folder, `young-${round}`);
	mkdirSync(dataDir);
	const born = startBox({ dataDir }).catch((error: BoxDidNotStart) => error);
	await Bun.sleep(Math.random() * 1_000);
	disk.cut();
	const box = await born;
	if (!(box instanceof Error)) await box.kill();
	await disk.replug();
	mkdirSync(dataDir, { recursive: true });
	const again = await startBox({ dataDir }).catch((error: BoxDidNotStart) => error);
	if (again instanceof Error) {
		breaks.push(`first start ${round}: ${again.message}`);
		return;
	}
	startMs.push(again.readyMs);
	const verdict = await verdictOf(dataDir);
	if (verdict !== "OK") breaks.push(`first start ${round}: ${verdict}`);
	await again.kill("SIGTERM");
	rmSync(dataDir, { recursive: true });
}

const why = whyNoLoopDisk();
if (why) {
	console.log(`!! SKIPPED: no power can be cut here, ${why}`);
	process.exit(0);
}
const disk = await makeLoopDisk(512);
try {
	const cuts = flag("cuts", 50);
	const { acked, unacked } = await cutUnderLoad(disk, cuts);
	console.log(`${cuts} cuts under load: ${acked} acknowledged, ${unacked} stored without an answer`);
	const first = flag("first", 20);
	for (let round = 1; round <= first; round++) await cutAtBirth(disk, round);
	console.log(`${first} cuts within the first second`);
} finally {
	await disk.remove();
}
const slowest = quantile(startMs, 1);
console.log(
	`ready ms after the power is back: median ${quantile(startMs, 0.5).toFixed(0)}, longest ${slowest.toFixed(0)}`,
);
for (const line of breaks) console.log(`BREAK ${line}`);
process.exit(breaks.length > 0 || slowest > READY_MS ? 1 : 0);

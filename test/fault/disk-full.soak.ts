/**
 * A disk that fills up under the box (TRUST F6): photos stop first, the ballast goes, at least 10,000 punches still come in, and
 * when nothing fits any more the box says so, loses nothing it acknowledged, and goes on by itself once there is room. Needs root.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { findStored, integrityOf, verdictOf } from "../support/box-audit.ts";
import { freePort, startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { seedBox } from "../support/seeded-box.ts";
import { waitForAck } from "./kill-rig.ts";
import { makeLoopDisk, whyNoLoopDisk } from "./loop-disk.ts";

const DISK_MIB = 420;
const WANTED = 10_000;
const PATIENCE_MS = 180_000;
const breaks: string[] = [];

const freeBytes = (folder: string): number => {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
};

/** Writes until nothing fits. */
function fill(path: string): void {
	const file = openSync(path, "w");
	try {
		for (let size = 1 << 20; size >= 4_096; ) {
			try {
				writeSync(file, new Uint8Array(size));
			} catch {
				size /= 2;
			}
		}
		fsyncSync(file);
	} catch {
		// The last block may not fit either.
	} finally {
		closeSync(file);
	}
}

const why = whyNoLoopDisk();
if (why) {
	console.log(`!! SKIPPED: no small disk can be made here, ${why}`);
	process.exit(0);
}
const disk = await makeLoopDisk(DISK_MIB);
try {
	const dataDir = join(disk.folder, "data");
	const [ballast, filler] = [join(dataDir, "ballast"), join(disk.folder, "filler")];
	const seeded = await seedBox(dataDir, { kiosks: 12, extras: 4_000 });
	const ports = { httpsPort: freePort(), httpPort: freePort() };
	const box = await startBox({ dataDir, ...ports });
	if (!existsSync(ballast)) breaks.push("no ballast was laid down on an empty disk");
	const load = startLoad({ url: `https://127.0.0.1:${ports.httpsPort}`, seeded, pauseMs: 0, retryMs: 250 });
	await waitForAck(load, performance.now());
	fill(filler);
	const atFull = load.ackedIds.length;
	console.log(`disk filled with ${atFull} punches stored; ${freeBytes(disk.folder)} bytes free`);
	const deadlineMs = performance.now() + PATIENCE_MS;
	let last = { acked: atFull, ms: performance.now() };
	while (performance.now() < deadlineMs && performance.now() - last.ms < 5_000) {
		await Bun.sleep(200);
		if (load.ackedIds.length > last.acked) last = { acked: load.ackedIds.length, ms: performance.now() };
		if (last.acked - atFull >= 3 * WANTED) break;
	}
	const after = load.ackedIds.length - atFull;
	console.log(
		`${after} punches came in after the disk was full (bar ${WANTED}); ballast ${existsSync(ballast) ? "in place" : "gone"}`,
	);
	if (after < WANTED) breaks.push(`only ${after} punches after the disk was full`);
	if (existsSync(ballast)) breaks.push("the ballast was never released");
	const found = findStored(dataDir, load);
	if (found.lost.length > 0) breaks.push(`lost ${found.lost.length} acknowledged punches`);
	rmSync(filler);
	await waitForAck(load, performance.now()).catch((error: Error) =>
		breaks.push(`after room was made: ${error.message}`),
	);
	await load.stop();
	breaks.push(...load.faults.slice(0, 3));
	const end = findStored(dataDir, load);
	if (end.punches !== load.tried || end.lost.length > 0)
		breaks.push(`${load.tried} made, ${end.punches} stored, ${end.lost.length} lost`);
	const [verdict, integrity] = [await verdictOf(dataDir), integrityOf(dataDir)];
	console.log(
		`${load.tried} made, ${end.punches} stored, asked again ${load.retries}, ledger ${verdict}, file ${integrity}`,
	);
	if (verdict !== "OK" || integrity !== "ok") breaks.push(`${verdict}, ${integrity}`);
	await box.kill("SIGTERM");
} finally {
	await disk.remove();
}
for (const line of breaks) console.log(`BREAK ${line}`);
process.exit(breaks.length > 0 ? 1 : 0);

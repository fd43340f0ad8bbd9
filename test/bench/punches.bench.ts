/**
 * Durable punches over HTTPS from 50 kiosks at once, against a bare loop of one-row FULL commits on the same disk in the same
 * run (TRUST bar 22). The box is a process of its own; this one plays the kiosks.
 */
import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quantile } from "../fault/kill-rig.ts";
import { verdictOf } from "../support/box-audit.ts";
import { startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { seedBox } from "../support/seeded-box.ts";

const KIOSKS = 50;
const PEOPLE = 3_000;
const WARM_MS = 2_000;
const RUN_MS = 6_000;
const BARE_MS = 2_000;
const BAR = { ratio: 2, p99Ms: 60 };

/** One row a commit, nothing else: what the disk allows a plain program. */
function bareCommitsPerSec(path: string): number {
	const sqlite = new Database(path, { create: true });
	for (const pragma of ["journal_mode = WAL", "synchronous = FULL"]) sqlite.run(`PRAGMA ${pragma}`);
	sqlite.run("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, at INTEGER, who TEXT)");
	const insert = sqlite.query("INSERT INTO bare (at, who) VALUES (?, ?)");
	const startedMs = performance.now();
	let rows = 0;
	for (; performance.now() - startedMs < BARE_MS; rows++) insert.run(Date.now(), "somebody");
	sqlite.close();
	return (rows / BARE_MS) * 1_000;
}

const folder = mkdtempSync(join(tmpdir(), "dianmao-bench-"));
const dataDir = join(folder, "data");
try {
	const seeded = await seedBox(dataDir, { kiosks: KIOSKS, extras: PEOPLE });
	const before = bareCommitsPerSec(join(folder, "bare.db"));
	const box = await startBox({ dataDir });
	const load = startLoad({ url: `https://127.0.0.1:${box.httpsPort}`, seeded, pauseMs: 0 });
	await Bun.sleep(WARM_MS);
	const [startedMs, from] = [performance.now(), load.tookMs.length];
	await Bun.sleep(RUN_MS);
	const punches = ((load.tookMs.length - from) / (performance.now() - startedMs)) * 1_000;
	const took = load.tookMs.slice(from);
	await load.stop();
	const after = bareCommitsPerSec(join(folder, "bare.db"));
	const verdict = await verdictOf(dataDir);
	await box.kill("SIGTERM");
	const bare = Math.max(before, after);
	const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
	console.log(`bare commits/s: ${before.toFixed(0)} before, ${after.toFixed(0)} after`);
	console.log(`punches/s: ${punches.toFixed(0)} (${took.length} in the run), ledger ${verdict}`);
	console.log(
		`ratio ${(punches / bare).toFixed(2)} (bar ${BAR.ratio}); p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (bar ${BAR.p99Ms})`,
	);
	const good = punches >= BAR.ratio * bare && p99 <= BAR.p99Ms && verdict === "OK" && !load.faults.length;
	if (load.faults.length) console.log(`faults: ${load.faults.slice(0, 3).join("; ")}`);
	process.exitCode = good ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true });
}

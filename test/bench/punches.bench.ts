/**
 * Durable punches over HTTPS from 50 kiosks at once, against a bare loop of one-row FULL commits on the same disk in the same
 * run (TRUST bar 22). The box is a process of its own; this one plays the kiosks. Measured twice: on the disk as it is, and with
 * every flush held up for 2 ms, as solid-state disks without power-loss protection take. Where a flush costs next to nothing (a
 * virtual disk that answers from a cache), the bare loop is bound by the processor alone and so is the box, at a hundred times
 * the work a row; there group commit has nothing to save, and the first ratio says so.
 */
import { Database } from "bun:sqlite";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFailingDisk } from "../fault/failing-disk.ts";
import { quantile } from "../fault/kill-rig.ts";
import { verdictOf } from "../support/box-audit.ts";
import { startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { seedBox } from "../support/seeded-box.ts";

const KIOSKS = 50;
const PEOPLE = 3_000;
const WARM_MS = 4_000;
const RUN_MS = 6_000;
const BARE_MS = 2_000;
const BAR = { ratio: 2, p99Ms: 60 };
const SLOW_FLUSH_US = 2_000;

type Env = Record<string, string>;

/** One row a commit, nothing else: what the disk allows a plain program. In a process of its own, since the flush may be slowed. */
function bareLoop(path: string): void {
	const sqlite = new Database(path, { create: true });
	for (const pragma of ["journal_mode = WAL", "synchronous = FULL"]) sqlite.run(`PRAGMA ${pragma}`);
	sqlite.run("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, at INTEGER, who TEXT)");
	const insert = sqlite.query("INSERT INTO bare (at, who) VALUES (?, ?)");
	const startedMs = performance.now();
	let rows = 0;
	for (; performance.now() - startedMs < BARE_MS; rows++) insert.run(Date.now(), "somebody");
	sqlite.close();
	console.log((rows / BARE_MS) * 1_000);
}

function bareCommitsPerSec(path: string, env: Env): number {
	const command = [process.execPath, import.meta.path, `--bare=${path}`];
	return Number(Bun.spawnSync(command, { env: { ...process.env, ...env } }).stdout.toString());
}

/** Processor time of a process so far, all threads, in ticks of 10 ms (proc(5), fields 14 and 15 of stat). */
function cpuMs(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

const ownMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

/** Prints the figures of one disk and tells whether they reach the bar. */
async function measure(name: string, env: Env): Promise<boolean> {
	const folder = mkdtempSync(join(tmpdir(), "dianmao-bench-"));
	const [dataDir, barePath] = [join(folder, "data"), join(folder, "bare.db")];
	try {
		const seeded = await seedBox(dataDir, { kiosks: KIOSKS, extras: PEOPLE });
		const before = bareCommitsPerSec(barePath, env);
		const box = await startBox({ dataDir, env });
		const load = startLoad({ url: `https://127.0.0.1:${box.httpsPort}`, seeded, pauseMs: 0 });
		await Bun.sleep(WARM_MS);
		const [startedMs, from, boxCpuMs] = [performance.now(), load.tookMs.length, cpuMs(box.pid)];
		const own = process.cpuUsage();
		await Bun.sleep(RUN_MS);
		const took = load.tookMs.slice(from);
		const cpu = { box: cpuMs(box.pid) - boxCpuMs, kiosks: ownMs(process.cpuUsage(own)) };
		const punches = (took.length / (performance.now() - startedMs)) * 1_000;
		await load.stop();
		const verdict = await verdictOf(dataDir);
		await box.kill("SIGTERM");
		const bare = Math.max(before, bareCommitsPerSec(barePath, env));
		const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
		const ratio = punches / bare;
		console.log(
			`${name}: ${punches.toFixed(0)} punches/s, bare loop ${bare.toFixed(0)} commits/s, ledger ${verdict}`,
		);
		console.log(
			`  ratio ${ratio.toFixed(2)} (bar ${BAR.ratio}); p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (bar ${BAR.p99Ms})`,
		);
		console.log(
			`  processor per punch: box ${(cpu.box / took.length).toFixed(2)} ms, kiosks ${(cpu.kiosks / took.length).toFixed(2)} ms`,
		);
		for (const fault of load.faults.slice(0, 3)) console.log(`  FAULT ${fault}`);
		return ratio >= BAR.ratio && p99 <= BAR.p99Ms && verdict === "OK" && load.faults.length === 0;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const bare = process.argv.find((arg) => arg.startsWith("--bare="))?.slice(7);
if (bare) bareLoop(bare);
else {
	const shim = buildFailingDisk();
	const slow = "path" in shim && { LD_PRELOAD: shim.path, SLOW_SYNC_US: String(SLOW_FLUSH_US) };
	const asIs = await measure("disk as it is", {});
	if (!slow) console.log("!! SKIPPED: the slowed disk, no C compiler");
	const slowed = slow && (await measure(`flush held up for ${SLOW_FLUSH_US / 1_000} ms`, slow));
	process.exit(asIs || slowed ? 0 : 1);
}

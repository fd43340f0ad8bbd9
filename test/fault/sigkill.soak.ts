/**
 * A thousand kills under load (TRUST F4). `--kills=N` changes the number; `DIANMAO_PROGRAM` names a binary to kill instead of
 * the checkout. Every fifty kills begin with a fresh folder, so that verifying after each kill stays cheap.
 */
import { type KillReport, quantile, runKills } from "./kill-rig.ts";

const PER_FOLDER = 50;
/** The bar for a restart: spawn to first HTTPS answer. */
const RESTART_MS = 2_000;

const wanted = Number(process.argv.find((arg) => arg.startsWith("--kills="))?.slice(8) ?? 1_000);
const reports: KillReport[] = [];
const startedMs = performance.now();
for (let done = 0; done < wanted; done += PER_FOLDER) {
	const kills = Math.min(PER_FOLDER, wanted - done);
	const report = await runKills({ kills, kiosks: 8, lifeMs: 400 });
	reports.push(report);
	const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1);
	console.log(
		`${done + kills} kills, ${report.acked} acknowledged in this folder, ${report.breaks.length} breaks, ${minutes} min`,
	);
	for (const line of report.breaks) console.log(`  BREAK ${line}`);
}

const sum = (pick: (report: KillReport) => number): number =>
	reports.reduce((total, report) => total + pick(report), 0);
const restarts = reports.flatMap((report) => report.restartMs);
const [median, p95, most] = [0.5, 0.95, 1].map((share) => Math.round(quantile(restarts, share)));
const breaks = sum((report) => report.breaks.length);
console.log(
	`kills ${sum((r) => r.kills)}, punches acknowledged ${sum((r) => r.acked)}, asked again ${sum((r) => r.retries)}`,
);
console.log(`stored ${sum((r) => r.stored)} of ${sum((r) => r.tried)} made; breaks ${breaks}`);
console.log(`restart ms: median ${median}, p95 ${p95}, longest ${most} (bar: median ${RESTART_MS})`);
process.exit(breaks > 0 || median! > RESTART_MS ? 1 : 0);

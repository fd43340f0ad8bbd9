/**
 * The binary on a folder that has been used: start to first page, memory at rest, memory with the face net loaded.
 * Builds nothing: run `npm run build` first, or name a binary by `DIANMAO_PROGRAM`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../../server/base/ids.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { quantile } from "../fault/kill-rig.ts";
import { emptyRoom } from "../recognition/pictures.ts";
import { ANY_CERTIFICATE } from "../support/box-process.ts";
import { type SeededBox, seedBox } from "../support/seeded-box.ts";
import { makeTestKiosk } from "../support/test-kiosk.ts";

const BAR = { startMs: 150, idleMb: 120, faceMb: 500 };
const STARTS = 15;
const SETTLE_MS = 4_000;
const program = process.env.DIANMAO_PROGRAM ?? join(import.meta.dir, "../../dist/dianmao");
if (!existsSync(program)) {
	console.log(`!! SKIPPED: no binary at ${program}; build it first`);
	process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "dianmao-start-"));
const dataDir = join(folder, "data");
const seeded = await seedBox(dataDir, { kiosks: 1 });
const [https, http] = [19_443, 19_080].map((port) => port + Math.floor(Math.random() * 400));

const spawn = () =>
	Bun.spawn(
		[
			program,
			"start",
			"--data",
			dataDir,
			"--https-port",
			`${https}`,
			"--http-port",
			`${http}`,
			"--bind",
			"127.0.0.1",
			"--no-mdns",
		],
		{ stdio: ["ignore", "ignore", "inherit"] },
	);
const ask = (path: string, init: RequestInit = {}) =>
	fetch(`https://127.0.0.1:${https}${path}`, { ...init, tls: ANY_CERTIFICATE } as RequestInit);

/** From the spawn to the whole login page. */
async function untilPage(startedMs: number): Promise<number> {
	for (;;) {
		const page = await ask("/login").then(
			(response) => response.text(),
			() => undefined,
		);
		if (page?.includes("</html>")) return performance.now() - startedMs;
		await Bun.sleep(1);
	}
}

/** Resident memory of a process in MB (10^6 bytes): now, or the most it ever was. */
function residentMb(pid: number, what: "VmRSS" | "VmHWM" = "VmRSS"): number {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	const kib = new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1];
	return (Number(kib) * 1_024) / 1e6;
}

const starts: number[] = [];
for (let i = 0; i < STARTS; i++) {
	const startedMs = performance.now();
	const child = spawn();
	starts.push(await untilPage(startedMs));
	child.kill("SIGTERM");
	await child.exited;
}
const child = spawn();
await untilPage(performance.now());
await Bun.sleep(SETTLE_MS);
const idleMb = residentMb(child.pid);
await lookAtPhotos(seeded);
const peakMb = residentMb(child.pid, "VmHWM");
await Bun.sleep(SETTLE_MS);
const faceMb = residentMb(child.pid);
child.kill("SIGTERM");
await child.exited;
rmSync(folder, { recursive: true });

/**
 * Enrolments at the door make the box load its net and look at three pictures each: 12 megapixels without a face, which is
 * the worst case, since every size of the detector is tried.
 */
async function lookAtPhotos({ kiosks, cards }: SeededBox): Promise<void> {
	const kiosk = makeTestKiosk(ask, { ...kiosks[0]!, counter: 10 }, Date.now);
	await kiosk.punch({ kind: "card", card: cards[0]! });
	const large = new Bun.Image(await emptyRoom()).resize(4_000, 3_000).jpeg({ quality: 90 });
	const photo = { pose: "front", jpeg: Buffer.from(await large.bytes()).toString("base64") };
	const consent = { version: CONSENT_VERSION, lang: "en" };
	for (const number of ["1002", "1003", "1004"]) {
		const body = { id: newId(), number, consent, photos: [photo, photo, photo] };
		const reply = await (await kiosk.call(KIOSK_ROUTES.enrol, body)).json();
		console.log(`enrolment at the door answered ${JSON.stringify(reply)}`);
	}
}

const median = quantile(starts, 0.5);
console.log(
	`start to first page: median ${median.toFixed(0)} ms, fastest ${quantile(starts, 0).toFixed(0)}, slowest ${quantile(starts, 1).toFixed(0)} of ${STARTS} (bar ${BAR.startMs})`,
);
console.log(
	`resident: ${idleMb.toFixed(0)} MB at rest (bar ${BAR.idleMb}), ${faceMb.toFixed(0)} MB with the face net loaded, ${peakMb.toFixed(0)} MB at most while it looked at photos (bar ${BAR.faceMb})`,
);
process.exit(median <= BAR.startMs && idleMb <= BAR.idleMb && peakMb <= BAR.faceMb ? 0 : 1);

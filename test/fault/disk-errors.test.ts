/** EIO on writes and syncs (TRUST F9, F10): nothing is acknowledged, the process ends, and the same id asked again is one punch. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findStored, verdictOf } from "../support/box-audit.ts";
import { freePort, startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { type SeededBox, seedBox } from "../support/seeded-box.ts";
import { buildFailingDisk, withFault } from "./failing-disk.ts";
import { waitForAck } from "./kill-rig.ts";

const EIO = 5;
/** EX_IOERR: what a supervisor sees. */
const BROKEN_DISK = 74;
const base = mkdtempSync(join(tmpdir(), "dianmao-eio-"));
const shim = buildFailingDisk();
let seeded: SeededBox;
let counter = 0;

beforeAll(async () => {
	seeded = await seedBox(join(base, "seed"), { kiosks: 3 });
});
afterAll(() => rmSync(base, { recursive: true }));

async function survive(call: "pwrite" | "fsync", at: number): Promise<void> {
	if (!("path" in shim)) throw new Error("unreachable: the rows are skipped");
	const dataDir = join(base, `${call}-${at}`);
	cpSync(join(base, "seed"), dataDir, { recursive: true });
	const ports = { httpsPort: freePort(), httpPort: freePort() };
	const env = withFault(shim.path, { call, at, errno: EIO });
	const sick = await startBox({ dataDir, ...ports, env });
	const url = `https://127.0.0.1:${ports.httpsPort}`;
	counter += 100_000;
	const load = startLoad({ url, seeded, pauseMs: 5, counter });
	expect(await sick.exited).toBe(BROKEN_DISK);
	const ackedBefore = load.ackedIds.length;
	const well = await startBox({ dataDir, ...ports });
	await waitForAck(load, performance.now());
	await load.stop();
	expect(load.faults).toEqual([]);
	expect(load.ackedIds.length).toBeGreaterThan(ackedBefore);
	expect(findStored(dataDir, load)).toEqual({ punches: load.tried, lost: [] });
	expect(await verdictOf(dataDir)).toBe("OK");
	await well.kill("SIGTERM");
}

describe.skipIf(!("path" in shim))("the disk answers EIO", () => {
	for (const at of [30, 60, 150]) test(`at write ${at} and ever after`, () => survive("pwrite", at), 60_000);
	for (const at of [6, 20]) test(`at sync ${at} and ever after`, () => survive("fsync", at), 60_000);
});

/**
 * Whether the box is fit for work: one row per thing to check, each green, a warning or to be done. Facts of the
 * machine come in as functions; the browser's own view of the certificate is checked in the browser.
 */

import { listEmployees } from "../../db/employee-list.ts";
import { listKiosks } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";

export type CheckId = "clock" | "disk" | "folder" | "key" | "backup" | "employee" | "camera";

/** `ok` is green; `warn` is allowed and said honestly; `todo` is the next thing to do; `bad` must be mended. */
export type CheckState = "ok" | "warn" | "todo" | "bad";

export interface Check {
	readonly id: CheckId;
	readonly state: CheckState;
	readonly vars?: Readonly<Record<string, string | number>>;
}

/** What only the composition root can find out. */
export interface MachineProbe {
	/** Bytes on the disk of the data folder. */
	disk(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;
	/** Permission bits of the data folder, or undefined where the system has none. */
	folderMode(): Promise<number | undefined>;
	/** Local year of the clock, and the size of the last jump that nobody has looked at. */
	clock(): Promise<{ readonly nowMs: number; readonly unsettledJumpMs?: number }>;
	/** How the root key is kept. */
	rootKey(): "file" | "tpm" | "usb" | "passphrase";
}

export interface ReadinessDeps {
	readonly db: Db;
	readonly machine: MachineProbe;
	/** When this program was built; a clock before it is wrong for sure. */
	readonly builtMs: number;
}

export interface Readiness {
	checks(): Promise<readonly Check[]>;
}

const GB = 1_000_000_000;
/** A year of punches with photos for a hundred people takes about 2 GB. */
const DISK_WARN = 5 * GB;
const DISK_BAD = 1 * GB;
/** A box whose battery is dead wakes up in the past; one set by hand may be years ahead. */
const FAR_AHEAD_MS = 20 * 365 * 86_400_000;

export const makeReadiness = (deps: ReadinessDeps): Readiness => ({
	checks: async () => [
		await clockCheck(deps),
		await diskCheck(deps),
		await folderCheck(deps),
		keyCheck(deps),
		{ id: "backup", state: "warn" },
		{ id: "employee", state: hasEmployee(deps.db) ? "ok" : "todo" },
		cameraCheck(deps),
	],
});

const hasEmployee = (db: Db): boolean =>
	listEmployees(db, { status: "all", today: "2000-01-01", page: 0, pageSize: 1 }).total > 0;

async function clockCheck({ machine, builtMs }: ReadinessDeps): Promise<Check> {
	const { nowMs, unsettledJumpMs } = await machine.clock();
	if (nowMs < builtMs || nowMs > builtMs + FAR_AHEAD_MS) return { id: "clock", state: "bad" };
	if (unsettledJumpMs === undefined) return { id: "clock", state: "ok" };
	return { id: "clock", state: "warn", vars: { seconds: Math.round(Math.abs(unsettledJumpMs) / 1000) } };
}

async function diskCheck({ machine }: ReadinessDeps): Promise<Check> {
	const { freeBytes } = await machine.disk();
	const state = freeBytes < DISK_BAD ? "bad" : freeBytes < DISK_WARN ? "warn" : "ok";
	return { id: "disk", state, vars: { gigabytes: Math.floor(freeBytes / (GB / 10)) / 10 } };
}

async function folderCheck({ machine }: ReadinessDeps): Promise<Check> {
	const mode = await machine.folderMode();
	return { id: "folder", state: mode === undefined || (mode & 0o077) === 0 ? "ok" : "bad" };
}

const keyCheck = ({ machine }: ReadinessDeps): Check => ({
	id: "key",
	state: machine.rootKey() === "file" ? "warn" : "ok",
});

function cameraCheck({ db }: ReadinessDeps): Check {
	const kiosks = listKiosks(db).filter((kiosk) => kiosk.status === "active");
	const proved = kiosks.find((kiosk) => kiosk.cameraProvedMs !== null);
	if (proved) return { id: "camera", state: "ok", vars: { name: proved.name } };
	return { id: "camera", state: kiosks.length > 0 ? "bad" : "todo" };
}

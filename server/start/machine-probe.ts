/** Facts of the machine for the readiness page: disk, permissions, clock, how the root key is kept. */
import { stat, statfs } from "node:fs/promises";
import { unsettledClockMs } from "../../db/clock.ts";
import type { Db } from "../../db/store.ts";
import type { Clock } from "../base/units.ts";
import type { MachineProbe } from "../services/readiness.ts";

/** No clock may be before this program was written. */
export const BUILT_MS = Date.UTC(2026, 10, 1);

export const makeMachineProbe = (root: string, db: Db, clock: Clock): MachineProbe => ({
	async disk() {
		const { bavail, blocks, bsize } = await statfs(root);
		return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
	},
	folderMode: async () => (process.platform === "win32" ? undefined : (await stat(root)).mode & 0o777),
	async clock() {
		const jumpMs = unsettledClockMs(db);
		return { nowMs: clock.nowMs(), ...(jumpMs !== 0 && { unsettledJumpMs: jumpMs }) };
	},
	rootKey: () => "file",
});

/** Runs the box until it is told to stop: opens the data, starts services, doors and jobs, and closes them in order. */
import { version } from "../../package.json";
import { fail, ok, type Result } from "../base/result.ts";
import { systemClock } from "../base/units.ts";
import { compose, type Services } from "../compose.ts";
import type { Config } from "../config.ts";
import { startFaceUpkeep } from "../jobs/faces.ts";
import { startJobs } from "../jobs/jobs.ts";
import type { Log } from "../log.ts";
import { sealEvent } from "../services/sealing.ts";
import { kioskVersion } from "../web/kiosk-page.tsx";
import { say } from "./console-text.ts";
import { notePort } from "./health.ts";
import { openBox } from "./open-box.ts";
import { type Doors, openDoors } from "./serve.ts";

export interface RunningBox {
	readonly services: Services;
	readonly doors: Doors;
	stop(): Promise<void>;
}

/** Exit status after a broken disk, so that a supervisor starts the box anew. */
const EXIT_BROKEN_DISK = 74;

/** Starts everything. Throws `StartError` when the data must not be touched; fails when a port or certificate is the trouble. */
export async function runBox(config: Config, log: Log): Promise<Result<RunningBox>> {
	const onBrokenDisk = (error: Error) => {
		log.fatal({ reason: error.message }, "disk");
		process.exit(EXIT_BROKEN_DISK);
	};
	const { dataDir, demo } = config;
	const box = await openBox({ dataDir, demo, clock: systemClock, onBrokenDisk });
	const announce = (code: string) => console.log(say("start.code", { code }));
	const services = await compose({ box, clock: systemClock, log, demo, version: kioskVersion(), announce });
	await sealBoot(services);
	const doors = await openDoors(services, config);
	if (!doors.ok) {
		box.close();
		return fail(doors.error);
	}
	await notePort(dataDir, doors.value.listeners.httpPort);
	services.reverify.resume();
	services.netSwitching.resume();
	services.peopleImport.resume();
	const stopJobs = startJobs(services);
	const stopFaces = startFaceUpkeep(services);
	const stop = async () => {
		stopJobs();
		stopFaces();
		services.clockWatch.stop();
		services.streams.stop();
		await doors.value.stop();
		await services.reverify.stop();
		services.packDownload.cancel();
		await services.netSwitching.stop();
		await services.faceReport.stop();
		await services.doorDays.flush();
		await services.peopleImport.stop();
		await services.alarms.stop();
		services.engine.stop();
		await services.store.settled();
		box.close();
	};
	return ok({ services, doors: doors.value, stop });
}

function sealBoot({ store, clock }: Services): Promise<number> {
	const actor = { kind: "box" as const, id: "box" };
	const what = { action: "box.boot", objectKind: "box", objectId: "box", detail: { version }, address: "" };
	return store.commit((tx) => sealEvent(tx, { type: "boot", actor, ...what, nowMs: clock.nowMs() }));
}

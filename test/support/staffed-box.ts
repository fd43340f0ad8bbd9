/** A whole box on ports of its own with people of the sample photos enrolled, for browsers that come to its door. */
import { insertAccount } from "../../db/account.ts";
import { must } from "../../server/base/result.ts";
import { readConfig } from "../../server/config.ts";
import { makeLog } from "../../server/log.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { type RunningBox, runBox } from "../../server/start/run-box.ts";
import { freePort } from "./box-process.ts";
import { portraits, type Sitter } from "./portraits.ts";
import { BOX, OWNER } from "./test-box.ts";

/** Enrolled with three photos each; numbers count up from 1001. */
export async function startStaffedBox(dataDir: string, sitters: readonly Sitter[]): Promise<RunningBox> {
	const ports = [`--https-port=${freePort()}`, `--http-port=${freePort()}`];
	const config = readConfig([`--data=${dataDir}`, "--bind=127.0.0.1", "--no-mdns", ...ports], {});
	const box = must(await runBox(config, makeLog("fatal")));
	const { services } = box;
	must(await services.site.save({ name: "Bakery", zone: "Asia/Shanghai", lang: "en" }, BOX));
	await services.store.commit((tx) => insertAccount(tx, OWNER));
	await services.site.saveFace({ on: true, preset: "CN" }, BOX);
	for (const [index, sitter] of sitters.entries()) await enrol(box, sitter, String(1001 + index));
	return box;
}

async function enrol({ services }: RunningBox, sitter: Sitter, number: string): Promise<void> {
	const plan = { number, name: sitter, joinedOn: "2020-01-01", departmentId: null, shiftId: null };
	const { id } = must(await services.employees.create(plan, BOX));
	must(await services.consents.give(id, { version: CONSENT_VERSION, lang: "en", channel: "paper" }, BOX));
	const photos = (await portraits(sitter, 3)).map((bytes) => ({ pose: "front" as const, bytes }));
	const submission = { employeeId: id, photos, channel: "upload" as const, approve: true };
	const outcome = must(await services.enrolments.submitPhotos(submission, BOX));
	if (outcome.kind !== "stored") throw new Error(`${sitter} was not enrolled: ${outcome.error.code}`);
}

/** Address of the door page with a pairing code in it; whoever types it is approved at once. */
export async function doorAddress({ services, doors }: RunningBox): Promise<string> {
	const made = must(await services.kiosks.makeCode({ name: "Door", place: "", direction: "auto" }, BOX));
	services.bus.on("kiosk", ({ kioskId }) => void services.kiosks.approve(kioskId, BOX));
	return `https://localhost:${doors.listeners.httpsPort}/kiosk#pair=${made.code}`;
}

/**
 * Gives the people of a demo shop that is not running faces of invented numbers, two of them alike, doors with weeks of light, a
 * measurement, a second recognition net, and every kind of trouble: for pictures of pages that need them. The photos are one grey square; nobody is shown.
 */
import { addToDoorDay, NO_FIGURES } from "../../db/door-day.ts";
import { allEmployees } from "../../db/employee.ts";
import { decideEnrolment } from "../../db/enrolment.ts";
import { listKiosks } from "../../db/kiosk.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { DAY_MS, systemClock } from "../../server/base/units.ts";
import { compose, type Services } from "../../server/compose.ts";
import { makeLog } from "../../server/log.ts";
import type { GoodPhoto } from "../../server/services/enrolment-photos.ts";
import { sealEnrolment, writeEnrolment } from "../../server/services/enrolment-rows.ts";
import { photoHash } from "../../server/services/record-punch.ts";
import { openBox } from "../../server/start/open-box.ts";
import { scatter, seededChance } from "./made-faces.ts";
import { pair } from "./seeded-box.ts";
import { BOX } from "./test-box.ts";
import { packZip, toyPack } from "./toy-pack.ts";
import { handInFaces, raiseAlarms, stickPunches } from "./troubles-in-demo.ts";

export async function fillWithFaces(dataDir: string): Promise<void> {
	const onBrokenDisk = (error: Error) => {
		throw error;
	};
	const box = await openBox({ dataDir, demo: true, clock: systemClock, onBrokenDisk });
	const services = await compose({
		...{ box, clock: systemClock, log: makeLog("error"), demo: true },
		...{ version: "test", announce() {} },
	});
	try {
		await enrolAll(services);
		for (const name of ["Front door", "Back door"]) await pair(services, name);
		await lightDoors(services);
		must(services.faceReport.start(BOX));
		await services.faceReport.idle();
		const next = seededChance(29);
		await handInFaces(services, () => [1, 2, 3].map(() => grey(scatter(next, new Float32Array(128), 0.13))));
		must(await services.faceNets.importZip(packZip(toyPack()), BOX));
		await raiseAlarms(services);
		await stickPunches(services);
	} finally {
		services.clockWatch.stop();
		services.engine.stop();
		await box.store.settled();
		box.close();
		Bun.gc(true);
	}
}

const GREY = Uint8Array.from(Buffer.from("R0lGODdhAQABAIAAAMzMzMzMzCwAAAAAAQABAAACAkQBADs=", "base64"));
const DARK_DOOR = { luma: 55, sharpness: 140 };
const LIGHT_DOOR = { luma: 118, sharpness: 260 };

async function enrolAll({ store, consents, vault, faces }: Services): Promise<void> {
	const next = seededChance(11);
	let centre = scatter(next, new Float32Array(128), 0.13);
	for (const [i, { id: employeeId }] of allEmployees(store).entries()) {
		if (i !== 3) centre = scatter(next, new Float32Array(128), 0.12);
		const spread = i % 9 === 4 ? 0.13 : 0.06;
		const good = Array.from({ length: 5 }, () => grey(scatter(next, centre, spread)));
		const { version } = consents.text("en");
		must(await consents.give(employeeId, { version, lang: "en", channel: "paper" }, BOX));
		const createdMs = Date.now();
		const consentId = store.sqlite.query("SELECT id FROM consent WHERE employee_id = ?").get(employeeId) as {
			id: string;
		};
		const row = { id: newId(), employeeId, consentId: consentId.id, status: "pending" as const };
		const made = { ...row, channel: "upload" as const, madeBy: "test", createdMs };
		const sealed = sealEnrolment(vault, faces.recogniser, made, good);
		await store.commit((tx) => {
			writeEnrolment(tx, sealed);
			decideEnrolment(tx, row.id, "approved", "test", createdMs);
		});
		faces.reload(employeeId);
	}
}

const grey = (descriptor: Float32Array): GoodPhoto => ({
	...{ pose: "front", jpeg: GREY, sha256: photoHash(GREY), descriptor, tag: "" },
	measures: {
		...{ frameWidthPx: 640, frameHeightPx: 480, score: 0.9 },
		box: { x: 200, y: 100, width: 200, height: 220 },
		pose: { yawProxy: 0, pitchProxy: 0.6, rollDeg: 0, eyesX: 300, eyesY: 200, eyeDistancePx: 80 },
		luma: { mean: 110, clippedRatio: 0, sharpness: 300, sideLightRatio: 0.1 },
	},
});

async function lightDoors({ store }: Services): Promise<void> {
	const next = seededChance(2);
	await store.commit((tx) => {
		for (const [i, { id: kioskId }] of listKiosks(store).entries())
			for (let back = 27; back >= 0; back--) {
				const day = new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10);
				const light = i % 2 === 0 ? LIGHT_DOOR : DARK_DOOR;
				const luma = 60 * (light.luma + 12 * next() - (i % 2) * (28 - back) * 0.3);
				const figures = { sharpness: 60 * (light.sharpness + 30 * next()), clipped: 0.5, sideLight: 6, luma };
				const looks = { looks: 900, dark: i % 2 ? 240 : 20, sure: 50, marginal: 6, ambiguous: 3, unknown: 1 };
				addToDoorDay(tx, { ...NO_FIGURES, kioskId, day, faces: 60, ...figures, ...looks });
			}
	});
}

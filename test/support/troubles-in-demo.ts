/** Gives a demo shop that is not running what somebody in the office has to look at: alarms, punches a kiosk could not hand in, pending faces. */
import { ALARM_KINDS, putAlarm } from "../../db/alarm.ts";
import { allEmployees } from "../../db/employee.ts";
import { excuseEnrolment } from "../../db/enrolment.ts";
import { listKiosks, noteHealth } from "../../db/kiosk.ts";
import { insertSetAside } from "../../db/stuck.ts";
import { newId } from "../../server/base/ids.ts";
import { HOUR_MS, MINUTE_MS, systemClock } from "../../server/base/units.ts";
import type { Services } from "../../server/compose.ts";
import type { GoodPhoto } from "../../server/services/enrolment-photos.ts";
import { sealEnrolment, writeEnrolment } from "../../server/services/enrolment-rows.ts";

/** Each kind of alarm once, each about a person who can be one. */
export async function raiseAlarms({ store }: Services): Promise<void> {
	const nowMs = systemClock.nowMs();
	const [kiosk] = listKiosks(store);
	const [somebody] = allEmployees(store);
	await store.commit((tx) => {
		for (const [i, kind] of ALARM_KINDS.entries()) {
			const about = { kioskId: kind === "stranger" ? "" : kiosk!.id, address: "192.168.7.23" };
			const employeeId = kind === "pin_locked" ? somebody!.id : "";
			const lastMs = nowMs - i * 7 * MINUTE_MS;
			putAlarm(tx, { kind, employeeId, ...about, tries: 12 - i, firstMs: lastMs - HOUR_MS / 2, lastMs });
		}
	});
}

/** On the first kiosk: two groups still there, two entries in the box. */
export async function stickPunches({ store }: Services): Promise<void> {
	const nowMs = systemClock.nowMs();
	const { id: kioskId } = listKiosks(store)[0]!;
	const codes = ["kiosk.refused.queue_unreadable", "kiosk.refused.malformed"];
	await store.commit((tx) => {
		const stuck = codes.map((code, i) => ({ code, count: 3 - i, oldestMs: nowMs - (i + 5) * HOUR_MS }));
		noteHealth(tx, kioskId, { camera: "ok", queued: 0, stuck }, nowMs);
		for (const [i, code] of codes.entries()) {
			const madeMs = nowMs - (i + 30) * HOUR_MS;
			const entry = { id: newId(madeMs), kioskId, sealed: "", code, madeMs };
			insertSetAside(tx, { ...entry, receivedMs: nowMs, seq: 400 + i });
		}
	});
}

/** Three faces from the door; one of them an account has spoken for, who is not the owner. */
export async function handInFaces(
	{ store, vault, faces }: Services,
	photosOf: (i: number) => readonly GoodPhoto[],
): Promise<void> {
	const createdMs = systemClock.nowMs() - HOUR_MS;
	for (const [i, { id: employeeId }] of allEmployees(store).slice(6, 9).entries()) {
		const consent = store.sqlite.query("SELECT id FROM consent WHERE employee_id = ?").get(employeeId);
		const { id: consentId } = consent as { readonly id: string };
		const row = { id: newId(), employeeId, consentId, status: "pending", channel: "kiosk" } as const;
		const sealed = sealEnrolment(vault, faces.recogniser, { ...row, madeBy: "", createdMs }, photosOf(i));
		await store.commit((tx) => {
			writeEnrolment(tx, sealed);
			if (i === 2) excuseEnrolment(tx, row.id, "somebody", "Twins; their mother brought both papers");
		});
	}
}

/** The only door through which a punch enters the store: row, ledger leaf, photo and day record in one transaction. */
import { createHash } from "node:crypto";
import { type DayRow, dayOf } from "../../db/day.ts";
import {
	type ClockState,
	type DayMark,
	dayMarks,
	insertPunch,
	insertPunchPhoto,
	type PunchMethodName,
	type PunchRow,
	type PunchSource,
	punchById,
} from "../../db/punch.ts";
import { assignedShift } from "../../db/shift.ts";
import type { Tx } from "../../db/store.ts";
import { collapseRepeats, REPEAT_MS, workDateOf } from "../attendance/fixed-shift.ts";
import { countsForDay, refreshDay } from "./refresh-day.ts";
import { sealLeaf } from "./sealing.ts";

export interface NewPunch {
	/** Client-made; a second punch with the same id is the same punch. */
	readonly id: string;
	readonly employeeId: string;
	readonly atMs: number;
	readonly receivedMs: number;
	readonly zone: string;
	readonly method: PunchMethodName;
	readonly source: PunchSource;
	readonly deviceId: string | null;
	readonly deviceCounter: number | null;
	readonly direction: "auto" | "in" | "out";
	readonly clock: ClockState;
	readonly doubts: readonly string[];
	readonly match: Readonly<Record<string, string>>;
	readonly photo?: { readonly sealed: Uint8Array; readonly sha256: Uint8Array };
	/** False for people who have left: the punch is kept, no day is made. */
	readonly makesDay: boolean;
	/** A repeat of a punch that counts writes nothing: that one is returned. */
	readonly isOnce?: boolean;
}

export interface RecordedPunch {
	readonly punch: PunchRow;
	/** Null when the punch makes no day. */
	readonly day: DayRow | null;
	/** The id was known already: nothing was written. */
	readonly known: boolean;
	/** Within `REPEAT_MS` of a visit of the person that counts. */
	readonly isRepeat: boolean;
}

/** Stores a punch, or returns the stored one of the same id. Must run inside `store.commit`. Cost does not grow with history. */
export function recordPunch(tx: Tx, punch: NewPunch): RecordedPunch {
	const stored = punchById(tx, punch.id);
	if (stored) {
		const day = dayOf(tx, stored.employeeId, stored.workDate) ?? null;
		return { punch: stored, day, known: true, isRepeat: false };
	}
	const shift = assignedShift(tx, punch.employeeId);
	const workDate = workDateOf(punch.atMs, shift, punch.zone);
	const before = dayOf(tx, punch.employeeId, workDate);
	const earlier = dayMarks(tx, punch.employeeId, workDate);
	const visit = visitAt(earlier, punch.atMs);
	const isRepeat = visit !== undefined;
	if (visit && punch.isOnce)
		return { punch: punchById(tx, visit.id)!, day: before ?? null, known: true, isRepeat };
	const direction = decideDirection(punch.direction, before, visit);
	const seq = sealLeaf(tx, "punch", leafBody(punch, direction), punch.receivedMs);
	const row: PunchRow = {
		seq,
		id: punch.id,
		employeeId: punch.employeeId,
		atMs: punch.atMs,
		receivedMs: punch.receivedMs,
		zone: punch.zone,
		workDate,
		method: punch.method,
		source: punch.source,
		deviceId: punch.deviceId,
		deviceCounter: punch.deviceCounter,
		direction,
		clock: punch.clock,
		doubts: punch.doubts,
		match: punch.match,
		photoSha256: punch.photo?.sha256 ?? null,
	};
	insertPunch(tx, row);
	if (punch.photo) insertPhoto(tx, punch, punch.photo.sealed);
	const mark: DayMark = { ...row, doubted: row.doubts.length > 0, notes: [] };
	const known = { shift, marks: [...earlier, mark] };
	const refreshed =
		punch.makesDay &&
		refreshDay(tx, punch.employeeId, workDate, { zone: punch.zone, nowMs: punch.receivedMs, ...known });
	return { punch: row, day: refreshed || null, known: false, isRepeat };
}

/** SHA-256 of an evidence photo, as the punch's leaf names it. */
export const photoHash = (jpeg: Uint8Array): Uint8Array => createHash("sha256").update(jpeg).digest();

/** The visit that a punch belongs to as a repeat. A punch that was voided or disputed is none: the next one must not be lost to it. */
function visitAt(marks: readonly DayMark[], atMs: number): DayMark | undefined {
	const visits = collapseRepeats(marks.filter(countsForDay));
	return visits.findLast((visit) => Math.abs(atMs - visit.atMs) < REPEAT_MS);
}

/** Asked for, else the other way than the last time; the first of a day comes in, a repeat says the same again. */
function decideDirection(
	asked: NewPunch["direction"],
	day: DayRow | undefined,
	repeated: DayMark | undefined,
): "in" | "out" {
	if (asked !== "auto") return asked;
	if (repeated) return repeated.direction;
	return day?.lastDirection === "in" ? "out" : "in";
}

function insertPhoto(tx: Tx, punch: NewPunch, sealed: Uint8Array): void {
	insertPunchPhoto(tx, { punchId: punch.id, employeeId: punch.employeeId, sealed, takenMs: punch.atMs });
}

function leafBody(punch: NewPunch, direction: "in" | "out") {
	return {
		v: 1,
		id: punch.id,
		emp: punch.employeeId,
		at: new Date(punch.atMs).toISOString(),
		tz: punch.zone,
		dir: direction,
		how: punch.method,
		src: punch.source,
		clock: punch.clock,
		match: punch.match,
		doubts: [...punch.doubts],
		...(punch.deviceId && { dev: punch.deviceId }),
		...(punch.deviceCounter !== null && { ctr: punch.deviceCounter }),
		...(punch.photo && { img: Buffer.from(punch.photo.sha256).toString("hex") }),
	};
}

/**
 * A punch from a kiosk, from request to reply: known id → who → record in one transaction → tell → look again at the photo.
 * Success is answered only after the durable commit.
 */
import type { AlarmKind } from "../../db/alarm.ts";
import { dayOf } from "../../db/day.ts";
import { type Employee, isEmployedOn } from "../../db/employee.ts";
import { raiseCounter } from "../../db/kiosk.ts";
import { type ClockState, type PunchRow, punchById } from "../../db/punch.ts";
import type { Store } from "../../db/store.ts";
import { type Clock, localDate } from "../base/units.ts";
import type { PunchReply, PunchRequest } from "../protocol/kiosk.ts";
import type { Vault } from "../vault/vault.ts";
import type { DomainBus } from "./events.ts";
import type { ProvedKiosk } from "./kiosk-auth.ts";
import { photoContext } from "./photo-context.ts";
import { acceptedReply } from "./punch-reply.ts";
import { findSubject, type NoSubject, type Subject, type SubjectDeps } from "./punch-subject.ts";
import { type NewPunch, photoHash, type RecordedPunch, recordPunch } from "./record-punch.ts";
import type { Reverify } from "./reverify.ts";

export interface PunchingDeps extends SubjectDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Vault;
	readonly bus: DomainBus;
	readonly reverify: Reverify;
	zone(): string;
	clockState(): ClockState;
	/** False when the disk is nearly full: punches go on, photos stop first. */
	mayKeepPhotos(): boolean;
}

/** When and how a request reached the box. */
export interface Arrival {
	readonly source: "live" | "queued";
	/** The instant that counts. */
	readonly atMs: number;
	readonly clock: ClockState;
}

export interface Punching {
	/** A live request: the box's clock counts, never the kiosk's. */
	punch(proved: ProvedKiosk, request: PunchRequest): Promise<PunchReply>;
	/** An entry of a kiosk's queue, with the instant the box reckons for it; never trusted more than the box's own clock. */
	punchQueued(
		proved: ProvedKiosk,
		request: PunchRequest,
		arrival: Omit<Arrival, "source">,
	): Promise<PunchReply>;
}

export function makePunching(deps: PunchingDeps): Punching {
	// A tap kept since this morning is a punch: it is never taken for the card somebody waits for now.
	const forKept: PunchingDeps = { ...deps, offerCard: async () => false };
	return {
		punch: (proved, request) =>
			handle(deps, proved, request, { source: "live", atMs: deps.clock.nowMs(), clock: deps.clockState() }),
		punchQueued: (proved, request, arrival) =>
			handle(forKept, proved, request, {
				atMs: arrival.atMs,
				clock: arrival.clock === "ok" ? deps.clockState() : arrival.clock,
				source: "queued",
			}),
	};
}

async function handle(
	deps: PunchingDeps,
	proved: ProvedKiosk,
	request: PunchRequest,
	arrival: Arrival,
): Promise<PunchReply> {
	const stored = punchById(deps.store, request.id);
	if (stored) return replyAgain(deps, proved, stored);
	const about = { doubts: request.doubts, isLive: arrival.source === "live" };
	const subject = await findSubject(deps, proved.kiosk.id, request.method, about);
	if (subject.kind === "reply") {
		tellAlarm(deps, proved.kiosk.id, subject);
		return subject.reply;
	}
	// Who came in time and then had to turn the head is in time.
	const came = { ...arrival, atMs: Math.min(arrival.atMs, subject.seenMs ?? arrival.atMs) };
	const punch = assemble(deps, proved, request, came, subject);
	const recorded = await deps.store.commit((tx) => {
		raiseCounter(tx, proved.kiosk.id, proved.counter);
		return recordPunch(tx, punch);
	});
	const { id: punchId, employeeId, workDate } = recorded.punch;
	if (!recorded.known) deps.bus.emit("punch", { punchId, employeeId, workDate });
	lookAgain(deps, subject, recorded);
	return finish(recorded, subject.employee, punch.makesDay);
}

/** Refusals that say nothing of the person at the door, such as a pause or a face net that is out of date, alarm nobody. */
const ALARMS: Readonly<Record<string, AlarmKind>> = {
	unknown: "unknown_face",
	"kiosk.refused.unknown_card": "unknown_card",
	"kiosk.refused.wrong_pin": "wrong_pin",
};

function tellAlarm({ bus }: PunchingDeps, kioskId: string, { reply, lockedId }: NoSubject): void {
	const kind = ALARMS[reply.outcome === "refused" ? reply.code : reply.outcome];
	if (kind) bus.emit("alarm", { kind, kioskId });
	if (lockedId) bus.emit("alarm", { kind: "pin_locked", kioskId, employeeId: lockedId });
}

function assemble(
	deps: PunchingDeps,
	{ kiosk, counter }: ProvedKiosk,
	request: PunchRequest,
	arrival: Arrival,
	subject: Subject,
): NewPunch {
	const zone = deps.zone();
	const employed = isEmployedOn(subject.employee, localDate(arrival.atMs, zone));
	// A door without a camera is no reason to doubt a card: it is noted, not flagged.
	const seen = request.doubts.filter((doubt) => doubt !== "camera_off");
	const doubts = [...subject.doubts, ...seen, ...(employed ? [] : ["inactive_person"])];
	const photo = sealPhoto(deps, request.id, subject);
	const match = {
		...subject.match,
		...(seen.length < request.doubts.length && { camera: "off" }),
		...(subject.evidence && !photo && { photo: NO_ROOM }),
	};
	const direction = kiosk.direction === "auto" ? request.direction : kiosk.direction;
	return {
		id: request.id,
		employeeId: subject.employee.id,
		atMs: arrival.atMs,
		receivedMs: deps.clock.nowMs(),
		zone,
		method: request.method.kind,
		source: arrival.source,
		deviceId: kiosk.id,
		deviceCounter: counter,
		direction,
		clock: arrival.clock,
		doubts,
		match,
		photo,
		makesDay: employed,
		isOnce: request.method.kind === "face" && request.method.passing === true,
	};
}

/** Stands in the record of a punch whose photo the box let go for want of disk space. */
const NO_ROOM = "no_room";

function sealPhoto(deps: PunchingDeps, punchId: string, { employee, evidence }: Subject): NewPunch["photo"] {
	if (!evidence || !deps.mayKeepPhotos()) return undefined;
	const { jpeg } = evidence;
	return { sealed: deps.vault.sealBio(employee.id, photoContext(punchId), jpeg), sha256: photoHash(jpeg) };
}

function lookAgain(
	{ reverify }: PunchingDeps,
	{ evidence, match }: Subject,
	{ punch, known }: RecordedPunch,
): void {
	if (!evidence || known) return;
	reverify.soon({
		punch,
		jpeg: evidence.jpeg,
		probe: evidence.probe,
		tag: evidence.tag,
		claimsFace: match.how === "face",
	});
}

/** The same id again: the first answer, so that a retry after a lost reply changes nothing. */
function replyAgain({ employeeById, store }: PunchingDeps, proved: ProvedKiosk, punch: PunchRow): PunchReply {
	const employee = employeeById(punch.employeeId);
	if (!employee || punch.deviceId !== proved.kiosk.id)
		return { outcome: "refused", code: "kiosk.refused.other" };
	const day = dayOf(store, punch.employeeId, punch.workDate) ?? null;
	return finish(
		{ punch, day, known: true, isRepeat: false },
		employee,
		!punch.doubts.includes("inactive_person"),
	);
}

function finish(recorded: RecordedPunch, employee: Employee, makesDay: boolean): PunchReply {
	if (!makesDay) return { outcome: "refused", code: "kiosk.refused.inactive" };
	return acceptedReply(recorded, employee);
}

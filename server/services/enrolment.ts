/**
 * Enrolling a face: photos → checks → sealed templates, waiting for approval or in force at once.
 * Nothing is looked at without a consent in force. Withdrawal is in `face-withdrawal.ts`, the door's way in `self-enrolment.ts`.
 */
import { closeConsent, consentInForce } from "../../db/consent.ts";
import { type Employee, employeeById } from "../../db/employee.ts";
import { type EnrolmentChannel, type EnrolmentRow, enrolmentById, enrolmentOf } from "../../db/enrolment.ts";
import type { Store, Tx } from "../../db/store.ts";
import { type AppError, conflict, forbidden, notFound, unavailable } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock, DateText } from "../base/units.ts";
import { recogniserTag } from "../recognition/model.ts";
import type { PhotoDescriber, PhotoPriority } from "../recognition/photo-describer.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import { sealApproval, sealEnrolmentAct, sealExcuse } from "./enrolment-acts.ts";
import { compareWithOthers } from "./enrolment-others.ts";
import { type JudgedPhotos, judgePhotos, type NewPhoto, type PhotoVerdict } from "./enrolment-photos.ts";
import * as rows from "./enrolment-rows.ts";
import type { DomainBus } from "./events.ts";
import type { FaceIndex } from "./face-index.ts";
import type { Turns } from "./turns.ts";

export interface EnrolmentsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly vault: Vault;
	readonly faces: FaceIndex;
	readonly describer: PhotoDescriber;
	/** Shared with the withdrawal, so that no photo is sealed while a key is being destroyed. */
	readonly turns: Turns;
	isFaceOn(): boolean;
	/** Today in the zone of the site. */
	today(): DateText;
}

export interface Submission {
	readonly employeeId: string;
	readonly photos: readonly NewPhoto[];
	readonly channel: EnrolmentChannel;
	/** Approve at once; the caller has checked that `by` may. */
	readonly approve: boolean;
	/** Why a face that is enrolled under another number is right here too; owner and HR only. It then waits for a second of them. */
	readonly override?: string;
	/** Made by the client, so that a retry finds what the first try stored. */
	readonly id?: string;
	/** Default `now`. */
	readonly priority?: PhotoPriority;
}

export type SubmissionOutcome =
	| {
			readonly kind: "stored";
			readonly enrolmentId: string;
			readonly status: "pending" | "approved";
			readonly verdicts: readonly PhotoVerdict[];
			/** Colleagues with a similar face: both sides need a card from now on. */
			readonly alike: readonly string[];
	  }
	| {
			readonly kind: "refused";
			readonly error: AppError;
			readonly verdicts: readonly PhotoVerdict[];
			/** For `enrol.already_enrolled_as_other`: never tell it at the door. */
			readonly sameAs?: string;
	  };

export interface Enrolments {
	/**
	 * Checks and stores. Expected failures: `enrol.face_off`, `people.not_found`, `enrol.not_employed`, `enrol.consent_missing`,
	 * `face.busy|timeout|down`. Photos that do not do are an outcome, not a failure.
	 */
	submitPhotos(submission: Submission, by: By): Promise<Result<SubmissionOutcome>>;
	/**
	 * Puts a pending enrolment in force; compares with everyone approved since. A face known under another number needs two accounts: the
	 * first gives the reason (`override`) and gets `waits`, the second approves. Fails with `enrol.same_as_named` without a reason and with
	 * `enrol.second_same` when the first tries again.
	 */
	approve(id: string, by: By, override?: string): Promise<Result<Approved>>;
	/** Refuses a pending enrolment; its photos and templates are removed. */
	reject(id: string, by: By): Promise<Result<void>>;
}

export interface Approved {
	readonly alike: readonly string[];
	/** Noted, but not in force before a second account approves. */
	readonly waits?: true;
}

/** Good frames needed from a camera; an upload may hold a single portrait. */
export const MIN_FRAMES = 3;
export const MAX_PHOTOS = 5;

export function makeEnrolments(deps: EnrolmentsDeps): Enrolments {
	return {
		submitPhotos: (submission, by) => submit(deps, submission, by),
		async approve(id, by, override) {
			const row = enrolmentById(deps.store, id);
			if (!row) return fail(notFound("enrol.not_found"));
			return alone(deps, row.employeeId, () => approve(deps, id, by, override));
		},
		async reject(id, by) {
			const row = enrolmentById(deps.store, id);
			if (!row) return fail(notFound("enrol.not_found"));
			return deps.turns(row.employeeId, () => reject(deps, id, by));
		},
	};
}

/** No id of a person. */
const EVERYBODY = "everybody";

/** One face at a time is compared and put in force: of one face under two numbers at once, the second must meet the first. */
const alone = <T>({ turns }: EnrolmentsDeps, employeeId: string, act: () => Promise<T>): Promise<T> =>
	turns(employeeId, () => turns(EVERYBODY, act));

/** Why this person cannot be enrolled now; undefined when nothing is in the way. */
export function refusalOf(
	{ store, isFaceOn, today }: Pick<EnrolmentsDeps, "store" | "isFaceOn" | "today">,
	person: Employee | null,
): AppError | undefined {
	if (!isFaceOn()) return unavailable("enrol.face_off");
	if (!person) return notFound("people.not_found");
	if (person.leftOn !== null && person.leftOn < today()) return conflict("enrol.not_employed");
	return consentInForce(store, person.id) ? undefined : conflict("enrol.consent_missing");
}

async function submit(deps: EnrolmentsDeps, s: Submission, by: By): Promise<Result<SubmissionOutcome>> {
	const refused = refusalOf(deps, employeeById(deps.store, s.employeeId));
	if (refused) return fail(refused);
	const kind = s.channel === "upload" ? "portraits" : "frames";
	const judged = await judgePhotos(deps.describer, s.photos.slice(0, MAX_PHOTOS), kind, s.priority ?? "now");
	if (judged.unavailable) return fail(judged.unavailable);
	const { verdicts, good } = judged;
	const needed = kind === "frames" ? MIN_FRAMES : 1;
	if (good.length < needed) return ok({ kind: "refused", error: tooFew(judged, needed), verdicts });
	return alone(deps, s.employeeId, () => store(deps, s, judged, by));
}

/** One photo alone is told its own fault; several are told how many are missing, with a verdict on each. */
function tooFew({ verdicts, good }: JudgedPhotos, needed: number): AppError {
	const only = verdicts.length === 1 ? verdicts[0] : undefined;
	if (only && !only.ok) return only.error;
	return { kind: "invalid", code: "enrol.too_few_good", vars: { good: good.length, needed } };
}

async function store(
	deps: EnrolmentsDeps,
	s: Submission,
	judged: JudgedPhotos,
	by: By,
): Promise<Result<SubmissionOutcome>> {
	const { verdicts, good } = judged;
	// The net was changed while these photos were looked at: their numbers mean nothing to the new one.
	const tag = recogniserTag(deps.faces.recogniser);
	if (good.some((photo) => photo.tag !== tag)) return fail(unavailable("face.busy"));
	const descriptors = good.map((photo) => photo.descriptor);
	const likeness = compareWithOthers(deps.faces, s.employeeId, descriptors);
	if (likeness.sameAs && !s.override) {
		const error = conflict("enrol.already_enrolled_as_other");
		return ok({ kind: "refused", error, verdicts, sameAs: likeness.sameAs });
	}
	const consent = consentInForce(deps.store, s.employeeId);
	if (!consent) return fail(conflict("enrol.consent_missing"));
	const createdMs = deps.clock.nowMs();
	const row = {
		id: s.id ?? newId(createdMs),
		employeeId: s.employeeId,
		consentId: consent.id,
		status: "pending" as const,
		channel: s.channel,
		madeBy: by.actor.id,
		createdMs,
	};
	const sealed = rows.sealEnrolment(deps.vault, deps.faces.recogniser, row, good);
	const waits = likeness.sameAs !== undefined;
	const isInForce = s.approve && !waits;
	await deps.store.commit((tx) => {
		rows.writeEnrolment(tx, sealed);
		sealEnrolmentAct(tx, deps, "enrol", "enrolment.submit", row, by, {
			photos: good.length,
			channel: s.channel,
		});
		if (likeness.sameAs) sealExcuse(tx, deps, row, likeness.sameAs, by, s.override ?? "");
		if (isInForce) sealApproval(tx, deps, row, likeness, by);
	});
	settle(deps, s.employeeId, isInForce);
	const status = isInForce ? "approved" : "pending";
	return ok({ kind: "stored", enrolmentId: row.id, status, verdicts, alike: likeness.alike });
}

async function approve(
	deps: EnrolmentsDeps,
	id: string,
	by: By,
	override?: string,
): Promise<Result<Approved>> {
	const row = enrolmentById(deps.store, id);
	if (row?.status !== "pending") return fail(conflict("enrol.already_decided"));
	const refused = refusalOf(deps, employeeById(deps.store, row.employeeId));
	if (refused) return fail(refused);
	const descriptors = rows.openTemplates(deps.store, deps.vault, deps.faces.recogniser, row);
	if (descriptors.length === 0) return fail(conflict("enrol.templates_gone"));
	const likeness = compareWithOthers(deps.faces, row.employeeId, descriptors);
	if (likeness.sameAs && row.excusedBy === null) return noteExcuse(deps, row, likeness.sameAs, by, override);
	if (likeness.sameAs && row.excusedBy === by.actor.id) return fail(forbidden("enrol.second_same"));
	await deps.store.commit((tx) => sealApproval(tx, deps, row, likeness, by));
	settle(deps, row.employeeId, true);
	return ok({ alike: likeness.alike });
}

/** The first of two. */
async function noteExcuse(
	deps: EnrolmentsDeps,
	row: EnrolmentRow,
	sameAs: string,
	by: By,
	override?: string,
): Promise<Result<Approved>> {
	if (!override) return fail(sameAsOther(deps, sameAs));
	await deps.store.commit((tx) => sealExcuse(tx, deps, row, sameAs, by, override));
	settle(deps, row.employeeId, false);
	return ok({ alike: [], waits: true });
}

function sameAsOther({ store }: EnrolmentsDeps, otherId: string): AppError {
	const other = employeeById(store, otherId);
	const vars = { name: other?.name ?? "?", number: other?.number ?? "?" };
	return forbidden("enrol.same_as_named", vars);
}

async function reject(deps: EnrolmentsDeps, id: string, by: By): Promise<Result<void>> {
	const row = enrolmentById(deps.store, id);
	if (row?.status !== "pending") return fail(conflict("enrol.already_decided"));
	const nowMs = deps.clock.nowMs();
	await deps.store.commit((tx) => {
		rows.writeRejection(tx, id, by.actor.id, nowMs);
		const consentClosed = closeDoorConsent(tx, row, by.actor.id, nowMs);
		sealEnrolmentAct(tx, deps, "unenrol", "enrolment.reject", row, by, { consentClosed });
	});
	settle(deps, row.employeeId, false);
	return ok(undefined);
}

/** Whoever stood at the door may not have been this person: what they agreed to falls with their photos. */
function closeDoorConsent(tx: Tx, row: EnrolmentRow, by: string, nowMs: number): boolean {
	const consent = consentInForce(tx, row.employeeId);
	if (consent?.id !== row.consentId || consent.channel !== "kiosk") return false;
	if (enrolmentOf(tx, row.employeeId, "approved")) return false;
	return closeConsent(tx, row.employeeId, by, nowMs);
}

function settle({ faces, bus }: EnrolmentsDeps, employeeId: string, inForce: boolean): void {
	if (inForce) faces.reload(employeeId);
	bus.emit("enrolment", { employeeId });
}

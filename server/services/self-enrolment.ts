/** Enrolling oneself at the door: number, consent on the screen, frames; always pending until an admin approves. Tells nobody whose face it knows. */
import { consentInForce } from "../../db/consent.ts";
import { type Employee, employeeByNumber, isEmployedOn } from "../../db/employee.ts";
import { enrolmentById, enrolmentOf } from "../../db/enrolment.ts";
import type { Store } from "../../db/store.ts";
import type { AppError } from "../base/app-error.ts";
import { fromBase64 } from "../base/bytes.ts";
import type { DateText } from "../base/units.ts";
import type { EnrolReply, EnrolRequest } from "../protocol/kiosk.ts";
import type { RefusalCode } from "../protocol/refusals.ts";
import type { Pose } from "../recognition/quality.ts";
import type { By } from "./author.ts";
import type { Consents } from "./consent.ts";
import type { Enrolments, SubmissionOutcome } from "./enrolment.ts";
import type { NewPhoto } from "./enrolment-photos.ts";
import type { FaceLimit } from "./face-limit.ts";

export interface SelfEnrolmentDeps {
	readonly store: Store;
	readonly consents: Consents;
	readonly enrolments: Enrolments;
	/** Failed tries per kiosk; an instance of its own, so that it does not block punches. */
	readonly limit: FaceLimit;
	isFaceOn(): boolean;
	today(): DateText;
}

export interface SelfEnrolment {
	/** The same request id twice is one enrolment. */
	selfEnrol(kioskId: string, request: EnrolRequest, address: string): Promise<EnrolReply>;
}

type Refused = Extract<EnrolReply, { outcome: "refused" }>;
const refused = (code: RefusalCode, photo?: number): Refused => ({ outcome: "refused", code, photo });

export function makeSelfEnrolment(deps: SelfEnrolmentDeps): SelfEnrolment {
	return {
		async selfEnrol(kioskId, request, address) {
			if (enrolmentById(deps.store, request.id)) return { outcome: "pending" };
			if (deps.limit.waitSec(kioskId) > 0) return refused("kiosk.refused.too_many_tries");
			const reply = await enrol(deps, kioskId, request, address);
			if (reply.outcome === "pending") deps.limit.passed(kioskId);
			else deps.limit.failed(kioskId);
			return reply;
		},
	};
}

async function enrol(
	deps: SelfEnrolmentDeps,
	kioskId: string,
	request: EnrolRequest,
	address: string,
): Promise<EnrolReply> {
	if (!deps.isFaceOn()) return refused("kiosk.refused.face_off");
	const person = employeeByNumber(deps.store, request.number);
	const no = refusalFor(deps, person);
	if (no || !person) return no ?? refused("kiosk.refused.unknown_number");
	const photos = readPhotos(request);
	if (!photos) return refused("kiosk.refused.photos");
	const by: By = { actor: { kind: "kiosk", id: kioskId }, address };
	const hadConsent = consentInForce(deps.store, person.id) !== undefined;
	const consent = await deps.consents.give(person.id, { ...request.consent, channel: "kiosk" }, by);
	if (!consent.ok) return refused(CODES[consent.error.code] ?? "kiosk.refused.other");
	const submission = { employeeId: person.id, photos, channel: "kiosk" as const, approve: false };
	const result = await deps.enrolments.submitPhotos({ ...submission, id: request.id }, by);
	const reply = result.ok ? replyTo(result.value) : refused(codeOf(result.error));
	if (reply.outcome === "refused" && !hadConsent) await deps.consents.drop(person.id, by);
	return reply;
}

function refusalFor({ store, today }: SelfEnrolmentDeps, person: Employee | null): Refused | undefined {
	if (!person) return refused("kiosk.refused.unknown_number");
	if (!isEmployedOn(person, today())) return refused("kiosk.refused.inactive");
	if (enrolmentOf(store, person.id, "approved")) return refused("kiosk.refused.enrolled");
	return undefined;
}

const POSES: readonly string[] = ["front", "left", "right"] satisfies Pose[];

/** Undefined when a pose is not one of ours or the base64 is broken. */
function readPhotos({ photos }: EnrolRequest): NewPhoto[] | undefined {
	try {
		if (photos.some(({ pose }) => !POSES.includes(pose))) return undefined;
		return photos.map(({ pose, jpeg }) => ({ pose: pose as Pose, bytes: fromBase64(jpeg) }));
	} catch {
		return undefined;
	}
}

/** Service codes → sentences of the door page. */
const CODES: Readonly<Record<string, RefusalCode>> = {
	"enrol.consent_changed": "kiosk.refused.consent_changed",
	"enrol.face_off": "kiosk.refused.face_off",
	"enrol.already_enrolled_as_other": "kiosk.refused.enrolled_other",
	"enrol.photo_several": "kiosk.refused.several_faces",
	"enrol.photo_other_person": "kiosk.refused.other_person",
	"face.busy": "kiosk.refused.busy",
	"face.timeout": "kiosk.refused.busy",
	"face.down": "kiosk.refused.busy",
};

const codeOf = (error: AppError): RefusalCode => CODES[error.code] ?? "kiosk.refused.photos";

function replyTo(outcome: SubmissionOutcome): EnrolReply {
	if (outcome.kind === "stored") return { outcome: "pending" };
	const photo = outcome.verdicts.findIndex((verdict) => !verdict.ok);
	const verdict = outcome.verdicts[photo];
	if (outcome.sameAs || !verdict || verdict.ok) return refused(codeOf(outcome.error));
	return refused(codeOf(verdict.error), photo);
}

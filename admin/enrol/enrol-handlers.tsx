/** Handlers that enrol one person: consent, camera frames, uploaded portraits. */
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { employeeById } from "../../db/employee.ts";
import { type AppError, invalid } from "../../server/base/app-error.ts";
import { fromBase64 } from "../../server/base/bytes.ts";
import type { Lang } from "../../server/base/translate.ts";
import { MAX_PHOTOS, type SubmissionOutcome } from "../../server/services/enrolment.ts";
import type { NewPhoto } from "../../server/services/enrolment-photos.ts";
import { byOf, type SignedInContext } from "../../server/web/context.ts";
import { type FieldErrors, oneOf, parseForm, rawValue, text, ticked } from "../../server/web/forms.ts";
import { isLang, sayError } from "../../server/web/i18n.ts";
import { goTo, json, page } from "../../server/web/render.tsx";
import { failed, statusOf } from "../../server/web/status.tsx";
import { type PersonCall, showPerson, withPerson } from "./call.ts";
import { CameraPage } from "./camera-page.tsx";
import type { EnrolPagesDeps } from "./deps.ts";
import { UploadPage, type UploadRefusal } from "./upload-page.tsx";

const langOf = (rc: SignedInContext, value: string | undefined): Lang => (isLang(value) ? value : rc.lang);

/** People who cannot be enrolled now are sent to the page that says why. */
const hindered = ({ rc, person, facts }: PersonCall): Response | undefined =>
	!facts().faceOn || person.leftOn !== null ? goTo(rc, `/people/${person.id}/face`) : undefined;

export const cameraPage = (deps: EnrolPagesDeps) =>
	showPerson(deps, (found, { query }) => {
		const { rc, facts } = found;
		const words = deps.consents.text(langOf(rc, query.lang));
		return hindered(found) ?? page(rc, <CameraPage rc={rc} facts={facts()} text={words} />);
	});

export const uploadPage = (deps: EnrolPagesDeps) =>
	showPerson(deps, (found, { query }) => {
		const { rc, facts } = found;
		const words = deps.consents.text(langOf(rc, query.lang));
		return hindered(found) ?? page(rc, <UploadPage rc={rc} facts={facts()} text={words} />);
	});

const CONSENT_FORM = {
	version: text({ max: 32 }),
	lang: oneOf<Lang>(["zh-CN", "en"]),
	next: oneOf(["enrol", "upload"]),
	agree: ticked(),
	paper: ticked(),
};

export const consentGive = (deps: EnrolPagesDeps) =>
	withPerson(deps, async ({ rc, person, facts }, { request, body }) => {
		const form = parseForm(body, CONSENT_FORM);
		if (!form.ok) return failed(request, invalid("errors.malformed"));
		const { agree, paper, next, version, lang } = form.value;
		if (!agree && !paper) {
			const errors: FieldErrors = { agree: invalid("enrol.consent_unticked", "agree") };
			const Page = next === "upload" ? UploadPage : CameraPage;
			const words = deps.consents.text(lang);
			return page(rc, <Page rc={rc} facts={facts()} text={words} errors={errors} />, 422);
		}
		const channel = paper ? "paper" : "admin";
		const given = await deps.consents.give(person.id, { version, lang, channel }, byOf(rc));
		return given.ok ? goTo(rc, `/people/${person.id}/face/${next}`) : failed(request, given.error);
	});

const Frames = t.Object({
	photos: t.Array(
		t.Object({
			pose: t.Union([t.Literal("front"), t.Literal("left"), t.Literal("right")]),
			jpeg: t.String({ minLength: 100, maxLength: 700_000 }),
		}),
		{ minItems: 1, maxItems: MAX_PHOTOS },
	),
	reason: t.Optional(t.String({ minLength: 3, maxLength: 200 })),
});

/** JSON of the camera script → JSON: what became of each frame. */
export const framesSubmit = (deps: EnrolPagesDeps) =>
	withPerson(deps, async ({ rc, person }, { request, body }) => {
		if (!Value.Check(Frames, body)) return failed(request, invalid("errors.malformed"));
		const photos = readFrames(body.photos);
		if (!photos) return failed(request, invalid("errors.malformed"));
		const submission = { employeeId: person.id, photos, channel: "webcam" as const, approve: true };
		const result = await deps.enrolments.submitPhotos({ ...submission, override: body.reason }, byOf(rc));
		if (!result.ok) return failed(request, result.error);
		return json(framesReply(deps, rc, result.value), result.value.kind === "stored" ? 200 : 422);
	});

function readFrames(photos: readonly { pose: NewPhoto["pose"]; jpeg: string }[]): NewPhoto[] | undefined {
	try {
		return photos.map(({ pose, jpeg }) => ({ pose, bytes: fromBase64(jpeg) }));
	} catch {
		return undefined;
	}
}

function framesReply(deps: EnrolPagesDeps, rc: SignedInContext, outcome: SubmissionOutcome) {
	const verdicts = outcome.verdicts.map((verdict) => (verdict.ok ? null : sayError(rc.t, verdict.error)));
	if (outcome.kind === "stored") {
		const { alike } = outcome;
		const notes = alike.length > 0 ? [rc.t("enrol.result.alike", { count: alike.length })] : [];
		const said = rc.t(outcome.status === "approved" ? "enrol.camera.saved" : "enrol.second.waits");
		return { outcome: "stored", message: [said, ...notes].join(" "), verdicts };
	}
	const other = outcome.sameAs ? employeeById(deps.store, outcome.sameAs) : null;
	const override = other && rc.t("enrol.override.text", { name: other.name, number: other.number });
	return { outcome: "refused", message: sayError(rc.t, outcome.error), verdicts, override };
}

export const uploadSubmit = (deps: EnrolPagesDeps) =>
	withPerson(deps, async (found, call) => {
		const { rc, person } = found;
		const files = filesOf(call.body);
		const again = (error: AppError) => uploadAgain(deps, found, faultOf(rc, error), statusOf(error));
		if (files.length === 0) return again(invalid("enrol.upload.none", "photos"));
		if (files.length > MAX_PHOTOS)
			return again(invalid("enrol.upload.too_many", "photos", { max: MAX_PHOTOS }));
		const photos = await Promise.all(
			files.map(async (file): Promise<NewPhoto> => ({ pose: "front", bytes: await file.bytes() })),
		);
		const reason = rawValue(call.body, "reason").trim().slice(0, 200);
		const submission = { employeeId: person.id, photos, channel: "upload" as const, approve: true };
		const override = reason.length >= 3 ? reason : undefined;
		const result = await deps.enrolments.submitPhotos({ ...submission, override }, byOf(rc));
		if (!result.ok) return again(result.error);
		if (result.value.kind === "refused")
			return uploadAgain(deps, found, { refused: refusal(deps, rc, result.value) }, 422);
		const flash = result.value.status === "approved" ? "enrol.upload.done" : "enrol.second.waits";
		return goTo(rc, `/people/${person.id}/face`, { flash });
	});

/** On the field when the files are to blame, else above the form. */
const faultOf = (rc: SignedInContext, error: AppError): Shown =>
	error.field === "photos"
		? { errors: { photos: error } }
		: { refused: { message: sayError(rc.t, error), verdicts: [] } };

interface Shown {
	readonly errors?: FieldErrors;
	readonly refused?: UploadRefusal;
}

/** The chosen files; an empty file field sends one file without a name. */
function filesOf(body: unknown): Blob[] {
	const value = (body as { photos?: unknown } | null)?.photos;
	return (Array.isArray(value) ? value : [value]).filter((one) => one instanceof Blob && one.size > 0);
}

function refusal(
	{ store }: EnrolPagesDeps,
	rc: SignedInContext,
	outcome: Extract<SubmissionOutcome, { kind: "refused" }>,
): UploadRefusal {
	const other = outcome.sameAs ? employeeById(store, outcome.sameAs) : null;
	const sameAs = other ? { name: other.name, number: other.number } : undefined;
	return { message: sayError(rc.t, outcome.error), verdicts: outcome.verdicts, sameAs };
}

function uploadAgain(
	deps: EnrolPagesDeps,
	{ rc, facts }: PersonCall,
	shown: Shown,
	status: number,
): Response {
	const words = deps.consents.text(rc.lang);
	return page(rc, <UploadPage rc={rc} facts={facts()} text={words} {...shown} />, status);
}

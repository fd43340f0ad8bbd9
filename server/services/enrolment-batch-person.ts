/** One person of a batch: unpacks their portraits, records the paper consent, enrols, and says in one line what became of it. */
import type { Employee } from "../../db/employee.ts";
import type { AppError, MessageVars } from "../base/app-error.ts";
import type { Result } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import { SECOND_MS } from "../base/units.ts";
import { unpackEntry, type ZipEntry } from "../sheets/zip-directory.ts";
import type { By } from "./author.ts";
import type { Consents } from "./consent.ts";
import { type Enrolments, MAX_PHOTOS, type Submission, type SubmissionOutcome } from "./enrolment.ts";
import type { NewPhoto } from "./enrolment-photos.ts";
import type { NamedPhoto } from "./photo-names.ts";

/** One line of the report. */
export interface BatchRow {
	/** Employee number, or the file name when nobody has it. */
	readonly label: string;
	/** Message key. */
	readonly code: string;
	readonly vars: MessageVars;
	readonly ok: boolean;
}

interface PersonDeps {
	readonly consents: Consents;
	readonly enrolments: Enrolments;
}

interface Material {
	readonly zip: Uint8Array;
	readonly statement: { readonly version: string; readonly lang: Lang };
	readonly by: By;
}

export async function enrolFromZip(
	{ consents, enrolments }: PersonDeps,
	person: Employee,
	files: readonly NamedPhoto<ZipEntry>[],
	{ zip, statement, by }: Material,
): Promise<BatchRow> {
	const line = (code: string, vars: MessageVars = {}, fine = false): BatchRow => ({
		label: person.number,
		code,
		vars,
		ok: fine,
	});
	const fault = (error: AppError) => line(error.code, error.vars);
	const photos: NewPhoto[] = [];
	for (const { entry } of files.slice(0, MAX_PHOTOS)) {
		const bytes = unpackEntry(zip, entry);
		if (!bytes.ok) return line("enrol.zip_damaged");
		photos.push({ pose: "front", bytes: bytes.value });
	}
	const hadConsent = consents.inForce(person.id) !== undefined;
	const { version, lang } = statement;
	const consent = await consents.give(person.id, { version, lang, channel: "paper" }, by);
	if (!consent.ok) return fault(consent.error);
	const submission = { employeeId: person.id, photos, channel: "upload" as const, approve: true };
	const result = await patiently(enrolments, { ...submission, priority: "later" }, by);
	const outcome = result.ok ? result.value : undefined;
	if (outcome?.kind === "stored") {
		const good = outcome.verdicts.filter((verdict) => verdict.ok).length;
		return line("enrol.batch_done", { good, alike: outcome.alike.length }, true);
	}
	if (!hadConsent) await consents.drop(person.id, by);
	return fault(outcome ? refusalOf(outcome) : (result as { error: AppError }).error);
}

/** The most telling reason: the first photo's own fault, unless the whole was at fault. */
function refusalOf({ error, verdicts, sameAs }: Extract<SubmissionOutcome, { kind: "refused" }>): AppError {
	const bad = verdicts.find((verdict) => !verdict.ok);
	return !sameAs && bad && !bad.ok ? bad.error : error;
}

const TRIES = 30;

/** People at a screen go first: while the face worker's line is full, the batch waits. */
async function patiently(
	enrolments: Enrolments,
	submission: Submission,
	by: By,
): Promise<Result<SubmissionOutcome>> {
	for (let left = TRIES; ; left--) {
		const result = await enrolments.submitPhotos(submission, by);
		if (result.ok || result.error.code !== "face.busy" || left === 0) return result;
		await new Promise((resume) => setTimeout(resume, 2 * SECOND_MS));
	}
}

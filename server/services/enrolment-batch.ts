/**
 * Enrols many people from one zip of portraits, one after the other in the background. The consents are on paper; the operator states so.
 * The zip lives in RAM until the job ends. Interrupted or cancelled work goes on by uploading the same zip again: who is enrolled is skipped.
 */
import { type Employee, employeeByNumber } from "../../db/employee.ts";
import { enrolmentOf } from "../../db/enrolment.ts";
import {
	type FileJob,
	type FileJobState,
	failRunningJobs,
	fileJobById,
	insertFileJob,
	latestFileJob,
	updateFileJob,
} from "../../db/file-job.ts";
import type { Store } from "../../db/store.ts";
import { conflict, invalid, type MessageVars, unavailable } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import type { Clock } from "../base/units.ts";
import { readZipDirectory, type ZipEntry } from "../sheets/zip-directory.ts";
import type { By } from "./author.ts";
import type { Consents } from "./consent.ts";
import type { Enrolments } from "./enrolment.ts";
import { type BatchRow, enrolFromZip } from "./enrolment-batch-person.ts";
import { type NamedPhoto, planPhotos } from "./photo-names.ts";
import { sealEvent } from "./sealing.ts";

export interface EnrolmentBatchesDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly consents: Consents;
	readonly enrolments: Enrolments;
	isFaceOn(): boolean;
	/** An accident inside the job; the job is marked failed. */
	onAccident(error: unknown): void;
}

export interface EnrolmentBatches {
	/**
	 * Checks the zip and starts. Fails with `enrol.face_off`, `enrol.batch_statement`, `enrol.batch_running`,
	 * `enrol.batch_no_photos`, `enrol.batch_photo_too_big`, or `enrol.zip_*`.
	 */
	start(zip: Uint8Array, statement: PaperStatement, by: By): Promise<Result<{ readonly jobId: string }>>;
	/** Stops after the person being worked on. */
	cancel(jobId: string): void;
	job(jobId: string): FileJob<BatchRow> | undefined;
	latest(): FileJob<BatchRow> | undefined;
	/** At the start of the box. */
	failInterrupted(): Promise<number>;
	/** Resolves when no job runs. */
	idle(): Promise<void>;
}

/** The operator has a signed paper of everyone in the zip, in this language and version. */
export interface PaperStatement {
	readonly signed: boolean;
	readonly version: string;
	readonly lang: Lang;
}

/** Bytes of the zip itself, held in RAM. JPEGs hardly shrink, so about 1,000 portraits of a phone set to small. */
export const BATCH_MAX_BYTES = 150_000_000;
/** Files inside, and their bytes unpacked. */
export const BATCH_LIMITS = { entries: 2_000, totalBytes: 300_000_000 };
const PHOTO_MAX_BYTES = 10_000_000;
const KIND = "enrolment";

interface Run {
	readonly jobId: string;
	cancelled: boolean;
	ended: Promise<void>;
}

export function makeEnrolmentBatches(deps: EnrolmentBatchesDeps): EnrolmentBatches {
	const { store, clock } = deps;
	let running: Run | undefined;
	return {
		async start(zip, statement, by) {
			const plan = planBatch(deps, zip, statement);
			if (!plan.ok) return plan;
			if (running) return fail(conflict("enrol.batch_running"));
			const run: Run = { jobId: newId(clock.nowMs()), cancelled: false, ended: Promise.resolve() };
			running = run;
			await openJob(deps, run.jobId, plan.value, by).catch((error) => {
				running = undefined;
				throw error;
			});
			run.ended = work(deps, run, plan.value, { zip, statement, by }).finally(() => {
				running = undefined;
			});
			return ok({ jobId: run.jobId });
		},
		cancel(jobId) {
			if (running?.jobId === jobId) running.cancelled = true;
		},
		job: (jobId) => fileJobById<BatchRow>(store, jobId, KIND),
		latest: () => latestFileJob<BatchRow>(store, KIND),
		failInterrupted: () => store.commit((tx) => failRunningJobs(tx, KIND, clock.nowMs())),
		idle: async () => running?.ended,
	};
}

/** The reader of zips speaks of tables; the same faults in words about photos. */
const ZIP_CODES: Readonly<Record<string, string>> = {
	"import.zip_damaged": "enrol.zip_damaged",
	"import.zip_encrypted": "enrol.zip_encrypted",
	"import.zip_entries": "enrol.zip_entries",
	"import.zip_too_big": "enrol.zip_too_big",
};
const zipCode = (code: string): string => ZIP_CODES[code] ?? code;

interface BatchPlan {
	readonly people: readonly { readonly person: Employee; readonly photos: readonly NamedPhoto<ZipEntry>[] }[];
	readonly strangers: readonly string[];
}

function planBatch(
	deps: EnrolmentBatchesDeps,
	zip: Uint8Array,
	statement: PaperStatement,
): Result<BatchPlan> {
	if (!deps.isFaceOn()) return fail(unavailable("enrol.face_off"));
	if (!statement.signed) return fail(invalid("enrol.batch_statement", "signed"));
	if (zip.length > BATCH_MAX_BYTES)
		return fail(invalid("enrol.batch_too_big", "zip", { max: BATCH_MAX_BYTES / 1_000_000 }));
	const directory = readZipDirectory(zip, BATCH_LIMITS);
	if (!directory.ok) return fail({ ...directory.error, code: zipCode(directory.error.code) });
	const files = directory.value.filter((entry) => !entry.isFolder);
	if (files.some((entry) => entry.unpackedBytes > PHOTO_MAX_BYTES))
		return fail(invalid("enrol.batch_photo_too_big", "zip", { max: PHOTO_MAX_BYTES / 1_000_000 }));
	const plan = planPhotos(files, (text) => employeeByNumber(deps.store, text) !== null);
	const people = [...plan.people].map(([number, photos]) => ({
		person: employeeByNumber(deps.store, number)!,
		photos,
	}));
	if (people.length + plan.strangers.length === 0) return fail(invalid("enrol.batch_no_photos", "zip"));
	return ok({ people, strangers: plan.strangers });
}

async function openJob(deps: EnrolmentBatchesDeps, id: string, plan: BatchPlan, by: By): Promise<void> {
	const nowMs = deps.clock.nowMs();
	const total = plan.people.length;
	const report = plan.strangers.map((file): BatchRow => row(file, "enrol.batch_unknown"));
	await deps.store.commit((tx) => {
		const job = { id, kind: KIND, madeBy: by.actor.id, state: "running" as const, done: 0, total };
		insertFileJob(tx, { ...job, report, createdMs: nowMs, endedMs: null });
		const detail = { people: total, unknown: plan.strangers.length, consent: "paper" };
		const on = { objectKind: "file_job", objectId: id, detail, ...by, nowMs };
		sealEvent(tx, { type: "import", action: "enrolment.batch", ...on });
	});
}

const row = (label: string, code: string, vars: MessageVars = {}): BatchRow => ({
	label,
	code,
	vars,
	ok: false,
});

interface Material {
	readonly zip: Uint8Array;
	readonly statement: PaperStatement;
	readonly by: By;
}

async function work(deps: EnrolmentBatchesDeps, run: Run, plan: BatchPlan, given: Material): Promise<void> {
	const report = [...(fileJobById<BatchRow>(deps.store, run.jobId, KIND)?.report ?? [])];
	let done = 0;
	let state: FileJobState = "done";
	try {
		for (const { person, photos } of plan.people) {
			if (run.cancelled) {
				state = "cancelled";
				break;
			}
			report.push(
				enrolmentOf(deps.store, person.id, "approved")
					? { ...row(person.number, "enrol.batch_already"), ok: true }
					: await enrolFromZip(deps, person, photos, given),
			);
			done++;
			await deps.store.commit((tx) => updateFileJob(tx, run.jobId, { done, report }));
		}
	} catch (error) {
		state = "failed";
		deps.onAccident(error);
	}
	const endedMs = deps.clock.nowMs();
	await deps.store
		.commit((tx) => updateFileJob(tx, run.jobId, { done, report, state, endedMs }))
		.catch(deps.onAccident);
}

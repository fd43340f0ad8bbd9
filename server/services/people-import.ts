/**
 * Import of a staff list: an uploaded file is read and checked (nothing changes), shown, and only then carried out, all or
 * nothing. Checked files wait in memory, one per account, and are gone after half an hour or a restart; an import that was
 * begun outlives the restart and is finished by the next start.
 */
import { type FileJob, fileJobById, runningFileJob } from "../../db/file-job.ts";
import type { Store } from "../../db/store.ts";
import { type AppError, conflict, notFound, unavailable } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { MINUTE_MS, SECOND_MS } from "../base/units.ts";
import { FILE_MAX_BYTES } from "../sheets/sheet.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import {
	beginImport,
	carryOn,
	type ImportReport,
	type ImportResult,
	type Progress,
} from "./people-import-apply.ts";
import { type CheckDeps, checkList, type ImportPlan } from "./people-import-check.ts";
import { IMPORT_KIND } from "./people-import-lock.ts";

export interface PeopleImportDeps extends CheckDeps {
	readonly store: Store;
	readonly bus: DomainBus;
	/** Receives why an import had to pause. */
	readonly onError: (error: unknown) => void;
}

export type ImportState =
	| { readonly kind: "reading" }
	| { readonly kind: "checking"; readonly done: number; readonly total: number }
	| { readonly kind: "planned"; readonly plan: ImportPlan }
	/** `paused`: the store refused (a full disk); it goes on by itself. */
	| ({ readonly kind: "applying"; readonly paused: boolean } & Progress)
	| { readonly kind: "done"; readonly result: ImportResult }
	| { readonly kind: "failed"; readonly error: AppError };

export interface ImportJob {
	readonly id: string;
	/** Empty for one that outlived a restart. */
	readonly fileName: string;
	readonly state: ImportState;
}

export interface PeopleImport {
	/** Starts reading; the job's state tells the rest. A former job of the same account is dropped. */
	start(fileName: string, bytes: Uint8Array, by: By): Result<ImportJob>;
	/** The account's own job; nobody sees another's. */
	find(id: string, by: By): ImportJob | undefined;
	/** The import that writes right now, whoever began it. */
	running(): Progress | undefined;
	/** Begins to carry out a plan without findings; the job's state tells the rest. Idempotent. */
	confirm(id: string, by: By): Promise<Result<ImportJob>>;
	cancel(id: string, by: By): void;
	/** At the start of the box: finishes what a stop has cut short. */
	resume(): void;
	/** Resolves when nothing is being written any more. */
	settled(): Promise<void>;
	/** Lets the current piece finish and begins no other; the next start goes on. */
	stop(): Promise<void>;
}

interface Job {
	readonly id: string;
	readonly fileName: string;
	readonly owner: string;
	readonly bytes: Uint8Array;
	readonly untilMono: number;
	state: ImportState;
}

const LIFE_MS = 30 * MINUTE_MS;
/** Larger uploads are refused before they are read into memory. */
export const IMPORT_MAX_BYTES = FILE_MAX_BYTES;
/** Checked files that wait at once on the whole box. */
const JOBS_MAX = 4;

export function makePeopleImport(deps: PeopleImportDeps): PeopleImport {
	const jobs = new Map<string, Job>();
	const writer = makeWriter(deps, (id, state) => {
		const job = jobs.get(id);
		if (job) job.state = state;
	});
	const sweep = (): void => {
		for (const [id, job] of jobs) if (deps.clock.monoMs() > job.untilMono) jobs.delete(id);
	};
	const own = (id: string, by: By): Job | undefined => {
		sweep();
		const job = jobs.get(id);
		return job?.owner === by.actor.id ? job : undefined;
	};
	return {
		start(fileName, bytes, by) {
			sweep();
			for (const [id, job] of jobs)
				if (job.owner === by.actor.id && job.state.kind !== "applying") jobs.delete(id);
			if (jobs.size >= JOBS_MAX) return fail(unavailable("import.busy"));
			const id = newId(deps.clock.nowMs());
			const untilMono = deps.clock.monoMs() + LIFE_MS;
			const job: Job = { id, fileName, owner: by.actor.id, bytes, untilMono, state: { kind: "reading" } };
			jobs.set(id, job);
			void check(deps, job);
			return ok(job);
		},
		find: (id, by) => own(id, by) ?? storedJob(deps, id, by),
		running: () => runningFileJob(deps.store, IMPORT_KIND),
		async confirm(id, by) {
			const job = own(id, by);
			if (!job) return fail(notFound("import.gone"));
			if (job.state.kind === "planned") await begin(deps, job, job.state.plan, by, writer.write);
			return ok(job);
		},
		cancel(id, by) {
			if (own(id, by)?.state.kind !== "applying") jobs.delete(id);
		},
		resume: writer.resume,
		settled: writer.settled,
		stop: writer.stop,
	};
}

/** Reads and plans; never throws, since nobody waits for it. */
async function check(deps: PeopleImportDeps, job: Job): Promise<void> {
	const onProgress = (done: number, total: number) => {
		job.state = { kind: "checking", done, total };
	};
	try {
		const plan = await checkList(deps, job.bytes, onProgress);
		job.state = plan.ok ? { kind: "planned", plan: plan.value } : { kind: "failed", error: plan.error };
	} catch {
		job.state = { kind: "failed", error: unavailable("import.accident") };
	}
}

async function begin(
	deps: PeopleImportDeps,
	job: Job,
	plan: ImportPlan,
	by: By,
	write: (id: string) => void,
): Promise<void> {
	if (plan.findings.length > 0) {
		job.state = { kind: "failed", error: conflict("import.has_findings") };
		return;
	}
	job.state = { kind: "applying", done: 0, total: plan.rows.length, paused: false };
	const { id, bytes: file } = job;
	const begun = await beginImport(deps, { id, rows: plan.rows, file }, by).catch((error: unknown) => {
		deps.onError(error);
		write(id);
		return fail(unavailable("import.accident"));
	});
	if (begun.ok) write(id);
	else job.state = { kind: "failed", error: begun.error };
}

/** A job that memory no longer holds, from what is stored of it. */
function storedJob({ store }: PeopleImportDeps, id: string, by: By): ImportJob | undefined {
	const row = fileJobById<ImportReport>(store, id, IMPORT_KIND);
	return row?.madeBy === by.actor.id ? { id, fileName: "", state: stateOf(row) } : undefined;
}

function stateOf({ state, done, total, report }: FileJob<ImportReport>): ImportState {
	if (state === "running") return { kind: "applying", done, total, paused: false };
	const end = report[0];
	if (state !== "done" || !end) return { kind: "failed", error: unavailable("import.accident") };
	const { created, changed, same } = end;
	return { kind: "done", result: { created, changed, same } };
}

/** Between two tries while the store refuses. */
const RETRY_MS = 5 * SECOND_MS;

/** Carries stored imports out, one at a time, and tries again for as long as the store refuses. */
function makeWriter(deps: PeopleImportDeps, tell: (id: string, state: ImportState) => void) {
	let writing: Promise<void> = Promise.resolve();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isStopped = false;
	const write = (id: string): void => {
		writing = writing.then(() => writeOut(id));
	};
	const writeOut = async (id: string): Promise<void> => {
		const progress =
			(paused: boolean) =>
			({ done, total }: Progress) =>
				tell(id, { kind: "applying", done, total, paused });
		try {
			if (!(await carryOn(deps, id, progress(false), () => !isStopped))) return;
			const row = fileJobById<ImportReport>(deps.store, id, IMPORT_KIND);
			if (row) tell(id, stateOf(row));
			if (row?.state === "done") deps.bus.emit("people", { employeeId: null });
		} catch (error) {
			deps.onError(error);
			const row = fileJobById(deps.store, id, IMPORT_KIND);
			if (row) progress(true)(row);
			if (!isStopped) timer = setTimeout(() => write(id), RETRY_MS);
		}
	};
	return {
		write,
		settled: () => writing,
		resume() {
			const job = runningFileJob(deps.store, IMPORT_KIND);
			if (job) write(job.id);
		},
		stop() {
			isStopped = true;
			clearTimeout(timer);
			return writing;
		},
	};
}

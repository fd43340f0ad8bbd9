/**
 * Import of a staff list: an uploaded file is read and checked (nothing changes), shown, and only then carried out, all or
 * nothing. Checked files wait in memory, one per account, and are gone after half an hour or a restart.
 */
import type { Store } from "../../db/store.ts";
import { type AppError, conflict, notFound, unavailable } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, localDate, MINUTE_MS } from "../base/units.ts";
import { readSheet } from "../sheets/read-sheet.ts";
import type { SheetRows } from "../sheets/sheet.ts";
import { FILE_MAX_BYTES } from "../sheets/sheet.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { applyPlan, type ImportResult, StalePlanError } from "./people-import-apply.ts";
import { findHeader, type HeaderNames, type ImportColumn } from "./people-import-columns.ts";
import { type Finding, type PlannedRow, planContext, planRow } from "./people-import-plan.ts";

export interface PeopleImportDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly vault: Pick<Vault, "hostMac">;
	readonly zone: () => string;
	readonly names: HeaderNames;
}

export interface ImportPlan {
	readonly columns: readonly ImportColumn[];
	readonly ignored: readonly string[];
	readonly rows: readonly PlannedRow[];
	/** All of them stop the import until they are mended. */
	readonly findings: readonly Finding[];
	/** Paths that would be made. */
	readonly newDepartments: readonly string[];
}

export type ImportState =
	| { readonly kind: "reading" }
	| { readonly kind: "checking"; readonly done: number; readonly total: number }
	| { readonly kind: "planned"; readonly plan: ImportPlan }
	| { readonly kind: "applying"; readonly plan: ImportPlan }
	| { readonly kind: "done"; readonly result: ImportResult }
	| { readonly kind: "failed"; readonly error: AppError };

export interface ImportJob {
	readonly id: string;
	readonly fileName: string;
	readonly state: ImportState;
}

export interface PeopleImport {
	/** Starts reading; the job's state tells the rest. A former job of the same account is dropped. */
	start(fileName: string, bytes: Uint8Array, by: By): Result<ImportJob>;
	/** The account's own job; nobody sees another's. */
	find(id: string, by: By): ImportJob | undefined;
	/** Carries a plan without findings out. Idempotent: a job that is done stays done. */
	confirm(id: string, by: By): Promise<Result<ImportJob>>;
	cancel(id: string, by: By): void;
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
/** Rows between two breaths, so punches are not held up. */
const CHUNK = 250;

export function makePeopleImport(deps: PeopleImportDeps): PeopleImport {
	const jobs = new Map<string, Job>();
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
		find: own,
		async confirm(id, by) {
			const job = own(id, by);
			if (!job) return fail(notFound("import.gone"));
			if (job.state.kind === "planned") await carryOut(deps, job, job.state.plan, by);
			return ok(job);
		},
		cancel(id, by) {
			if (own(id, by)?.state.kind !== "applying") jobs.delete(id);
		},
	};
}

/** Reads and plans; never throws, since nobody waits for it. */
async function check(deps: PeopleImportDeps, job: Job): Promise<void> {
	try {
		const rows = await readSheet(job.bytes);
		const plan = rows.ok ? await makePlan(deps, job, rows.value) : rows;
		job.state = plan.ok ? { kind: "planned", plan: plan.value } : { kind: "failed", error: plan.error };
	} catch {
		job.state = { kind: "failed", error: unavailable("import.accident") };
	}
}

async function makePlan(deps: PeopleImportDeps, job: Job, sheet: SheetRows): Promise<Result<ImportPlan>> {
	const header = findHeader(sheet, deps.names);
	if (!header.ok) return header;
	const context = planContext(deps.store, deps.vault, localDate(deps.clock.nowMs(), deps.zone()));
	const rows: PlannedRow[] = [];
	const findings: Finding[] = [];
	for (let i = header.value.row + 1; i < sheet.length; i++) {
		if (i % CHUNK === 0) await breathe(job, i, sheet.length);
		const planned = planRow(context, header.value, sheet[i]!, i + 1);
		findings.push(...planned.findings);
		if (planned.row) rows.push(planned.row);
	}
	if (rows.length + findings.length === 0)
		return fail({ kind: "invalid", code: "import.no_rows", field: "file" });
	const { at, ignored } = header.value;
	const newDepartments = newPaths(rows, context.departments);
	return ok({ columns: [...at.keys()], ignored, rows, findings, newDepartments });
}

async function breathe(job: Job, done: number, total: number): Promise<void> {
	job.state = { kind: "checking", done, total };
	await new Promise((resume) => setImmediate(resume));
}

function newPaths(rows: readonly PlannedRow[], known: ReadonlyMap<string, string>): string[] {
	const paths = new Set<string>();
	for (const { department } of rows)
		for (let depth = 1; depth <= (department?.length ?? 0); depth++)
			paths.add(department!.slice(0, depth).join("/"));
	return [...paths].filter((path) => !known.has(path));
}

async function carryOut(deps: PeopleImportDeps, job: Job, plan: ImportPlan, by: By): Promise<void> {
	if (plan.findings.length > 0) {
		job.state = { kind: "failed", error: conflict("import.has_findings") };
		return;
	}
	job.state = { kind: "applying", plan };
	const nowMs = deps.clock.nowMs();
	const today = localDate(nowMs, deps.zone());
	const apply = { vault: deps.vault, nowMs, today, by, file: job.bytes };
	try {
		const result = await deps.store.commit((tx) => applyPlan(tx, plan.rows, apply));
		job.state = { kind: "done", result };
		deps.bus.emit("people", { employeeId: null });
	} catch (error) {
		const isStale = error instanceof StalePlanError;
		job.state = {
			kind: "failed",
			error: isStale ? conflict("import.stale") : unavailable("import.accident"),
		};
		if (!isStale) throw error;
	}
}

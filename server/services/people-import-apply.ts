/**
 * Writes an import in pieces that let punches through: one transaction for ten thousand people holds every door up for a
 * second or more. It stays all or nothing all the same: the staff is locked from the beginning, every row is checked
 * under the lock and stored as a step before the first is written, so that a stop of the box only pauses it.
 */
import { createHash } from "node:crypto";
import { insertAudit } from "../../db/audit.ts";
import { endCardRow, insertCard } from "../../db/card.ts";
import { insertDepartment } from "../../db/department.ts";
import { insertEmployee, updateEmployee } from "../../db/employee.ts";
import {
	deleteImportPiece,
	deleteImportPieces,
	type FileJob,
	fileJobById,
	type ImportPiece,
	insertFileJob,
	nextImportPiece,
	putImportPiece,
	updateFileJob,
} from "../../db/file-job.ts";
import type { Store, Tx } from "../../db/store.ts";
import { type AppError, conflict } from "../base/app-error.ts";
import { fromBase64, toHex } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, localDate } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import { IMPORT_KIND, refuseWhileImporting } from "./people-import-lock.ts";
import type { PlannedRow } from "./people-import-plan.ts";
import { type ImportStep, type StepContext, stepOf } from "./people-import-steps.ts";
import { sealEvent } from "./sealing.ts";

export interface ApplyDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Pick<Vault, "hostMac">;
	readonly zone: () => string;
}

export interface ImportResult {
	readonly created: number;
	readonly changed: number;
	readonly same: number;
}

/** What is stored of an import: its outcome, and what its audit lines share. There as soon as it is certain to be carried out. */
export interface ImportReport extends ImportResult {
	readonly by: By;
	readonly nowMs: number;
	/** Of the leaf that seals the file. */
	readonly seq: number;
}

interface ListToWrite {
	readonly id: string;
	readonly rows: readonly PlannedRow[];
	readonly file: Uint8Array;
}

/** People per transaction; a punch waits for two of these at most. */
const PEOPLE_PER_PIECE = 50;

/**
 * Locks the staff, checks every row again, stores the steps and seals the file; after that it is carried out whatever happens.
 * Fails with `people.import_running` or `import.stale`, and nothing has changed then. When it rejects, `carryOn` clears up.
 */
export async function beginImport(deps: ApplyDeps, list: ListToWrite, by: By): Promise<Result<void>> {
	const { store } = deps;
	const nowMs = deps.clock.nowMs();
	const refused = await store.commit((tx) => lock(tx, list.id, by, nowMs));
	if (refused) return fail(refused);
	const context = contextOf(deps, nowMs);
	const total = await storeSteps(deps, list, context);
	if (total === undefined) {
		await callOff(deps, list.id);
		return fail(conflict("import.stale"));
	}
	await store.commit((tx) => seal(tx, list, total, by, context));
	return ok(undefined);
}

/** Frees the staff again; for an import that has written nothing. */
const callOff = ({ store, clock }: ApplyDeps, id: string): Promise<void> =>
	store.commit((tx) => {
		deleteImportPieces(tx, id);
		updateFileJob(tx, id, { state: "failed", endedMs: clock.nowMs() });
	});

function lock(tx: Tx, id: string, by: By, nowMs: number): AppError | undefined {
	const refused = refuseWhileImporting(tx);
	if (refused) return refused;
	const bare = { done: 0, total: 0, report: [], createdMs: nowMs, endedMs: null };
	insertFileJob(tx, { id, kind: IMPORT_KIND, madeBy: by.actor.id, state: "running", ...bare });
	return undefined;
}

const contextOf = ({ store, vault, zone }: ApplyDeps, nowMs: number): StepContext => ({
	db: store,
	vault,
	nowMs,
	today: localDate(nowMs, zone()),
	departments: new Map(),
	newDepartments: [],
});

/** How many people will be written; undefined when the staff is no longer as it was checked. */
async function storeSteps(
	{ store }: ApplyDeps,
	{ id, rows }: ListToWrite,
	context: StepContext,
): Promise<number | undefined> {
	let total = 0;
	for (let from = 0; from < rows.length; from += PEOPLE_PER_PIECE) {
		const steps: ImportStep[] = [];
		for (const row of rows.slice(from, from + PEOPLE_PER_PIECE)) {
			const step = stepOf(context, row);
			if (!step) return undefined;
			if (row.kind !== "same") steps.push(step);
		}
		if (steps.length === 0) continue;
		await store.commit((tx) => putImportPiece(tx, id, from, JSON.stringify(steps)));
		total += steps.length;
	}
	return total;
}

function seal(tx: Tx, { id, rows, file }: ListToWrite, total: number, by: By, context: StepContext): void {
	const { nowMs, newDepartments } = context;
	const count = (kind: PlannedRow["kind"]): number => rows.filter((row) => row.kind === kind).length;
	const result: ImportResult = { created: count("create"), changed: count("change"), same: count("same") };
	for (const made of newDepartments) insertDepartment(tx, { ...made, shiftId: null, createdMs: nowMs });
	const objectId = toHex(createHash("sha256").update(file).digest());
	const on = { objectKind: "file", objectId, detail: { ...result }, nowMs };
	const seq = sealEvent(tx, { type: "import", action: "people.import", ...on, ...by });
	updateFileJob(tx, id, { total, report: [{ ...result, by, nowMs, seq } satisfies ImportReport] });
}

export interface Progress {
	readonly done: number;
	readonly total: number;
}

/**
 * Writes what is left of an import, piece by piece, until `mayGoOn` says no; one that was never sealed is called off.
 * True when it is over. Rejects when the store does, and may be called again.
 */
export async function carryOn(
	deps: ApplyDeps,
	jobId: string,
	onProgress: (progress: Progress) => void,
	mayGoOn: () => boolean,
): Promise<boolean> {
	const { store, clock } = deps;
	const job = fileJobById<ImportReport>(store, jobId, IMPORT_KIND);
	if (job?.state !== "running") return true;
	const report = job.report[0];
	if (!report) {
		await callOff(deps, jobId);
		return true;
	}
	let { done } = job;
	for (let piece = nextImportPiece(store, jobId); piece; piece = nextImportPiece(store, jobId)) {
		if (!mayGoOn()) return false;
		done = await writePiece(store, { ...job, done }, report, piece);
		onProgress({ done, total: job.total });
	}
	await store.commit((tx) => updateFileJob(tx, jobId, { state: "done", endedMs: clock.nowMs() }));
	return true;
}

/** Returns how many people are in by now. */
async function writePiece(
	store: Store,
	job: FileJob<ImportReport>,
	report: ImportReport,
	{ piece, steps }: ImportPiece,
): Promise<number> {
	const people = JSON.parse(steps) as ImportStep[];
	const done = job.done + people.length;
	await store.commit((tx) => {
		for (const step of people) writeStep(tx, step, report);
		deleteImportPiece(tx, job.id, piece);
		updateFileJob(tx, job.id, { done });
	});
	return done;
}

function writeStep(
	tx: Tx,
	{ isNew, employee, card, detail }: ImportStep,
	{ by, nowMs, seq }: ImportReport,
): void {
	if (isNew) insertEmployee(tx, employee);
	else updateEmployee(tx, employee);
	if (card?.endsId) endCardRow(tx, card.endsId, nowMs);
	if (card) {
		const { id, lookup, tail } = card;
		const row = { id, employeeId: employee.id, lookup: fromBase64(lookup), tail };
		insertCard(tx, { ...row, addedMs: nowMs, endedMs: null });
	}
	insertAudit(tx, {
		atMs: nowMs,
		actorKind: by.actor.kind,
		actorId: by.actor.id,
		action: isNew ? "people.create" : "people.change",
		objectKind: "employee",
		objectId: employee.id,
		detail,
		address: by.address,
		seq,
	});
}

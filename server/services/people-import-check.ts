/** Reads an uploaded staff list and plans it row by row, with breaths between them. Changes nothing. */
import type { Db } from "../../db/store.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, localDate } from "../base/units.ts";
import { readSheet } from "../sheets/read-sheet.ts";
import type { SheetRows } from "../sheets/sheet.ts";
import type { Vault } from "../vault/vault.ts";
import { findHeader, type HeaderNames, type ImportColumn } from "./people-import-columns.ts";
import { type Finding, type PlannedRow, planContext, planRow } from "./people-import-plan.ts";

export interface CheckDeps {
	readonly store: Db;
	readonly clock: Clock;
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

/** Rows between two breaths, so punches are not held up. */
const ROWS_PER_BREATH = 250;

/** Fails when the file cannot be read or holds no list; mistakes in rows are findings of the plan. */
export async function checkList(
	deps: CheckDeps,
	file: Uint8Array,
	onProgress: (done: number, total: number) => void,
): Promise<Result<ImportPlan>> {
	const rows = await readSheet(file);
	return rows.ok ? planSheet(deps, rows.value, onProgress) : rows;
}

async function planSheet(
	deps: CheckDeps,
	sheet: SheetRows,
	onProgress: (done: number, total: number) => void,
): Promise<Result<ImportPlan>> {
	const header = findHeader(sheet, deps.names);
	if (!header.ok) return header;
	const context = planContext(deps.store, deps.vault, localDate(deps.clock.nowMs(), deps.zone()));
	const rows: PlannedRow[] = [];
	const findings: Finding[] = [];
	for (let i = header.value.row + 1; i < sheet.length; i++) {
		if (i % ROWS_PER_BREATH === 0) {
			onProgress(i, sheet.length);
			await new Promise((resume) => setImmediate(resume));
		}
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

function newPaths(rows: readonly PlannedRow[], known: ReadonlyMap<string, string>): string[] {
	const paths = new Set<string>();
	for (const { department } of rows)
		for (let depth = 1; depth <= (department?.length ?? 0); depth++)
			paths.add(department!.slice(0, depth).join("/"));
	return [...paths].filter((path) => !known.has(path));
}

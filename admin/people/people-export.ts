/** The staff list as a file, cut like the list on screen. It can be imported again unchanged; card numbers are not stored, so none are in it. */
import { departmentPaths } from "../../db/department.ts";
import { type EmployeeListRow, listEmployees } from "../../db/employee-list.ts";
import type { Db } from "../../db/store.ts";
import { localDate } from "../../server/base/units.ts";
import { CSV_TYPE, writeCsv } from "../../server/exports/csv.ts";
import { type ReportTable, safeFileName } from "../../server/exports/table.ts";
import { writeXlsx, XLSX_TYPE } from "../../server/exports/xlsx.ts";
import type { Looks } from "../../server/services/looks.ts";
import { byOf, type SignedInContext } from "../../server/web/context.ts";
import { download } from "../../server/web/download.ts";
import { rawValue } from "../../server/web/forms.ts";
import { filterOf, readListQuery } from "./people-filter.ts";

export interface ExportDeps {
	readonly db: Db;
	readonly looks: Looks;
}

const ROWS_MAX = 100_000;

/** Excel unless `format=csv`. */
export async function exportStaff(deps: ExportDeps, rc: SignedInContext, query: unknown): Promise<Response> {
	const filter = filterOf(rc, { ...readListQuery(query), page: 1 }, ROWS_MAX);
	const { rows } = listEmployees(deps.db, filter);
	await deps.looks.exported("staff", rows.length, byOf(rc));
	const table = staffTable(rc, rows, departmentPaths(deps.db));
	const name = safeFileName(`${table.title} ${localDate(rc.nowMs, rc.zone)}`);
	return rawValue(query, "format") === "csv"
		? download({ name: `${name}.csv`, contentType: CSV_TYPE, bytes: writeCsv(table) })
		: download({ name: `${name}.xlsx`, contentType: XLSX_TYPE, bytes: await writeXlsx(table) });
}

function staffTable(
	rc: SignedInContext,
	rows: readonly EmployeeListRow[],
	paths: ReadonlyMap<string, string>,
): ReportTable {
	return {
		title: rc.t("people.export.title"),
		columns: [
			{ title: rc.t("import.head.number"), kind: "text" },
			{ title: rc.t("import.head.name"), kind: "text" },
			{ title: rc.t("import.head.department"), kind: "text" },
			{ title: rc.t("import.head.shift"), kind: "text" },
			{ title: rc.t("import.head.joined"), kind: "date" },
			{ title: rc.t("import.head.left"), kind: "date" },
		],
		rows: rows.map((row) => [
			row.number,
			row.name,
			(row.departmentId && paths.get(row.departmentId)) || null,
			row.shiftName,
			row.joinedOn,
			row.leftOn,
		]),
		zone: rc.zone,
	};
}

/** The list to fill in: headings in the reader's language and two rows that show how. */

import { localDate } from "../../server/base/units.ts";
import { CSV_TYPE, writeCsv } from "../../server/exports/csv.ts";
import { type ExportFile, type ReportTable, safeFileName } from "../../server/exports/table.ts";
import { writeXlsx, XLSX_TYPE } from "../../server/exports/xlsx.ts";
import type { SignedInContext } from "../../server/web/context.ts";

export async function importTemplate(rc: SignedInContext, format: string): Promise<ExportFile> {
	const table = templateTable(rc);
	const name = safeFileName(table.title);
	return format === "csv"
		? { name: `${name}.csv`, contentType: CSV_TYPE, bytes: writeCsv(table) }
		: { name: `${name}.xlsx`, contentType: XLSX_TYPE, bytes: await writeXlsx(table) };
}

/** The samples hold no shift, since a shift has to exist; their numbers say that they are samples. */
function templateTable(rc: SignedInContext): ReportTable {
	const { t } = rc;
	const today = localDate(rc.nowMs, rc.zone);
	return {
		title: t("import.template.title"),
		columns: [
			{ title: t("import.head.number"), kind: "text", width: 16 },
			{ title: t("import.head.name"), kind: "text", width: 20 },
			{ title: t("import.head.department"), kind: "text", width: 24 },
			{ title: t("import.head.card"), kind: "text", width: 18 },
			{ title: t("import.head.joined"), kind: "date", width: 14 },
			{ title: t("import.head.shift"), kind: "text", width: 14 },
		],
		rows: [
			[
				t("import.template.number_1"),
				t("import.template.name_1"),
				t("import.template.department_1"),
				null,
				today,
				null,
			],
			[
				t("import.template.number_2"),
				t("import.template.name_2"),
				t("import.template.department_2"),
				null,
				today,
				null,
			],
		],
		zone: rc.zone,
	};
}

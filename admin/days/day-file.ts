/** The day list as a report table for Excel and CSV: instants and durations stay numbers. */
import type { DayListRow } from "../../db/day-list.ts";
import type { ReportTable } from "../../server/exports/table.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { minuteText } from "../../server/web/format.ts";
import { METHODS } from "./punch-words.ts";

/** More people than one box is meant for. */
export const FILE_MAX = 20_000;

export function dayTable(
	{ t, zone }: SignedInContext,
	date: string,
	rows: readonly DayListRow[],
): ReportTable {
	const shiftOf = (row: DayListRow): string | null =>
		row.startMin === null || row.endMin === null
			? null
			: `${row.shiftName} ${minuteText(row.startMin)}–${minuteText(row.endMin)}`;
	const methodsOf = (row: DayListRow): string =>
		METHODS.filter((method) => row.methods?.split(",").includes(method))
			.map((method) => t(`punches.method.${method}`))
			.join(", ");
	return {
		title: t("days.file.sheet", { date }),
		zone,
		columns: [
			{ title: t("days.file.date"), kind: "date" },
			{ title: t("days.file.number"), kind: "text" },
			{ title: t("days.file.name"), kind: "text" },
			{ title: t("days.department"), kind: "text" },
			{ title: t("days.shift"), kind: "text" },
			{ title: t("days.status"), kind: "text" },
			{ title: t("days.first_in"), kind: "instant" },
			{ title: t("days.last_out"), kind: "instant" },
			{ title: t("days.worked"), kind: "minutes" },
			{ title: t("days.file.late_min"), kind: "number" },
			{ title: t("days.file.early_min"), kind: "number" },
			{ title: t("days.punches"), kind: "number" },
			{ title: t("days.file.doubtful"), kind: "number" },
			{ title: t("days.method"), kind: "text" },
		],
		rows: rows.map((row) => [
			date,
			row.number,
			row.name,
			row.department,
			shiftOf(row),
			t(`days.status.${row.status}`),
			row.firstInMs,
			row.lastOutMs,
			row.workedMin,
			row.lateMin,
			row.earlyMin,
			row.punches,
			row.doubtful,
			methodsOf(row) || null,
		]),
	};
}

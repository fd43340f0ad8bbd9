/** A report table as an Excel workbook of one sheet: typed cells (text is never a formula), frozen header, widths, filter buttons. */
import type { CellObject, Feature, SheetData } from "write-excel-file/node";
import type { Bytes } from "../base/bytes.ts";
import { isDateText, type ReportTable, type TableCell, type TableColumn } from "./table.ts";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Excel takes at most 31 characters, and none of `[]:*?/\`. */
const sheetName = (title: string): string =>
	title
		.replace(/[[\]:*?/\\]/g, " ")
		.replace(/^'+|'+$/g, "")
		.trim()
		.slice(0, 31) || "Sheet1";

/** XML 1.0 cannot carry these at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** An Excel cell holds at most 32,767 characters. */
const CELL_MAX = 32_767;

/** The whole file. About 1 s per 100,000 cells. */
export async function writeXlsx(table: ReportTable): Promise<Bytes> {
	const header = table.columns.map(
		(column): CellObject => ({ ...textCell(column.title), fontWeight: "bold", backgroundColor: "#E8ECEF" }),
	);
	const rows = table.rows.map((row) => row.map((cell, i) => cellOf(table, table.columns[i]!, cell)));
	const columns = table.columns.map((column, i) => ({ width: column.width ?? widthOf(table, column, i) }));
	const data: SheetData = [header, ...rows];
	const sheet = { sheet: sheetName(table.title), columns, stickyRowsCount: 1 };
	const { default: writeWorkbook } = await import("write-excel-file/node");
	const buffer = await writeWorkbook(data, sheet, {
		features: [filterButtons(table)],
	}).toBuffer();
	return new Uint8Array(buffer) as Bytes;
}

const textCell = (text: string): CellObject => ({
	value: text.replace(UNWRITABLE, "").slice(0, CELL_MAX),
	type: String,
	format: "@",
});

function cellOf(table: ReportTable, { kind }: TableColumn, cell: TableCell): CellObject | null {
	if (cell === null || cell === "") return null;
	if (typeof cell === "string")
		return kind === "date" && isDateText(cell)
			? { value: new Date(`${cell}T00:00:00Z`), type: Date, format: "yyyy-mm-dd" }
			: textCell(cell);
	if (kind === "minutes") return { value: cell / 1440, type: Number, format: "[h]:mm" };
	if (kind === "instant")
		return { value: wallClock(cell, table.zone), type: Date, format: "yyyy-mm-dd hh:mm:ss" };
	return { value: cell, type: Number };
}

/** Excel knows no zones: the local reading is written as if it were UTC. */
function wallClock(epochMs: number, zone: string): Date {
	const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDateTime();
	return new Date(local.toZonedDateTime("UTC").epochMilliseconds);
}

const FIXED_WIDTH = { minutes: 9, instant: 20, date: 12, number: 10 } as const;

/** Wide enough for the header and the first hundred texts; wide characters count twice. */
function widthOf(table: ReportTable, column: TableColumn, index: number): number {
	const lengths = [column.title, ...table.rows.slice(0, 100).map((row) => row[index])].map(displayWidth);
	const fixed = column.kind === "text" ? 6 : FIXED_WIDTH[column.kind];
	return column.kind === "text"
		? Math.min(40, Math.max(fixed, ...lengths) + 3)
		: Math.max(fixed, displayWidth(column.title) + 3);
}

const displayWidth = (cell: TableCell | undefined): number =>
	typeof cell === "string" ? [...cell].reduce((sum, char) => sum + (char > "\u2e7f" ? 2 : 1), 0) : 0;

/** Adds `<autoFilter>` right after the data, where the schema wants it. */
function filterButtons<Content>(table: ReportTable): Feature<Content> {
	const ref = `A1:${columnName(table.columns.length)}${table.rows.length + 1}`;
	return {
		files: {
			transform: {
				"xl/worksheets/sheet{id}.xml": {
					transform: (xml: string) => xml.replace("</sheetData>", `</sheetData><autoFilter ref="${ref}"/>`),
				},
			},
		},
	};
}

/** 1 → A, 27 → AA. */
const columnName = (n: number): string =>
	n <= 26
		? String.fromCharCode(64 + n)
		: columnName(Math.floor((n - 1) / 26)) + columnName(((n - 1) % 26) + 1);

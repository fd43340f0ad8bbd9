/** A report table as CSV: RFC 4180, CRLF, UTF-8 with a byte order mark so that Excel reads Chinese, formulas disarmed. */
import { type Bytes, utf8 } from "../base/bytes.ts";
import { escapeFormula } from "./formula.ts";
import { instantText, minutesText, type ReportTable, type TableCell, type TableColumn } from "./table.ts";

export const CSV_TYPE = "text/csv; charset=utf-8";

/** The whole file. Numbers stay bare; only text is disarmed. */
export function writeCsv(table: ReportTable): Bytes {
	const header = table.columns.map((column) => quote(escapeFormula(column.title)));
	const lines = table.rows.map((row) =>
		row.map((cell, i) => field(table, table.columns[i]!, cell)).join(","),
	);
	return utf8(`\ufeff${[header.join(","), ...lines].join("\r\n")}\r\n`);
}

function field(table: ReportTable, { kind }: TableColumn, cell: TableCell): string {
	if (cell === null) return "";
	if (typeof cell === "string") return quote(escapeFormula(cell));
	if (kind === "minutes") return minutesText(cell);
	return kind === "instant" ? instantText(cell, table.zone) : String(cell);
}

const quote = (text: string): string =>
	/[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** CSV text → rows: any of comma, semicolon and tab; quotes of RFC 4180; the `'` of our own exports taken away. */
import papa from "papaparse";
import { invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { unescapeFormula } from "../exports/formula.ts";
import { COLUMNS_MAX, ROWS_MAX, type SheetRows } from "./sheet.ts";

const DELIMITERS = [",", "\t", ";"];

/** The separator that the header, the first line with anything in it, has most of; quoted text does not count. */
function delimiterOf(text: string): string {
	const header = /^[\s\ufeff]*(.*)/.exec(text)![1]!.replace(/"[^"]*"/g, "");
	const counts = DELIMITERS.map((one) => header.split(one).length);
	return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** Blank lines are kept as empty rows, so that row numbers match what people see in their editor. Every line end becomes LF. */
export function readCsv(text: string): Result<SheetRows> {
	const { data } = papa.parse<string[]>(text.replace(/\r\n?/g, "\n"), {
		newline: "\n",
		delimiter: delimiterOf(text),
		preview: ROWS_MAX + 2,
	});
	while (data.length > 0 && data.at(-1)!.every((cell) => cell.trim() === "")) data.pop();
	if (data.length > ROWS_MAX + 1) return fail(invalid("import.too_many_rows", "file", { max: ROWS_MAX }));
	if (data.some((row) => row.length > COLUMNS_MAX))
		return fail(invalid("import.too_many_columns", "file", { max: COLUMNS_MAX }));
	return ok(data.map((row) => row.map((cell) => unescapeFormula(cell))));
}

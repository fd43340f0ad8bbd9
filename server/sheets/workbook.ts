/**
 * Excel bytes → rows of text. The archive is checked by its directory, known parts alone are unpacked under a cap, and the
 * library only ever sees those. Blocking: runs inside the Worker (`sheet-worker.ts`).
 */
import { zipSync } from "fflate";
import { type CellValue, InvalidSpreadsheetError, readSheet } from "read-excel-file/universal";
import { invalid } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { COLUMNS_MAX, ROWS_MAX, type SheetRows, UNPACKED_MAX_BYTES, WORKBOOK_ENTRIES_MAX } from "./sheet.ts";
import { readZipDirectory, unpackEntry } from "./zip-directory.ts";

/** The only parts that hold data; everything else in the archive is never touched. */
const KNOWN_PART =
	/^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/;

/** The first sheet. Numbers come as written in the file, dates as `YYYY-MM-DD`, formulas as their stored value. */
export async function readWorkbook(bytes: Uint8Array): Promise<Result<SheetRows>> {
	const parts = unpackParts(bytes);
	if (!parts.ok) return parts;
	const size = refuseSize(parts.value);
	if (!size.ok) return size;
	try {
		const rows = await readSheet(repack(parts.value), { parseNumber: plainNumber, trim: false });
		if (rows.length > ROWS_MAX + 1) return fail(invalid("import.too_many_rows", "file", { max: ROWS_MAX }));
		return ok(rows.map((row) => (row as CellValue[]).map(textOf)));
	} catch (error) {
		if (error instanceof InvalidSpreadsheetError || error instanceof Error)
			return fail(invalid("import.workbook_damaged", "file"));
		throw error;
	}
}

function unpackParts(bytes: Uint8Array): Result<Map<string, Bytes>> {
	const limits = { entries: WORKBOOK_ENTRIES_MAX, totalBytes: UNPACKED_MAX_BYTES };
	const directory = readZipDirectory(bytes, limits);
	if (!directory.ok) return directory;
	const parts = new Map<string, Bytes>();
	for (const entry of directory.value) {
		if (!KNOWN_PART.test(entry.name)) continue;
		if (parts.has(entry.name)) return fail(invalid("import.zip_damaged", "file"));
		const part = unpackEntry(bytes, entry);
		if (!part.ok) return part;
		parts.set(entry.name, part.value);
	}
	return parts.has("xl/workbook.xml") ? ok(parts) : fail(invalid("import.not_a_workbook", "file"));
}

/** A few bytes can name cell XFD1048576, and the library would build every empty row before it: look at the names first. */
function refuseSize(parts: ReadonlyMap<string, Bytes>): Result<void> {
	for (const [name, part] of parts) {
		if (!name.startsWith("xl/worksheets/")) continue;
		const xml = new TextDecoder().decode(part);
		for (const [, letters, digits] of xml.matchAll(/\br\s*=\s*["']\s*([A-Za-z]*)(\d+)\s*["']/g)) {
			if (Number(digits) > ROWS_MAX + 1)
				return fail(invalid("import.too_many_rows", "file", { max: ROWS_MAX }));
			if (columnNumber(letters!) > COLUMNS_MAX)
				return fail(invalid("import.too_many_columns", "file", { max: COLUMNS_MAX }));
		}
	}
	return ok(undefined);
}

const columnNumber = (letters: string): number =>
	[...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** A plain archive of the parts already unpacked: stored, so nothing in it can grow. */
const repack = (parts: ReadonlyMap<string, Bytes>): ArrayBuffer =>
	zipSync(Object.fromEntries(parts), { level: 0 }).slice().buffer as ArrayBuffer;

function textOf(cell: CellValue | null): string {
	if (cell === null || cell === undefined) return "";
	if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10);
	if (typeof cell === "number") return String(cell);
	return typeof cell === "boolean" ? (cell ? "TRUE" : "FALSE") : String(cell);
}

/** `1.001E3` → `1001`: what the file says of a whole number that a double holds exactly. */
function plainNumber(text: string): string {
	if (!/^\d+(\.\d+)?E\+?\d+$/i.test(text)) return text;
	const value = Number(text);
	return Number.isSafeInteger(value) ? String(value) : text;
}

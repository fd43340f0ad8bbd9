/** Finds the header of an imported staff list and which column is which. Pure; the names it knows come from the caller. */
import { type AppError, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";

export const IMPORT_COLUMNS = [
	"number",
	"name",
	"department",
	"card",
	"joinedOn",
	"leftOn",
	"shift",
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** All names a column may have, in every language. */
export type HeaderNames = Readonly<Record<ImportColumn, readonly string[]>>;

export interface ImportHeader {
	/** Index of the header row, from 0. */
	readonly row: number;
	readonly at: ReadonlyMap<ImportColumn, number>;
	/** Headings nobody knows; their columns are left out. */
	readonly ignored: readonly string[];
}

/** Titles and notes may stand above the header, within this many rows. */
const SEARCH_ROWS = 10;

/** Letters and digits alone: blanks, stars, colons and bracketed remarks do not matter. */
const plain = (heading: string): string =>
	heading
		.normalize("NFKC")
		.toLowerCase()
		.replace(/\(.*?\)/g, "")
		.replace(/[^\p{L}\p{N}]/gu, "");

/** The first row that has the number and at least one more known column. */
export function findHeader(rows: readonly (readonly string[])[], names: HeaderNames): Result<ImportHeader> {
	const known = new Map(
		IMPORT_COLUMNS.flatMap((column) => names[column].map((name) => [plain(name), column])),
	);
	for (const [row, cells] of rows.slice(0, SEARCH_ROWS).entries()) {
		const found = cells.map((cell) => known.get(plain(cell)));
		if (!found.includes("number") || found.filter(Boolean).length < 2) continue;
		const twice = IMPORT_COLUMNS.find((column) => found.indexOf(column) !== found.lastIndexOf(column));
		if (twice) return fail(columnTwice(cells[found.lastIndexOf(twice)]!));
		const at = new Map(found.flatMap((column, i) => (column ? [[column, i] as const] : [])));
		const ignored = cells.filter((cell, i) => !found[i] && cell.trim() !== "");
		return ok({ row, at, ignored });
	}
	return fail(invalid("import.no_header", "file"));
}

const columnTwice = (name: string): AppError => invalid("import.column_twice", "file", { name });

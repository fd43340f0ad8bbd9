/** What every reader of tables gives: rows of text, and the limits they keep. */

/** The first row is the header; short rows are missing their last cells. No cell is a formula, only its last value. */
export type SheetRows = readonly (readonly string[])[];

/** Bytes of an uploaded table. */
export const FILE_MAX_BYTES = 10_000_000;
/** Unpacked bytes of a workbook (TRUST A23). */
export const UNPACKED_MAX_BYTES = 20_000_000;
/** Entries in a workbook's zip; Excel writes about 12. */
export const WORKBOOK_ENTRIES_MAX = 200;
/** Rows below the header. */
export const ROWS_MAX = 20_000;
export const COLUMNS_MAX = 64;

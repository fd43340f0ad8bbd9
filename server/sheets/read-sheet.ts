/** An uploaded table, Excel or CSV, → rows of text. Excel is read in a Worker of its own, which ends with the file. */
import { type AppError, invalid } from "../base/app-error.ts";
import { fail, type Result } from "../base/result.ts";
import { SECOND_MS } from "../base/units.ts";
import { readCsv } from "./csv.ts";
import { FILE_MAX_BYTES, type SheetRows, UNPACKED_MAX_BYTES, WORKBOOK_ENTRIES_MAX } from "./sheet.ts";
import { decodeText } from "./text-encoding.ts";
import { looksLikeZip, readZipDirectory } from "./zip-directory.ts";

/** A workbook of 20,000 rows takes about 2 s; one that takes this long is not a staff list. */
const WORKER_MAX_MS = 30 * SECOND_MS;

/** What it is is told by its first bytes; names and types that browsers send are not looked at. */
export async function readSheet(bytes: Uint8Array): Promise<Result<SheetRows>> {
	if (bytes.length === 0) return fail(invalid("import.empty", "file"));
	if (bytes.length > FILE_MAX_BYTES)
		return fail(invalid("import.file_too_big", "file", { max: FILE_MAX_BYTES / 1_000_000 }));
	if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return fail(invalid("import.old_excel", "file"));
	if (looksLikeZip(bytes)) return readInWorker(bytes);
	const decoded = decodeText(bytes);
	return decoded.ok ? readCsv(decoded.value.text) : decoded;
}

/** The cheap check runs before a Worker is even started. */
async function readInWorker(bytes: Uint8Array): Promise<Result<SheetRows>> {
	const limits = { entries: WORKBOOK_ENTRIES_MAX, totalBytes: UNPACKED_MAX_BYTES };
	const directory = readZipDirectory(bytes, limits);
	if (!directory.ok) return directory;
	const worker = new Worker(sheetWorkerUrl());
	try {
		return await answerOf(worker, bytes);
	} finally {
		worker.terminate();
	}
}

function answerOf(worker: Worker, bytes: Uint8Array): Promise<Result<SheetRows>> {
	const { promise, resolve } = Promise.withResolvers<Result<SheetRows>>();
	const refuse = (error: AppError) => resolve(fail(error));
	const timer = setTimeout(() => refuse(invalid("import.too_slow", "file")), WORKER_MAX_MS);
	worker.onmessage = ({ data }: MessageEvent<Result<SheetRows>>) => resolve(data);
	worker.onerror = (event) => {
		event.preventDefault();
		refuse(invalid("import.workbook_damaged", "file"));
	};
	worker.postMessage(bytes);
	return promise.finally(() => clearTimeout(timer));
}

/** In the binary every module claims to be the one bundle at the root of the embedded files. */
function sheetWorkerUrl(): string {
	const bundled = /\$bunfs|~BUN/.test(import.meta.url);
	return new URL(bundled ? "./sheets/sheet-worker.ts" : "./sheet-worker.ts", import.meta.url).href;
}

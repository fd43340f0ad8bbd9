/** While an import writes people, nobody else changes the staff: what was checked stays true, so every row can be carried out. */
import { runningFileJob } from "../../db/file-job.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, conflict } from "../base/app-error.ts";

export const IMPORT_KIND = "people-import";

/** `people.import_running` while an import is under way, a few seconds for thousands; asked inside the writer's transaction. */
export const refuseWhileImporting = (db: Db): AppError | undefined =>
	runningFileJob(db, IMPORT_KIND) ? conflict("people.import_running") : undefined;

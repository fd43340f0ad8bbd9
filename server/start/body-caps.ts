/** Which routes take more than the edge's default body: photos, staff tables, kiosk queues. */
import { ENROL_BODY_CAPS } from "../../admin/enrol/deps.ts";
import { PACK_ZIP_MAX_BYTES } from "../packs/pack-zip.ts";
import { IMPORT_MAX_BYTES } from "../services/people-import.ts";

const MIB = 1024 * 1024;
/** What a multipart form adds to its file. */
const FORM_BYTES = 64 * 1024;

/** Address pattern → largest body in bytes. */
export const BODY_CAPS: readonly (readonly [RegExp, number])[] = [
	...ENROL_BODY_CAPS,
	[/^\/api\/kiosk\/punch$/, 2 * MIB],
	[/^\/api\/kiosk\/(enrol|drain|set-aside)$/, 6 * MIB],
	[/^\/settings\/net\/upload$/, PACK_ZIP_MAX_BYTES + FORM_BYTES],
	[/^\/people\/import$/, IMPORT_MAX_BYTES + FORM_BYTES],
];

/** Undefined where the default holds. */
export const bodyCap = (_method: string, path: string): number | undefined =>
	BODY_CAPS.find(([pattern]) => pattern.test(path))?.[1];

export const LARGEST_BODY = Math.max(...BODY_CAPS.map(([, bytes]) => bytes));

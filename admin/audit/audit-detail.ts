/** The particulars of an audited act as named facts. What only a program can use (ids of photos, hashes) is left out. */
import type { AuditRow } from "../../db/audit.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { AuditNames } from "./audit-names.ts";
import { fieldLabel, valueText } from "./audit-values.ts";

export interface AuditFact {
	/** Absent where the act and its object already say what it is. */
	readonly label?: string;
	readonly text: string;
	/** What it was before. */
	readonly old?: string;
}

type Detail = Readonly<Record<string, unknown>>;

/** Of no use to people: ids of rows, hashes, sizes; or said by the act or its object already. */
const SILENT: ReadonlySet<string> = new Set([
	"card",
	"enrolment",
	"photo",
	"consent",
	"ref",
	"note",
	"size",
	"entry",
	"sha256",
	"textHash",
	"textVersion",
]);
const SILENT_BESIDE_PERSON: ReadonlySet<string> = new Set(["emp"]);

export function factsOf(rc: SignedInContext, names: AuditNames, row: AuditRow): AuditFact[] {
	const detail = row.detail as Detail;
	if ("old" in detail && "new" in detail)
		return changeOf(rc, names, row.objectKind === "shift" ? "shiftId" : "", detail);
	const isPersonNamed = row.objectKind === "punch" || row.objectKind === "makeup";
	return Object.entries(detail)
		.filter(([field]) => !SILENT.has(field) && !(isPersonNamed && SILENT_BESIDE_PERSON.has(field)))
		.filter(([field, value]) => !isEmpty(value) && !saysNothing(row, field, value))
		.map(([field, value]) => factOf(rc, names, field, value));
}

const isEmpty = (value: unknown): boolean =>
	value === "" || value === null || (Array.isArray(value) && value.length === 0);

/** All people on the board, a new object's own name, a card that came with an import. */
const saysNothing = ({ action }: AuditRow, field: string, value: unknown): boolean =>
	(field === "view" && value === "all") ||
	(field === "name" && /\.(create|code)$/.test(action)) ||
	(field === "method" && action.startsWith("people."));

/** A pair of old and new is how changes of people are sealed. */
function factOf(rc: SignedInContext, names: AuditNames, field: string, value: unknown): AuditFact {
	const label = fieldLabel(rc, field);
	if (Array.isArray(value) && PAIRED.has(field) && value.length === 2)
		return { label, old: valueText(rc, names, field, value[0]), text: valueText(rc, names, field, value[1]) };
	return { label, text: valueText(rc, names, field, value) };
}

const PAIRED: ReadonlySet<string> = new Set(["number", "departmentId", "shiftId", "joinedOn", "leftOn"]);

/** A setting is one value, of the kind of `field`, or a record of them; of a record only what differs is told. */
function changeOf(rc: SignedInContext, names: AuditNames, field: string, detail: Detail): AuditFact[] {
	const { old, new: now } = detail;
	if (!isRecord(now)) return [pairOf(rc, names, field, old, now)].filter(isChange);
	const before = isRecord(old) ? old : {};
	return Object.keys(now)
		.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]))
		.map((key) => ({ label: fieldLabel(rc, key), ...pairOf(rc, names, key, before[key], now[key]) }));
}

/** A single value that had none before is the object of the act already. */
const isChange = ({ old }: AuditFact): boolean => old !== undefined;

/** What was never set has no old value to tell. */
function pairOf(
	rc: SignedInContext,
	names: AuditNames,
	field: string,
	old: unknown,
	now: unknown,
): AuditFact {
	const text = valueText(rc, names, field, now);
	return old === undefined || old === null ? { text } : { text, old: valueText(rc, names, field, old) };
}

const isRecord = (value: unknown): value is Detail =>
	typeof value === "object" && value !== null && !Array.isArray(value);

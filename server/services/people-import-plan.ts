/** Compares an imported staff list with what is stored and says, row by row, what would happen. Changes nothing. */
import { departmentTree } from "../../db/department.ts";
import { allEmployees, type Employee, employeeByCard } from "../../db/employee.ts";
import { listShifts } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, invalid } from "../base/app-error.ts";
import { ok, type Result } from "../base/result.ts";
import type { DateText } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import { cardLookup, normaliseCard } from "./cards.ts";
import { DEPTH_MAX, parseDepartmentName } from "./departments.ts";
import type { ImportColumn, ImportHeader } from "./people-import-columns.ts";
import { parseDay, parseName, parseNumber } from "./people-rules.ts";

/** A row that has to be mended, or that deserves a second look. Its sentence is the error's. */
export interface Finding {
	/** As the editor counts: the first row of the file is 1. */
	readonly line: number;
	readonly column: ImportColumn | null;
	readonly error: AppError;
}

/** What one row asks for; undefined leaves a stored value as it is. */
export interface PlannedRow {
	readonly line: number;
	/** The person as stored, or null for a new one. */
	readonly before: Employee | null;
	readonly number: string;
	readonly name?: string;
	/** Names from the top. */
	readonly department?: readonly string[];
	readonly shiftId?: string;
	readonly joinedOn?: DateText;
	readonly leftOn?: DateText;
	readonly card?: string;
	readonly kind: "create" | "change" | "same";
}

export interface PlanContext {
	readonly db: Db;
	readonly vault: Pick<Vault, "hostMac">;
	readonly today: DateText;
	readonly people: ReadonlyMap<string, Employee>;
	/** Department id by path. */
	readonly departments: ReadonlyMap<string, string>;
	/** Shift id by name. */
	readonly shifts: ReadonlyMap<string, string>;
	/** Line by number and by card, of the rows seen so far. */
	readonly seen: { readonly numbers: Map<string, number>; readonly cards: Map<string, number> };
}

export function planContext(db: Db, vault: Pick<Vault, "hostMac">, today: DateText): PlanContext {
	return {
		db,
		vault,
		today,
		people: new Map(allEmployees(db).map((person) => [person.number, person])),
		departments: new Map(departmentTree(db, today).map((node) => [node.path, node.id])),
		shifts: new Map(listShifts(db).map((shift) => [shift.name, shift.id])),
		seen: { numbers: new Map(), cards: new Map() },
	};
}

/** Plans one row; rows must come in order, since a later twin is the one to blame. Blank rows give neither. */
export function planRow(
	context: PlanContext,
	header: ImportHeader,
	cells: readonly string[],
	line: number,
): { row?: PlannedRow; findings: Finding[] } {
	if (cells.every((cell) => cell.trim() === "")) return { findings: [] };
	const findings: Finding[] = [];
	const read = <T>(column: ImportColumn, parse: (text: string) => Result<T>): T | undefined => {
		const text = cells[header.at.get(column) ?? -1]?.trim() ?? "";
		if (text === "" && column !== "number") return undefined;
		const result = parse(text);
		if (result.ok) return result.value;
		findings.push({ line, column, error: result.error });
		return undefined;
	};
	const number = read("number", (text) => parseUniqueNumber(context, text, line));
	const before = (number && context.people.get(number)) || null;
	const fields = {
		name: read("name", parseName),
		department: read("department", parsePath),
		shiftId: read("shift", (text) => parseShift(context, text)),
		joinedOn: read("joinedOn", (text) => parseSheetDay(text, "joinedOn")),
		leftOn: read("leftOn", (text) => parseSheetDay(text, "leftOn")),
		card: read("card", (text) => parseCard(context, text, before, line)),
	};
	const wrong = refuseRow(before, fields, findings);
	if (wrong) findings.push({ line, ...wrong });
	if (findings.length > 0 || number === undefined) return { findings };
	return { row: { line, before, number, ...fields, kind: kindOf(context, before, fields) }, findings };
}

type Fields = Omit<PlannedRow, "line" | "before" | "number" | "kind">;

function refuseRow(
	before: Employee | null,
	fields: Fields,
	findings: readonly Finding[],
): Omit<Finding, "line"> | undefined {
	const isNameWrong = findings.some(({ column }) => column === "name" || column === "number");
	if (!before && fields.name === undefined && !isNameWrong)
		return { column: "name", error: invalid("people.name_missing") };
	const joinedOn = fields.joinedOn ?? before?.joinedOn;
	const leftOn = fields.leftOn ?? before?.leftOn;
	if (joinedOn && leftOn && leftOn < joinedOn)
		return { column: "leftOn", error: invalid("people.left_before_joined") };
	return undefined;
}

function kindOf(context: PlanContext, before: Employee | null, fields: Fields): PlannedRow["kind"] {
	if (!before) return "create";
	const { name, department, shiftId, joinedOn, leftOn, card } = fields;
	const wanted = department && (context.departments.get(department.join("/")) ?? "new");
	const differs = <T>(asked: T | undefined, stored: T): boolean => asked !== undefined && asked !== stored;
	const isChange =
		differs(name, before.name) ||
		differs(wanted, before.departmentId) ||
		differs(shiftId, before.shiftId) ||
		differs(joinedOn, before.joinedOn) ||
		differs(leftOn, before.leftOn) ||
		card !== undefined;
	return isChange ? "change" : "same";
}

/** Excel turns long digits into `1.23E+17` and loses the last ones: such a number is not the one that was typed. */
const isRounded = (text: string): boolean => /^\d+(\.\d+)?e\+?\d+$/i.test(text);

function parseUniqueNumber({ seen }: PlanContext, text: string, line: number): Result<string> {
	if (isRounded(text)) return { ok: false, error: invalid("import.rounded") };
	const number = parseNumber(text);
	if (!number.ok) return number;
	const first = seen.numbers.get(number.value);
	if (first !== undefined)
		return { ok: false, error: invalid("import.number_twice", undefined, { line: first }) };
	seen.numbers.set(number.value, line);
	return number;
}

function parsePath(text: string): Result<readonly string[]> {
	const names: string[] = [];
	for (const part of text.split(/[/\uff0f]/)) {
		const name = parseDepartmentName(part);
		if (!name.ok) return name;
		names.push(name.value);
	}
	return names.length > DEPTH_MAX
		? { ok: false, error: invalid("departments.too_deep", undefined, { max: DEPTH_MAX }) }
		: ok(names);
}

function parseShift({ shifts }: PlanContext, text: string): Result<string> {
	const name = parseName(text);
	const id = name.ok ? shifts.get(name.value) : undefined;
	return id
		? ok(id)
		: { ok: false, error: invalid("import.shift_unknown", undefined, { name: text.slice(0, 40) }) };
}

/** Also the bare day number Excel stores when a cell has lost its date format: days since 1899-12-30. */
function parseSheetDay(text: string, field: string): Result<DateText> {
	if (!/^[2-7]\d{4}$/.test(text)) return parseDay(text, field);
	return ok(
		Temporal.PlainDate.from("1899-12-30")
			.add({ days: Number(text) })
			.toString(),
	);
}

/** Undefined for a card the person has already. */
function parseCard(
	context: PlanContext,
	text: string,
	before: Employee | null,
	line: number,
): Result<string | undefined> {
	if (isRounded(text)) return { ok: false, error: invalid("import.rounded") };
	const lookup = cardLookup(context.vault, text);
	if (!lookup) return { ok: false, error: invalid("people.card_wrong", undefined, { max: 64 }) };
	const key = normaliseCard(text)!;
	const first = context.seen.cards.get(key);
	if (first !== undefined)
		return { ok: false, error: invalid("import.card_twice", undefined, { line: first }) };
	context.seen.cards.set(key, line);
	const holder = employeeByCard(context.db, lookup);
	if (!holder || (holder.leftOn !== null && holder.leftOn < context.today)) return ok(text);
	if (holder.id === before?.id) return ok(undefined);
	const { name, number } = holder;
	return { ok: false, error: invalid("people.card_taken", undefined, { name, number }) };
}

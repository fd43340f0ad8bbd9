/** Everybody employed on one date with that day's figures, those without a punch included. Reads only. */
import type { DateText, MinuteOfDay } from "../server/base/units.ts";
import { BELOW } from "./employee-list.ts";
import type { PunchMethodName } from "./punch.ts";
import { OPEN_DOUBT } from "./punch-standing.ts";
import { defaultShiftId } from "./shift.ts";
import { ASSIGNED, worksOn } from "./staff-day.ts";
import type { Db } from "./store.ts";

/**
 * incomplete: came and never left, the window has closed · absent: the shift is over without a punch · missing: it runs
 * without one · expected: it has not begun · off: rest day or no shift.
 */
export const DAY_LIST_STATUSES = [
	"normal",
	"late",
	"early",
	"late_early",
	"open",
	"incomplete",
	"absent",
	"missing",
	"expected",
	"off",
	"no_shift",
] as const;
export type DayListStatus = (typeof DAY_LIST_STATUSES)[number];

export type DaySort = "number" | "firstIn" | "lastOut" | "worked" | "late";

export interface DayListFilter {
	readonly date: DateText;
	/** Local minutes since midnight of `date`; above 1440 for past dates, negative for coming ones. */
	readonly minute: MinuteOfDay;
	/** A manager's departments; undefined for everybody. */
	readonly departmentIds?: readonly string[];
	readonly departmentId?: string;
	readonly text?: string;
	readonly status?: DayListStatus;
	readonly method?: PunchMethodName;
	readonly doubtful?: boolean;
	readonly sort?: DaySort;
	readonly descending?: boolean;
	/** From 0. */
	readonly page: number;
	readonly pageSize: number;
}

export interface DayListRow {
	readonly employeeId: string;
	readonly number: string;
	readonly name: string;
	readonly department: string | null;
	readonly shiftName: string | null;
	readonly startMin: MinuteOfDay | null;
	readonly endMin: MinuteOfDay | null;
	readonly firstInMs: number | null;
	readonly lastOutMs: number | null;
	readonly workedMin: number | null;
	readonly lateMin: number;
	readonly earlyMin: number;
	readonly status: DayListStatus;
	/** Raw punches, repeats and voided ones included. */
	readonly punches: number;
	readonly doubtful: number;
	/** Distinct methods, comma-separated; null without a punch. */
	readonly methods: string | null;
}

const STATUS = `CASE
	WHEN d.status = 'open' AND $minute >= (s.start_min + s.end_min + 1440) / 2.0 THEN 'incomplete'
	WHEN d.status IS NOT NULL THEN d.status
	WHEN s.id IS NULL OR NOT ${worksOn("s.weekdays", "$date")} THEN 'off'
	WHEN $minute >= s.end_min THEN 'absent'
	WHEN $minute > s.start_min + s.grace_in_min THEN 'missing' ELSE 'expected' END`;

const DAY = `WITH RECURSIVE ${ASSIGNED},
	day AS (
	  SELECT a.id AS employeeId, a.number, a.name, a.department_id, a.department, s.name AS shiftName,
	         s.start_min AS startMin, s.end_min AS endMin, d.first_in_ms AS firstInMs, d.last_out_ms AS lastOutMs,
	         d.worked_min AS workedMin, ifnull(d.late_min, 0) AS lateMin, ifnull(d.early_min, 0) AS earlyMin,
	         ${STATUS} AS status
	  FROM assigned a LEFT JOIN day_record d ON d.employee_id = a.id AND d.work_date = $date
	  LEFT JOIN shift s ON s.id = coalesce(d.shift_id, a.assigned_shift_id)
	  WHERE a.joined_on <= $date AND (a.left_on IS NULL OR a.left_on >= $date))`;

const OF_DAY = "FROM punch p WHERE p.employee_id = day.employeeId AND p.work_date = $date";

type Bind = Record<string, string | number | null>;

function where(db: Db, filter: DayListFilter): { sql: string; bind: Bind } {
	const parts = ["1"];
	const bind: Bind = { date: filter.date, minute: filter.minute, defaultShift: defaultShiftId(db) };
	const within = (name: string, ids: readonly string[]) => {
		parts.push(`department_id IN ${BELOW(`$${name}`)}`);
		bind[name] = JSON.stringify(ids);
	};
	if (filter.departmentIds) within("scope", filter.departmentIds);
	if (filter.departmentId) within("department", [filter.departmentId]);
	if (filter.text?.trim()) {
		parts.push("(name LIKE $text ESCAPE '\\' OR number LIKE $text ESCAPE '\\')");
		bind.text = `%${filter.text.trim().replace(/[\\%_]/g, "\\$&")}%`;
	}
	if (filter.status) {
		parts.push("status = $status");
		bind.status = filter.status;
	}
	if (filter.method) {
		parts.push(`EXISTS (SELECT 1 ${OF_DAY} AND p.method = $method)`);
		bind.method = filter.method;
	}
	if (filter.doubtful) parts.push(`EXISTS (SELECT 1 ${OF_DAY} AND ${OPEN_DOUBT})`);
	return { sql: parts.join(" AND "), bind };
}

const SORT: Readonly<Record<DaySort, string>> = {
	number: "length(number) DIR, number DIR",
	firstIn: "firstInMs DIR NULLS LAST, length(number), number",
	lastOut: "lastOutMs DIR NULLS LAST, length(number), number",
	worked: "workedMin DIR NULLS LAST, length(number), number",
	late: "lateMin DIR, length(number), number",
};

/** One page of the day. */
export function listDay(db: Db, filter: DayListFilter): { rows: DayListRow[]; total: number } {
	const { sql, bind } = where(db, filter);
	const total = db.sqlite.query(`${DAY} SELECT count(*) AS n FROM day WHERE ${sql}`).get(bind);
	const order = SORT[filter.sort ?? "number"].replaceAll("DIR", filter.descending ? "DESC" : "ASC");
	const rows = db.sqlite
		.query(
			`${DAY} SELECT day.*, (SELECT count(*) ${OF_DAY}) AS punches,
			        (SELECT count(*) ${OF_DAY} AND ${OPEN_DOUBT}) AS doubtful,
			        (SELECT group_concat(DISTINCT p.method) ${OF_DAY}) AS methods
			 FROM day WHERE ${sql} ORDER BY ${order} LIMIT $limit OFFSET $offset`,
		)
		.all({ ...bind, limit: filter.pageSize, offset: filter.page * filter.pageSize });
	return { rows: rows as DayListRow[], total: (total as { n: number }).n };
}

/** How many people have each status under the same filter, its own status apart. */
export function countDay(db: Db, filter: DayListFilter): ReadonlyMap<DayListStatus, number> {
	const { sql, bind } = where(db, { ...filter, status: undefined });
	const rows = db.sqlite
		.query(`${DAY} SELECT status, count(*) AS n FROM day WHERE ${sql} GROUP BY status`)
		.all(bind) as { status: DayListStatus; n: number }[];
	return new Map(rows.map((row) => [row.status, row.n]));
}

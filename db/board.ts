/** The live board: where everybody is at this minute, as counts by one statement and as pages of people. Reads only. */
import type { DateText, MinuteOfDay } from "../server/base/units.ts";
import { BELOW } from "./employee-list.ts";
import type { PunchMethodName } from "./punch.ts";
import { COUNTS, OPEN_DOUBT } from "./punch-standing.ts";
import { defaultShiftId } from "./shift.ts";
import { PLACED, worksOn } from "./staff-day.ts";
import type { Db } from "./store.ts";

/** in, out: by the last punch · missing: should be here · expected: the shift has not begun · off: rest day or no shift. */
export const BOARD_STATES = ["in", "out", "missing", "expected", "off"] as const;
export type BoardState = (typeof BOARD_STATES)[number];
/** What a tile selects: a state, or a mark that goes across states. */
export const BOARD_VIEWS = ["in", "out", "missing", "late", "doubtful", "expected", "off"] as const;
export type BoardView = (typeof BOARD_VIEWS)[number];
export type BoardCounts = Readonly<Record<BoardView | "all", number>>;

export interface BoardMoment {
	readonly today: DateText;
	/** Local minutes after midnight. */
	readonly minute: MinuteOfDay;
	/** A manager's departments; undefined for everybody. */
	readonly departmentIds?: readonly string[];
}

export interface BoardFilter extends BoardMoment {
	readonly view?: BoardView;
	readonly text?: string;
	readonly departmentId?: string;
	/** Only this person. */
	readonly employeeId?: string;
	/** From 0. */
	readonly page: number;
	readonly pageSize: number;
}

export interface BoardRow {
	readonly id: string;
	readonly number: string;
	readonly name: string;
	readonly department: string | null;
	readonly shiftName: string | null;
	readonly startMin: MinuteOfDay | null;
	readonly endMin: MinuteOfDay | null;
	readonly workDate: DateText;
	readonly state: BoardState;
	/** Minutes late today; 0 when on time. */
	readonly lateMin: number;
	readonly earlyMin: number;
	readonly doubtful: 0 | 1;
	/** The last punch of the work date that counts. */
	readonly sinceMs: number | null;
	readonly method: PunchMethodName | null;
	readonly place: string | null;
}

const STATE = `CASE WHEN d.last_direction IS NOT NULL THEN d.last_direction
	WHEN placed.start_min IS NULL OR NOT ${worksOn("placed.weekdays", "placed.work_date")} THEN 'off'
	WHEN own_minute > placed.start_min + placed.grace_in_min THEN 'missing' ELSE 'expected' END`;

const STANDING = `WITH RECURSIVE ${PLACED},
	standing AS (
	  SELECT placed.*, ${STATE} AS state, ifnull(d.late_min, 0) AS late_min, ifnull(d.early_min, 0) AS early_min,
	         EXISTS (SELECT 1 FROM punch p WHERE p.employee_id = placed.id AND p.work_date = placed.work_date
	                 AND ${OPEN_DOUBT}) AS doubtful
	  FROM placed LEFT JOIN day_record d ON d.employee_id = placed.id AND d.work_date = placed.work_date
	  WHERE joined_on <= placed.work_date AND (left_on IS NULL OR left_on >= placed.work_date))`;

type Bind = Record<string, string | number | null>;

function bindOf(db: Db, { today, minute, departmentIds }: BoardMoment): { bind: Bind; scope: string } {
	const bind: Bind = { today, minute, defaultShift: defaultShiftId(db) };
	if (!departmentIds) return { bind, scope: "1" };
	return {
		bind: { ...bind, scope: JSON.stringify(departmentIds) },
		scope: `department_id IN ${BELOW("$scope")}`,
	};
}

/** How many people are where, within the scope. One statement, whatever the number of people. */
export function boardCounts(db: Db, moment: BoardMoment): BoardCounts {
	const { bind, scope } = bindOf(db, moment);
	const sum = (name: string, when: string) => `ifnull(sum(${when}), 0) AS "${name}"`;
	const states = BOARD_STATES.map((state) => sum(state, `state = '${state}'`)).join(", ");
	const sql = `${STANDING} SELECT count(*) AS "all", ${states}, ${sum("late", "late_min > 0")},
	             ${sum("doubtful", "doubtful")} FROM standing WHERE ${scope}`;
	return db.sqlite.query(sql).get(bind) as BoardCounts;
}

const VIEW: Readonly<Record<BoardView, string>> = {
	in: "state = 'in'",
	out: "state = 'out'",
	missing: "state = 'missing'",
	expected: "state = 'expected'",
	off: "state = 'off'",
	late: "late_min > 0",
	doubtful: "doubtful",
};

function where(db: Db, filter: BoardFilter): { sql: string; bind: Bind } {
	const { bind, scope } = bindOf(db, filter);
	const parts = [scope];
	if (filter.view) parts.push(VIEW[filter.view]);
	if (filter.employeeId) {
		parts.push("id = $employee");
		bind.employee = filter.employeeId;
	}
	if (filter.text?.trim()) {
		parts.push("(name LIKE $text ESCAPE '\\' OR number LIKE $text ESCAPE '\\')");
		bind.text = `%${filter.text.trim().replace(/[\\%_]/g, "\\$&")}%`;
	}
	if (filter.departmentId) {
		parts.push(`department_id IN ${BELOW("$department")}`);
		bind.department = JSON.stringify([filter.departmentId]);
	}
	return { sql: parts.join(" AND "), bind };
}

const LAST_PUNCH = `(SELECT p.seq FROM punch p WHERE p.employee_id = standing.id AND p.work_date = standing.work_date
	AND ${COUNTS} ORDER BY p.at_ms DESC, p.seq DESC LIMIT 1)`;

/** One page of people: the latest punch first, then those without one by the start of their shift and number. */
export function listBoard(db: Db, filter: BoardFilter): { rows: BoardRow[]; total: number } {
	const { sql, bind } = where(db, filter);
	const total = db.sqlite.query(`${STANDING} SELECT count(*) AS n FROM standing WHERE ${sql}`).get(bind);
	const rows = db.sqlite
		.query(
			`${STANDING}, chosen AS (SELECT standing.*, ${LAST_PUNCH} AS last_seq FROM standing WHERE ${sql})
			 SELECT chosen.id, chosen.number, chosen.name, department, shift_name AS shiftName, start_min AS startMin,
			        end_min AS endMin, chosen.work_date AS workDate, state, late_min AS lateMin, early_min AS earlyMin,
			        doubtful, p.at_ms AS sinceMs, p.method, k.place
			 FROM chosen LEFT JOIN punch p ON p.seq = last_seq LEFT JOIN kiosk k ON k.id = p.device_id
			 ORDER BY p.at_ms DESC NULLS LAST, state, start_min, length(chosen.number), chosen.number
			 LIMIT $limit OFFSET $offset`,
		)
		.all({ ...bind, limit: filter.pageSize, offset: filter.page * filter.pageSize });
	return { rows: rows as BoardRow[], total: (total as { n: number }).n };
}

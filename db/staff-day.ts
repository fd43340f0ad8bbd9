/** SQL that places people in time: which shift each takes and, at a given minute, which work date is theirs. */

/**
 * `tree (id, name, shift_id)`: departments with the shift they pass on;
 * `assigned`: employees with the columns of the shift they take (own, then department's, then `$defaultShift`).
 */
export const ASSIGNED = `tree (id, name, shift_id) AS (
	  SELECT id, name, shift_id FROM department WHERE parent_id IS NULL
	  UNION ALL SELECT d.id, d.name, ifnull(d.shift_id, tree.shift_id) FROM department d JOIN tree ON d.parent_id = tree.id),
	assigned AS (
	  SELECT e.id, e.number, e.name, e.department_id, e.joined_on, e.left_on, tree.name AS department,
	         coalesce(e.shift_id, tree.shift_id, $defaultShift) AS assigned_shift_id
	  FROM employee e LEFT JOIN tree ON tree.id = e.department_id)`;

/**
 * `placed`: each person's current work date and the minutes since its midnight. One work date ends and the next begins
 * halfway between the end of a shift and the start of the next, which is how punches are given their date too.
 */
export const PLACED = `${ASSIGNED},
	shifted AS (
	  SELECT assigned.*, s.name AS shift_name, s.start_min, s.end_min, s.grace_in_min, s.weekdays,
	         CASE WHEN s.id IS NULL THEN 0
	              WHEN $minute < (s.start_min + s.end_min - 1440) / 2.0 THEN -1
	              WHEN $minute >= (s.start_min + s.end_min + 1440) / 2.0 THEN 1 ELSE 0 END AS days
	  FROM assigned LEFT JOIN shift s ON s.id = assigned.assigned_shift_id),
	placed AS (
	  SELECT shifted.*, date($today, days || ' days') AS work_date, $minute - 1440 * days AS own_minute FROM shifted)`;

/** True when the shift `weekdays` bits include the weekday of the date expression. */
export const worksOn = (weekdays: string, date: string): string =>
	`((${weekdays} >> ((CAST(strftime('%w', ${date}) AS INTEGER) + 6) % 7)) & 1) = 1`;

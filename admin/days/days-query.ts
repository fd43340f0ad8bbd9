/** The filters of the day list as they stand in the address, and back into one. */
import {
	DAY_LIST_STATUSES,
	type DayListFilter,
	type DayListStatus,
	type DaySort,
} from "../../db/day-list.ts";
import type { PunchMethodName } from "../../db/punch.ts";
import { type DateText, localDate, localMinute } from "../../server/base/units.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { date as dateField, rawValue } from "../../server/web/forms.ts";
import { scopeOf } from "../../server/web/scope.ts";
import { METHODS } from "./punch-words.ts";

export const PAGE_SIZE = 50;
const SORTS: readonly DaySort[] = ["number", "firstIn", "lastOut", "worked", "late"];

export interface DaysQuery {
	readonly date: DateText;
	readonly text: string;
	readonly departmentId: string;
	readonly status: DayListStatus | "";
	readonly method: PunchMethodName | "";
	readonly doubtful: boolean;
	readonly sort: DaySort;
	readonly descending: boolean;
	/** From 1. */
	readonly page: number;
}

/** A date that is none means today. */
export function readDaysQuery(query: unknown, rc: SignedInContext): DaysQuery {
	const date = dateField()([rawValue(query, "date")], "date");
	const [sort = "", direction] = rawValue(query, "sort").split("-");
	const method = rawValue(query, "method");
	const status = rawValue(query, "status");
	return {
		date: date.ok ? date.value : localDate(rc.nowMs, rc.zone),
		text: rawValue(query, "text").slice(0, 100),
		departmentId: rawValue(query, "department").slice(0, 40),
		status: DAY_LIST_STATUSES.find((one) => one === status) ?? "",
		method: METHODS.find((one) => one === method) ?? "",
		doubtful: rawValue(query, "doubtful") !== "",
		sort: SORTS.find((one) => one === sort) ?? "number",
		descending: direction === "desc",
		page: Math.min(10_000, Math.max(1, Math.trunc(Number(rawValue(query, "page"))) || 1)),
	};
}

/** The address of the list, or of a file with the same filters. */
export function daysHref(query: DaysQuery, base = "/days"): string {
	const params = new URLSearchParams({ date: query.date });
	if (query.text) params.set("text", query.text);
	if (query.departmentId) params.set("department", query.departmentId);
	if (query.status) params.set("status", query.status);
	if (query.method) params.set("method", query.method);
	if (query.doubtful) params.set("doubtful", "yes");
	if (query.sort !== "number" || query.descending)
		params.set("sort", `${query.sort}${query.descending ? "-desc" : ""}`);
	if (query.page > 1) params.set("page", String(query.page));
	return `${base}?${params}`;
}

export const shiftDate = (date: DateText, days: number): DateText =>
	Temporal.PlainDate.from(date).add({ days }).toString();

/** Local minutes from midnight of `date` to now: above 1440 for days gone by, negative for days to come. */
export function minuteOn(date: DateText, rc: Pick<SignedInContext, "nowMs" | "zone">): number {
	const today = Temporal.PlainDate.from(localDate(rc.nowMs, rc.zone));
	return localMinute(rc.nowMs, rc.zone) + 1440 * Temporal.PlainDate.from(date).until(today).days;
}

export const filterOf = (rc: SignedInContext, query: DaysQuery, pageSize = PAGE_SIZE): DayListFilter => ({
	date: query.date,
	minute: minuteOn(query.date, rc),
	departmentIds: scopeOf(rc.viewer),
	departmentId: query.departmentId || undefined,
	text: query.text,
	status: query.status || undefined,
	method: query.method || undefined,
	doubtful: query.doubtful,
	sort: query.sort,
	descending: query.descending,
	page: query.page - 1,
	pageSize,
});

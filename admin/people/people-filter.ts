/** The filters of the staff list as they stand in the address, and back into one. */
import type { EmployeeFilter, EmployeeStatus } from "../../db/employee-list.ts";
import { localDate } from "../../server/base/units.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { rawValue } from "../../server/web/forms.ts";
import { scopeOf } from "../../server/web/scope.ts";

export const PAGE_SIZE = 50;
const STATUSES: readonly EmployeeStatus[] = ["employed", "upcoming", "left", "all"];
const LACKING = ["face", "card", "pin"] as const;

export interface ListQuery {
	readonly text: string;
	readonly departmentId: string;
	readonly status: EmployeeStatus;
	readonly lacking: (typeof LACKING)[number] | "";
	/** From 1. */
	readonly page: number;
}

export function readListQuery(query: unknown): ListQuery {
	const status = rawValue(query, "status");
	const lacking = rawValue(query, "lacking");
	return {
		text: rawValue(query, "text").slice(0, 100),
		departmentId: rawValue(query, "department").slice(0, 40),
		status: STATUSES.find((one) => one === status) ?? "employed",
		lacking: LACKING.find((one) => one === lacking) ?? "",
		page: Math.min(100_000, Math.max(1, Math.trunc(Number(rawValue(query, "page"))) || 1)),
	};
}

/** The address of the list with these filters; other than `page` they start on the first page. */
export function listHref(query: ListQuery, base = "/people"): string {
	const params = new URLSearchParams();
	if (query.text) params.set("text", query.text);
	if (query.departmentId) params.set("department", query.departmentId);
	if (query.status !== "employed") params.set("status", query.status);
	if (query.lacking) params.set("lacking", query.lacking);
	if (query.page > 1) params.set("page", String(query.page));
	const text = params.toString();
	return text ? `${base}?${text}` : base;
}

export const filterOf = (rc: SignedInContext, query: ListQuery, pageSize = PAGE_SIZE): EmployeeFilter => ({
	text: query.text,
	departmentId: query.departmentId || undefined,
	departmentIds: scopeOf(rc.viewer),
	status: query.status,
	lacking: query.lacking || undefined,
	today: localDate(rc.nowMs, rc.zone),
	page: query.page - 1,
	pageSize,
});

/** The board's filters as they stand in the address, and back into one. */
import { BOARD_VIEWS, type BoardFilter, type BoardMoment, type BoardView } from "../../db/board.ts";
import { localDate, localMinute } from "../../server/base/units.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { rawValue } from "../../server/web/forms.ts";
import { scopeOf } from "../../server/web/scope.ts";

/** Cards on one page: what a large screen shows without much scrolling. */
export const PAGE_SIZE = 60;

/** Element of what waits for the viewer. */
export const NEEDS = "board-needs";

export interface BoardQuery {
	/** Empty for everybody. */
	readonly view: BoardView | "";
	readonly text: string;
	readonly departmentId: string;
	/** From 1. */
	readonly page: number;
}

export function readBoardQuery(query: unknown): BoardQuery {
	const view = rawValue(query, "view");
	return {
		view: BOARD_VIEWS.find((one) => one === view) ?? "",
		text: rawValue(query, "text").slice(0, 100),
		departmentId: rawValue(query, "department").slice(0, 40),
		page: Math.min(10_000, Math.max(1, Math.trunc(Number(rawValue(query, "page"))) || 1)),
	};
}

/** The address of the board, or of its stream, with these filters. */
export function boardHref(query: BoardQuery, base = "/board"): string {
	const params = new URLSearchParams();
	if (query.view) params.set("view", query.view);
	if (query.text) params.set("text", query.text);
	if (query.departmentId) params.set("department", query.departmentId);
	if (query.page > 1) params.set("page", String(query.page));
	const text = params.toString();
	return text ? `${base}?${text}` : base;
}

export const momentOf = (rc: SignedInContext, nowMs = rc.nowMs): BoardMoment => ({
	today: localDate(nowMs, rc.zone),
	minute: localMinute(nowMs, rc.zone),
	departmentIds: scopeOf(rc.viewer),
});

export const filterOf = (rc: SignedInContext, query: BoardQuery, nowMs = rc.nowMs): BoardFilter => ({
	...momentOf(rc, nowMs),
	view: query.view || undefined,
	text: query.text,
	departmentId: query.departmentId || undefined,
	page: query.page - 1,
	pageSize: PAGE_SIZE,
});

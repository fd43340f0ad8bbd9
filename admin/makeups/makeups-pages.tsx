/** Routes of the make-up requests. */
import { Elysia } from "elysia";
import { findAccount } from "../../db/account.ts";
import { listMakeupsOf, type MakeupListRow } from "../../db/makeup-list.ts";
import { punchesOfDay } from "../../db/punch.ts";
import { assignedShift } from "../../db/shift.ts";
import type { Db } from "../../db/store.ts";
import { workDateOf, worksOn } from "../../server/attendance/fixed-shift.ts";
import type { Deciding } from "../../server/services/deciding.ts";
import type { Looks } from "../../server/services/looks.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { minuteText } from "../../server/web/format.ts";
import { rawValue } from "../../server/web/forms.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { deciderOf, scopeOf } from "../../server/web/scope.ts";
import { failed } from "../../server/web/status.tsx";
import { pageCount } from "../frame/pager.tsx";
import { type MakeupItem, MakeupsView } from "./makeups-view.tsx";

export interface MakeupsDeps {
	readonly store: Db;
	readonly looks: Pick<Looks, "atReport">;
	readonly deciding: Pick<Deciding, "approveMakeup" | "refuseMakeup">;
}

const PAGE_SIZE = 20;

export const makeupsPages = (deps: MakeupsDeps) =>
	new Elysia({ name: "makeups" })
		.get("/makeups", ({ request, query }) => show(deps, signedIn(request), query))
		.post("/makeups/:id/approve", ({ request, params }) => decide(deps, request, params.id, "approve"))
		.post("/makeups/:id/refuse", ({ request, params }) => decide(deps, request, params.id, "refuse"));

async function show({ store, looks }: MakeupsDeps, rc: SignedInContext, query: unknown): Promise<Response> {
	const open = rawValue(query, "state") !== "decided";
	const number = Math.min(10_000, Math.max(1, Math.trunc(Number(rawValue(query, "page"))) || 1));
	const departmentIds = scopeOf(rc.viewer);
	const { rows, total } = listMakeupsOf(store, {
		open,
		departmentIds,
		page: number - 1,
		pageSize: PAGE_SIZE,
	});
	const paging = {
		kind: "pages" as const,
		page: number,
		pages: pageCount(total, PAGE_SIZE),
		total,
		href: (to: number) =>
			`/makeups?${new URLSearchParams({ ...(open ? {} : { state: "decided" }), page: String(to) })}`,
	};
	await looks.atReport("makeups", { state: open ? "open" : "decided" }, byOf(rc));
	const own = findAccount(store, rc.viewer.id)?.employeeId ?? null;
	const items = rows.map((row) => itemOf(store, rc.zone, own, row));
	return page(rc, <MakeupsView rc={rc} open={open} items={items} paging={paging} total={total} />);
}

function itemOf(db: Db, zone: string, ownEmployeeId: string | null, row: MakeupListRow): MakeupItem {
	const shift = assignedShift(db, row.employeeId);
	const workDate = workDateOf(row.claimedMs, shift, zone);
	const due = shift && worksOn(shift, workDate) ? shift : null;
	return {
		...row,
		workDate,
		shift: due && `${due.name} ${minuteText(due.startMin)}–${minuteText(due.endMin)}`,
		punches: punchesOfDay(db, row.employeeId, workDate).filter((punch) => punch.id !== row.punchId),
		isOwn: row.employeeId === ownEmployeeId,
	};
}

async function decide(
	{ deciding }: MakeupsDeps,
	request: Request,
	id: string,
	act: "approve" | "refuse",
): Promise<Response> {
	const rc = signedIn(request);
	const done =
		act === "approve"
			? await deciding.approveMakeup(id, deciderOf(rc), byOf(rc))
			: await deciding.refuseMakeup(id, deciderOf(rc), byOf(rc));
	if (!done.ok) return failed(request, done.error);
	return goTo(rc, "/makeups", { flash: act === "approve" ? "makeups.approved" : "makeups.refused" });
}

/** Route of the doubts inbox. Decisions are posted to the routes of the punches themselves. */
import { Elysia } from "elysia";
import { findAccount } from "../../db/account.ts";
import { type DoubtRow, doubtById, listDoubts } from "../../db/doubt.ts";
import { punchPhoto } from "../../db/punch.ts";
import type { Db } from "../../db/store.ts";
import type { Looks } from "../../server/services/looks.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { page } from "../../server/web/render.tsx";
import { scopeOf } from "../../server/web/scope.ts";
import { readDoubtsQuery } from "./doubts-query.ts";
import { type DoubtItem, DoubtsView } from "./doubts-view.tsx";

export interface DoubtsDeps {
	readonly store: Db;
	readonly looks: Pick<Looks, "atReport">;
}

const PAGE_SIZE = 20;

export const doubtsPages = (deps: DoubtsDeps) =>
	new Elysia({ name: "doubts" }).get("/doubts", ({ request, query }) => show(deps, signedIn(request), query));

async function show({ store, looks }: DoubtsDeps, rc: SignedInContext, raw: unknown): Promise<Response> {
	const query = readDoubtsQuery(raw);
	const departmentIds = scopeOf(rc.viewer);
	const reason = query.reason || undefined;
	const filter = { decided: query.decided, reason, departmentIds, beforeSeq: query.before };
	const rows = listDoubts(store, { ...filter, limit: PAGE_SIZE + 1 });
	const shown = rows.slice(0, PAGE_SIZE);
	const next = rows.length > PAGE_SIZE ? shown.at(-1)?.seq : undefined;
	const done = query.done ? doubtById(store, query.done, departmentIds) : undefined;
	await looks.atReport("doubts", { state: query.decided ? "decided" : "open" }, byOf(rc));
	const item = itemOf(store, findAccount(store, rc.viewer.id)?.employeeId ?? null);
	return page(
		rc,
		<DoubtsView
			rc={rc}
			query={query}
			items={shown.map(item)}
			next={next}
			done={done?.verdict ? item(done) : undefined}
		/>,
	);
}

const itemOf =
	(db: Db, ownEmployeeId: string | null) =>
	(row: DoubtRow): DoubtItem => ({
		...row,
		photo: !row.hasPhoto ? "none" : punchPhoto(db, row.id) ? "there" : "erased",
		isOwn: row.employeeId === ownEmployeeId,
	});

/** Routes of the live board, its stream and the roll call. */
import { Elysia } from "elysia";
import { boardCounts, listBoard } from "../../db/board.ts";
import { listEmployees } from "../../db/employee-list.ts";
import { listKiosks } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";
import type { Clock } from "../../server/base/units.ts";
import type { Alarms } from "../../server/services/alarms.ts";
import type { DomainBus } from "../../server/services/events.ts";
import type { Looks } from "../../server/services/looks.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import type { EventStreams } from "../../server/web/event-stream.ts";
import { parseForm } from "../../server/web/forms.ts";
import { fragment, goTo, page } from "../../server/web/render.tsx";
import { visibleDepartments } from "../people/department-choices.ts";
import { alarmsOf, SEEN_FORM } from "./alarm-lines.tsx";
import { makeBoardFeed } from "./board-feed.tsx";
import { type BoardQuery, filterOf, momentOf, readBoardQuery } from "./board-query.ts";
import { BoardView } from "./board-view.tsx";
import { NeedsCard, type NeedsDeps, needsOf } from "./needs-card.tsx";
import { RollCall } from "./roll-call.tsx";

export interface BoardDeps {
	readonly store: Db;
	readonly disk: NeedsDeps["disk"];
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly looks: Pick<Looks, "atReport">;
	readonly streams: EventStreams;
	readonly alarms: Pick<Alarms, "dismiss">;
	readonly demoDoor?: string;
}

/** A roll call is one sheet: nobody prints more people than this from one page. */
const ROLL_MAX = 5_000;

export function boardPages(deps: BoardDeps) {
	const feed = makeBoardFeed({ ...deps, db: deps.store });
	return new Elysia({ name: "board" })
		.get("/board", ({ request, query }) => showBoard(deps, signedIn(request), query))
		.get("/board/stream", async ({ request, query: raw, server }) => {
			const query = readBoardQuery(raw);
			await deps.looks.atReport("board", viewOf(query), byOf(signedIn(request)), "renewed");
			return deps.streams.open({ request, server }, (stream, rc) => feed.join(stream, rc, query));
		})
		.post("/board/alarms/seen", ({ request, body }) => takeSeen(deps, request, body))
		.get("/board/roll-call", ({ request }) => showRollCall(deps, signedIn(request)));
}

/** What a look at the board is listed with. */
const viewOf = ({ view }: BoardQuery) => ({ view: view || "all" });

async function showBoard(
	{ store, disk, looks, demoDoor }: BoardDeps,
	rc: SignedInContext,
	raw: unknown,
): Promise<Response> {
	const query = readBoardQuery(raw);
	const counts = boardCounts(store, momentOf(rc));
	const list = listBoard(store, filterOf(rc, query));
	await looks.atReport("board", viewOf(query), byOf(rc));
	return page(
		rc,
		<BoardView
			rc={rc}
			query={query}
			counts={counts}
			{...list}
			needs={needsOf({ db: store, disk }, rc, rc.nowMs)}
			alarms={alarmsOf(store, rc, rc.nowMs)}
			departments={visibleDepartments(store, rc)}
			demoDoor={demoDoor}
			lacks={lackOf(store, rc, counts.all)}
		/>,
	);
}

/** A form that names no alarm is one that is gone already: the list shows how it is now. */
async function takeSeen(
	{ store, disk, alarms }: BoardDeps,
	request: Request,
	body: unknown,
): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, SEEN_FORM);
	if (form.ok) await alarms.dismiss(form.value, byOf(rc));
	if (!rc.fragment) return goTo(rc, "/board", { flash: "board.alarm.dismissed" });
	const card = {
		rc,
		needs: needsOf({ db: store, disk }, rc, rc.nowMs),
		alarms: alarmsOf(store, rc, rc.nowMs),
	};
	return fragment(<NeedsCard {...card} />);
}

function lackOf(db: Db, rc: SignedInContext, people: number): "people" | "kiosk" | undefined {
	const { today } = momentOf(rc);
	if (people === 0 && listEmployees(db, { status: "all", today, page: 0, pageSize: 0 }).total === 0)
		return "people";
	return listKiosks(db).some((kiosk) => kiosk.status !== "revoked") ? undefined : "kiosk";
}

async function showRollCall({ store, looks }: BoardDeps, rc: SignedInContext): Promise<Response> {
	const all = { ...momentOf(rc), page: 0, pageSize: ROLL_MAX };
	await looks.atReport("roll-call", {}, byOf(rc));
	const inside = listBoard(store, { ...all, view: "in" }).rows;
	const missing = listBoard(store, { ...all, view: "missing" }).rows;
	return page(rc, <RollCall rc={rc} inside={inside} missing={missing} />);
}

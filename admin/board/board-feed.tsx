/** Feeds open boards: collects what changed for a moment, then sends each board the rows, numbers and points that differ. */
import { renderToString } from "preact-render-to-string";
import { type BoardCounts, boardCounts, listBoard } from "../../db/board.ts";
import type { Db } from "../../db/store.ts";
import type { Clock } from "../../server/base/units.ts";
import type { DomainBus } from "../../server/services/events.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { LiveStream } from "../../server/web/event-stream.ts";
import { alarmsOf } from "./alarm-lines.tsx";
import { type BoardQuery, filterOf, momentOf, NEEDS } from "./board-query.ts";
import { PEOPLE, People } from "./board-view.tsx";
import { NeedsCard, type NeedsDeps, needsOf } from "./needs-card.tsx";
import { cardId, PersonCard } from "./person-card.tsx";
import { TILES, Tiles } from "./tiles.tsx";

export interface BoardFeedDeps {
	readonly db: Db;
	readonly disk: NeedsDeps["disk"];
	readonly clock: Clock;
	readonly bus: DomainBus;
}

export interface BoardFeed {
	/** Sends to `stream` until the returned function is called. */
	join(stream: LiveStream, rc: SignedInContext, query: BoardQuery): () => void;
}

interface Member {
	readonly stream: LiveStream;
	readonly rc: SignedInContext;
	readonly query: BoardQuery;
	sent: string;
}

/** Punches of a rush arrive together; a board then changes ten times a second at most. */
const GATHER_MS = 100;
/** Time alone makes people late or missing. */
const MINUTE_CHECK_MS = 20_000;
/** More changed people than this are sent as a new list. */
const MOST_ROWS = 20;

interface Changes {
	readonly people: Set<string>;
	everyone: boolean;
}

export function makeBoardFeed(deps: BoardFeedDeps): BoardFeed {
	const members = new Set<Member>();
	let changes: Changes = { people: new Set(), everyone: false };
	let timer: ReturnType<typeof setTimeout> | undefined;
	let ticking: ReturnType<typeof setInterval> | undefined;
	const flush = (): void => {
		timer = undefined;
		const now = changes;
		changes = { people: new Set(), everyone: false };
		const counts = new Map<string, BoardCounts>();
		for (const member of members) tell(deps, member, now, counts);
	};
	const note = (employeeId: string | null): void => {
		if (members.size === 0) return;
		if (employeeId) changes.people.add(employeeId);
		timer ??= setTimeout(flush, GATHER_MS);
	};
	const noteEveryone = (): void => {
		if (members.size > 0) changes.everyone = true;
		note(null);
	};
	deps.bus.on("punch", ({ employeeId }) => note(employeeId));
	deps.bus.on("note", ({ employeeId }) => note(employeeId));
	deps.bus.on("people", ({ employeeId }) => (employeeId ? note(employeeId) : noteEveryone()));
	for (const name of ["kiosk", "enrolment", "makeup", "clock", "alarms"] as const)
		deps.bus.on(name, () => note(null));
	return {
		join(stream, rc, query) {
			const member: Member = { stream, rc, query, sent: "" };
			member.sent = keyOf(boardCounts(deps.db, momentOf(rc, deps.clock.nowMs())));
			members.add(member);
			ticking ??= setInterval(() => note(null), MINUTE_CHECK_MS);
			return () => {
				members.delete(member);
				if (members.size > 0) return;
				clearInterval(ticking);
				clearTimeout(timer);
				ticking = timer = undefined;
				changes = { people: new Set(), everyone: false };
			};
		},
	};
}

const keyOf = (counts: BoardCounts): string => JSON.stringify(counts);

/** The counts of a scope, read once per round however many boards show it. */
function countsFor(
	{ db, clock }: BoardFeedDeps,
	rc: SignedInContext,
	known: Map<string, BoardCounts>,
): BoardCounts {
	const moment = momentOf(rc, clock.nowMs());
	const key = moment.departmentIds?.join() ?? "*";
	const counts = known.get(key) ?? boardCounts(db, moment);
	known.set(key, counts);
	return counts;
}

function tell(deps: BoardFeedDeps, member: Member, changes: Changes, known: Map<string, BoardCounts>): void {
	const { stream, rc, query } = member;
	const counts = countsFor(deps, rc, known);
	const isNew = keyOf(counts) !== member.sent;
	const isMany = changes.everyone || changes.people.size > MOST_ROWS;
	if (isNew)
		stream.send("part", { id: TILES, html: renderToString(<Tiles rc={rc} query={query} counts={counts} />) });
	if (isMany || (isNew && changes.people.size === 0)) tellList(deps, member);
	else for (const id of changes.people) tellPerson(deps, member, id);
	const nowMs = deps.clock.nowMs();
	const card = { rc, needs: needsOf(deps, rc, nowMs), alarms: alarmsOf(deps.db, rc, nowMs) };
	stream.send("part", { id: NEEDS, html: renderToString(<NeedsCard {...card} />) });
	member.sent = keyOf(counts);
}

function tellList({ db, clock }: BoardFeedDeps, { stream, rc, query }: Member): void {
	const list = listBoard(db, filterOf(rc, query, clock.nowMs()));
	stream.send("part", {
		id: `${PEOPLE}-block`,
		html: renderToString(<People rc={rc} query={query} {...list} />),
	});
}

/** The row when the filters show it, its removal when they no longer do, nothing about people out of the viewer's scope. */
function tellPerson({ db, clock }: BoardFeedDeps, { stream, rc, query }: Member, employeeId: string): void {
	const filter = { ...filterOf(rc, query, clock.nowMs()), employeeId, page: 0 };
	const row = listBoard(db, filter).rows[0];
	if (row) {
		const html = renderToString(<PersonCard rc={rc} row={row} />);
		stream.send("row", { list: PEOPLE, id: cardId(employeeId), html });
		return;
	}
	const isMine =
		listBoard(db, { ...momentOf(rc, clock.nowMs()), employeeId, page: 0, pageSize: 1 }).total > 0;
	if (isMine) stream.send("gone", { id: cardId(employeeId) });
}

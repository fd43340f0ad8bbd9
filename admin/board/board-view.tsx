/** The page of the live board: tiles, what waits, people. */
import type { BoardRow } from "../../db/board.ts";
import type { DepartmentNode } from "../../db/department.ts";
import { localDate } from "../../server/base/units.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { longDate } from "../../server/web/format.ts";
import { EmptyState } from "../frame/empty-state.tsx";
import { FilterBar, SearchField, SelectFilter } from "../frame/filter-bar.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { NoStaff } from "../frame/no-staff.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { Pager, pageCount } from "../frame/pager.tsx";
import { departmentChoices } from "../people/department-choices.ts";
import type { AlarmLine } from "./alarm-lines.tsx";
import { type BoardQuery, boardHref, PAGE_SIZE } from "./board-query.ts";
import { type Need, NeedsCard } from "./needs-card.tsx";
import { PersonCard } from "./person-card.tsx";
import { BOARD, Tiles, type TilesProps } from "./tiles.tsx";

export const PEOPLE = "board-people";

export interface BoardViewProps extends TilesProps {
	readonly rows: readonly BoardRow[];
	readonly total: number;
	readonly needs: readonly Need[];
	readonly alarms: readonly AlarmLine[];
	readonly departments: readonly DepartmentNode[];
	/** Address of a door to try, in a demo. */
	readonly demoDoor: string | undefined;
	/** A box without people or without a kiosk leads on instead. */
	readonly lacks: "people" | "kiosk" | undefined;
}

export function BoardView(props: BoardViewProps) {
	const { rc } = props;
	return (
		<Layout rc={rc} title={rc.t("board.title")} width="wide" scripts={["admin/live.js"]}>
			<PageHeader
				title={rc.t("board.title")}
				lead={longDate(localDate(rc.nowMs, rc.zone), rc.lang)}
				actions={
					props.lacks !== "people" && (
						<a class="button secondary" href="/board/roll-call">
							<Icon name="print" />
							{rc.t("board.roll_call")}
						</a>
					)
				}
			/>
			{props.lacks === "people" ? (
				<NoStaff rc={rc}>{rc.t("board.no_people.text")}</NoStaff>
			) : (
				<Board {...props} />
			)}
		</Layout>
	);
}

/** Replaced as a whole by filters, piece by piece by the stream. */
const Board = (props: BoardViewProps) => (
	<div id={BOARD} class="board" data-live={boardHref(props.query, "/board/stream")}>
		<p class="behind" role="status">
			<Icon name="warn" />
			{props.rc.t("board.behind")}
		</p>
		<Tiles {...props} />
		<NeedsCard rc={props.rc} needs={props.needs} alarms={props.alarms} />
		<section class="board-list" aria-label={props.rc.t("board.people")}>
			{props.lacks === "kiosk" && <NoKiosk rc={props.rc} demoDoor={props.demoDoor} />}
			<Filters {...props} />
			<People {...props} />
		</section>
	</div>
);

const Filters = ({ rc, query, departments }: BoardViewProps) => (
	<FilterBar rc={rc} action="/board" target={BOARD}>
		{query.view && <input type="hidden" name="view" value={query.view} />}
		<SearchField name="text" label={rc.t("board.search")} value={query.text} />
		{departments.length > 1 && (
			<SelectFilter
				name="department"
				label={rc.t("board.department")}
				value={query.departmentId}
				all={rc.t("app.filter.all")}
				choices={departmentChoices(departments)}
			/>
		)}
	</FilterBar>
);

/** The list that the stream renews when time alone has moved people. */
export function People({ rc, query, rows, total }: Pick<BoardViewProps, "rc" | "query" | "rows" | "total">) {
	const paging = {
		kind: "pages" as const,
		page: query.page,
		pages: pageCount(total, PAGE_SIZE),
		total,
		href: (page: number) => boardHref({ ...query, page }),
	};
	return (
		<div id={`${PEOPLE}-block`}>
			<ul id={PEOPLE} class="person-cards" data-page={query.page} data-most={PAGE_SIZE}>
				{rows.map((row) => (
					<PersonCard key={row.id} rc={rc} row={row} />
				))}
			</ul>
			{rows.length === 0 && <NobodyHere rc={rc} query={query} />}
			{total > PAGE_SIZE && <Pager rc={rc} paging={paging} target={BOARD} />}
		</div>
	);
}

const NobodyHere = ({ rc, query }: { readonly rc: SignedInContext; readonly query: BoardQuery }) => (
	<EmptyState icon={query.text ? "search" : "ok"} title={rc.t("board.nobody")}>
		{rc.t("board.nobody.text")}
	</EmptyState>
);

/** A demo opens a door at once, in a tab of its own. */
const NoKiosk = ({ rc, demoDoor }: Pick<BoardViewProps, "rc" | "demoDoor">) => (
	<div class="lead-on card">
		<Icon name="kiosk" />
		<div>
			<h2>{rc.t("board.no_kiosk")}</h2>
			<p class="muted">{rc.t("board.no_kiosk.text")}</p>
		</div>
		{demoDoor && (
			<a class="button" href={demoDoor} target="_blank" rel="noreferrer">
				{rc.t("board.demo_door.open")}
			</a>
		)}
		{!demoDoor && mayUse(rc.viewer.role, "GET", "/kiosks/new") && (
			<a class="button" href="/kiosks/new">
				{rc.t("board.no_kiosk.pair")}
			</a>
		)}
	</div>
);

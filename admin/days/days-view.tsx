/** The day list: everybody of one date, with filters, numbers and files. */
import type { DayListRow, DayListStatus, DaySort } from "../../db/day-list.ts";
import type { DepartmentNode } from "../../db/department.ts";
import { localDate } from "../../server/base/units.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockTime, longDate, minuteText } from "../../server/web/format.ts";
import { PersonLink } from "../frame/avatar.tsx";
import { Badge } from "../frame/badge.tsx";
import { type Column, Dash, DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { FilterBar, SearchField, SelectFilter } from "../frame/filter-bar.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { liveLink } from "../frame/live-link.ts";
import { PageHeader } from "../frame/page-header.tsx";
import { pageCount } from "../frame/pager.tsx";
import { departmentChoices } from "../people/department-choices.ts";
import { DayStatus, STATUS_TONES } from "./day-status.tsx";
import { type DaysQuery, daysHref, PAGE_SIZE, shiftDate } from "./days-query.ts";
import { durationText } from "./durations.ts";
import { METHOD_ICONS, METHODS } from "./punch-words.ts";

export interface DaysViewProps {
	readonly rc: SignedInContext;
	readonly query: DaysQuery;
	readonly rows: readonly DayListRow[];
	readonly total: number;
	readonly counts: ReadonlyMap<DayListStatus, number>;
	readonly departments: readonly DepartmentNode[];
}

/** What date and filters change; the filter form keeps its place and focus. */
const TABLE = "days-table";

export function DaysView(props: DaysViewProps) {
	const { rc, query, rows, total } = props;
	const paging = {
		kind: "pages" as const,
		page: query.page,
		pages: pageCount(total, PAGE_SIZE),
		total,
		href: (page: number) => daysHref({ ...query, page }),
	};
	return (
		<Layout rc={rc} title={rc.t("days.title")} width="wide">
			<PageHeader title={rc.t("days.title")} lead={rc.t("days.lead")} />
			<div class="days-page">
				<Filters {...props} />
				<div id={TABLE} class="days-block">
					<DateSteps rc={rc} query={query} />
					<div class="days-bar">
						<StatusChips {...props} />
						<Files {...props} />
					</div>
					<DataTable
						rc={rc}
						id="days-rows"
						label={rc.t("days.title")}
						columns={columnsOf(props)}
						rows={rows}
						rowKey={(row) => row.employeeId}
						paging={paging}
						empty={<Nobody rc={rc} />}
					/>
				</div>
			</div>
		</Layout>
	);
}

const Files = ({ query }: DaysViewProps) => (
	<span class="days-files">
		<a class="button secondary" href={daysHref({ ...query, page: 1 }, "/days.csv")} download>
			<Icon name="download" />
			CSV
		</a>
		<a class="button secondary" href={daysHref({ ...query, page: 1 }, "/days.xlsx")} download>
			<Icon name="download" />
			Excel
		</a>
	</span>
);

/** Choosing a date renews everything, the filters' hidden date included. */
const wholePage = (href: string) => ({
	"hx-get": href,
	"hx-trigger": "change delay:200ms, submit",
	"hx-target": "#main",
	"hx-select": "#main",
	"hx-swap": "outerHTML",
	"hx-push-url": "true",
});

function DateSteps({ rc, query }: Pick<DaysViewProps, "rc" | "query">) {
	const today = localDate(rc.nowMs, rc.zone);
	const to = (date: string) => daysHref({ ...query, date, page: 1 });
	return (
		<nav class="date-steps" aria-label={rc.t("days.date")}>
			<a class="icon-button" href={to(shiftDate(query.date, -1))} aria-label={rc.t("days.previous")}>
				<Icon name="previous" />
			</a>
			<form method="get" action="/days" class="date-pick" {...wholePage("/days")}>
				<input type="date" name="date" value={query.date} aria-label={rc.t("days.date")} />
				{[...new URL(to(query.date), "http://box").searchParams].map(
					([name, value]) => name !== "date" && <input key={name} type="hidden" name={name} value={value} />,
				)}
				<noscript>
					<button type="submit" class="secondary">
						{rc.t("app.filter")}
					</button>
				</noscript>
			</form>
			<a class="icon-button" href={to(shiftDate(query.date, 1))} aria-label={rc.t("days.next")}>
				<Icon name="next" />
			</a>
			{query.date !== today && (
				<a class="button quiet" href={to(today)}>
					{rc.t("days.today")}
				</a>
			)}
			<span class="date-words">{longDate(query.date, rc.lang)}</span>
		</nav>
	);
}

const Filters = ({ rc, query, departments }: DaysViewProps) => (
	<FilterBar rc={rc} action="/days" target={TABLE}>
		<input type="hidden" name="date" value={query.date} />
		<SearchField name="text" label={rc.t("days.search")} value={query.text} />
		{departments.length > 1 && (
			<SelectFilter
				name="department"
				label={rc.t("days.department")}
				value={query.departmentId}
				all={rc.t("app.filter.all")}
				choices={departmentChoices(departments)}
			/>
		)}
		<SelectFilter
			name="method"
			label={rc.t("days.method")}
			value={query.method}
			all={rc.t("app.filter.all")}
			choices={METHODS.map((value) => ({ value, label: rc.t(`punches.method.${value}`) }))}
		/>
		<SelectFilter
			name="doubtful"
			label={rc.t("days.doubts")}
			value={query.doubtful ? "yes" : ""}
			all={rc.t("app.filter.all")}
			choices={[{ value: "yes", label: rc.t("days.doubts.only") }]}
		/>
	</FilterBar>
);

/** How many of each status there are; each one narrows the list. */
function StatusChips({ rc, query, counts }: DaysViewProps) {
	const shown = [...counts].filter(([, count]) => count > 0);
	if (shown.length < 2 && !query.status) return null;
	const order = Object.keys(STATUS_TONES);
	shown.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
	return (
		<nav class="status-chips" aria-label={rc.t("days.status")}>
			{shown.map(([status, count]) => (
				<a
					key={status}
					class={`status-chip ${STATUS_TONES[status]}`}
					aria-current={query.status === status ? "true" : undefined}
					{...liveLink(daysHref({ ...query, status: query.status === status ? "" : status, page: 1 }), TABLE)}
				>
					{rc.t(`days.status.${status}`)}
					<strong class="tabular">{count}</strong>
				</a>
			))}
		</nav>
	);
}

const Nobody = ({ rc }: { readonly rc: SignedInContext }) => (
	<EmptyState icon="days" title={rc.t("days.none")}>
		{rc.t("days.none.text")}
	</EmptyState>
);

function columnsOf({ rc, query }: DaysViewProps): Column<DayListRow>[] {
	const sorting = (sort: DaySort) => {
		const isOn = query.sort === sort;
		const descending = isOn ? !query.descending : sort === "late" || sort === "worked";
		const sorted = query.descending ? ("descending" as const) : ("ascending" as const);
		return { sortHref: daysHref({ ...query, sort, descending, page: 1 }), sorted: isOn ? sorted : undefined };
	};
	const time = (ms: number | null) => (ms === null ? <Dash /> : <time>{clockTime(ms, rc)}</time>);
	const minutes = (value: number) => (value > 0 ? durationText(rc, value) : <Dash />);
	return [
		{
			key: "person",
			head: rc.t("days.person"),
			main: true,
			...sorting("number"),
			cell: (row) => (
				<PersonLink
					id={row.employeeId}
					name={row.name}
					note={[row.number, row.department].filter(Boolean).join(" · ")}
					href={`/days/${query.date}/${row.employeeId}`}
				/>
			),
		},
		{ key: "shift", head: rc.t("days.shift"), cell: (row) => <ShiftCell row={row} /> },
		{ key: "in", head: rc.t("days.first_in"), ...sorting("firstIn"), cell: (row) => time(row.firstInMs) },
		{ key: "out", head: rc.t("days.last_out"), ...sorting("lastOut"), cell: (row) => time(row.lastOutMs) },
		{
			key: "worked",
			head: rc.t("days.worked"),
			numeric: true,
			...sorting("worked"),
			cell: (row) => (row.workedMin === null ? <Dash /> : durationText(rc, row.workedMin)),
		},
		{
			key: "late",
			head: rc.t("days.late"),
			numeric: true,
			...sorting("late"),
			cell: (row) => minutes(row.lateMin),
		},
		{ key: "early", head: rc.t("days.early"), numeric: true, cell: (row) => minutes(row.earlyMin) },
		{ key: "status", head: rc.t("days.status"), cell: (row) => <StatusCell rc={rc} row={row} /> },
		{ key: "punches", head: rc.t("days.punches"), cell: (row) => <PunchesCell rc={rc} row={row} /> },
	];
}

const ShiftCell = ({ row }: { readonly row: DayListRow }) =>
	row.shiftName === null || row.startMin === null || row.endMin === null ? (
		<Dash />
	) : (
		<span class="shift-cell">
			{row.shiftName}
			<small class="muted">{`${minuteText(row.startMin)}–${minuteText(row.endMin)}`}</small>
		</span>
	);

/** On a tablet the minutes stand below the status instead of in columns of their own. */
function StatusCell({ rc, row }: { readonly rc: SignedInContext; readonly row: DayListRow }) {
	const minutes = row.lateMin + row.earlyMin;
	return (
		<span class="status-cell">
			<DayStatus rc={rc} status={row.status} />
			{minutes > 0 && <small class="status-minutes muted">{durationText(rc, minutes)}</small>}
		</span>
	);
}

function PunchesCell({ rc, row }: { readonly rc: SignedInContext; readonly row: DayListRow }) {
	if (row.punches === 0) return <Dash />;
	const methods = METHODS.filter((method) => row.methods?.split(",").includes(method));
	const words = methods.map((method) => rc.t(`punches.method.${method}`)).join(", ");
	return (
		<span class="badges">
			<span class="punch-count tabular" title={words}>
				{row.punches}
				{methods.map((method) => (
					<Icon key={method} name={METHOD_ICONS[method]} />
				))}
				<span class="sr-only">{words}</span>
			</span>
			{row.doubtful > 0 && <Badge tone="warn">{rc.t("days.doubtful", { count: row.doubtful })}</Badge>}
		</span>
	);
}

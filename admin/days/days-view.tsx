/** The day list: everybody of one date, with filters, numbers and files. */
import type { DayListRow, DayListStatus } from "../../db/day-list.ts";
import type { DepartmentNode } from "../../db/department.ts";
import { localDate } from "../../server/base/units.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { longDate } from "../../server/web/format.ts";
import { DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { FilterBar, SearchField, SelectFilter } from "../frame/filter-bar.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { liveLink } from "../frame/live-link.ts";
import { NoStaff } from "../frame/no-staff.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { pageCount } from "../frame/pager.tsx";
import { departmentChoices } from "../people/department-choices.ts";
import { STATUS_TONES } from "./day-status.tsx";
import { dayColumns } from "./days-columns.tsx";
import { type DaysQuery, daysHref, PAGE_SIZE, shiftDate } from "./days-query.ts";
import { METHODS } from "./punch-words.ts";

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
	const { rc } = props;
	return (
		<Layout rc={rc} title={rc.t("days.title")} width="wide">
			<PageHeader title={rc.t("days.title")} lead={rc.t("days.lead")} />
			{isStaffless(props) ? <NoStaff rc={rc}>{rc.t("days.no_people.text")}</NoStaff> : <Days {...props} />}
		</Layout>
	);
}

/** Nobody is employed today whatever the filters. */
const isStaffless = ({ rc, query, total, counts }: DaysViewProps): boolean =>
	total + counts.size === 0 &&
	query.date === localDate(rc.nowMs, rc.zone) &&
	!(query.text || query.departmentId || query.status || query.method || query.doubtful);

function Days(props: DaysViewProps) {
	const { rc, query, rows, total } = props;
	const paging = {
		kind: "pages" as const,
		page: query.page,
		pages: pageCount(total, PAGE_SIZE),
		total,
		href: (page: number) => daysHref({ ...query, page }),
	};
	return (
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
					columns={dayColumns(rc, query)}
					rows={rows}
					rowKey={(row) => row.employeeId}
					paging={paging}
					empty={<Nobody rc={rc} />}
				/>
			</div>
		</div>
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

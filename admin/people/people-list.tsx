/** The staff list: search, filters, pages, and what each person can punch with. */
import type { DepartmentNode } from "../../db/department.ts";
import type { EmployeeList, EmployeeListRow } from "../../db/employee-list.ts";
import { localDate } from "../../server/base/units.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { PersonLink } from "../frame/avatar.tsx";
import { Badge } from "../frame/badge.tsx";
import { type Column, Dash, DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { FilterBar, SearchField, SelectFilter } from "../frame/filter-bar.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { pageCount } from "../frame/pager.tsx";
import { calendarDate } from "./calendar-date.ts";
import { departmentChoices } from "./department-choices.ts";
import { type ListQuery, listHref, PAGE_SIZE } from "./people-filter.ts";
import { PeopleTabs } from "./people-tabs.tsx";

export interface PeopleListProps {
	readonly rc: SignedInContext;
	readonly query: ListQuery;
	readonly list: EmployeeList;
	readonly departments: readonly DepartmentNode[];
	/** True when nobody has ever been entered. */
	readonly isNew: boolean;
}

const TABLE = "people-table";

export function PeopleList(props: PeopleListProps) {
	const { rc, query, list } = props;
	const paging = {
		kind: "pages" as const,
		page: query.page,
		pages: pageCount(list.total, PAGE_SIZE),
		total: list.total,
		href: (page: number) => listHref({ ...query, page }),
	};
	return (
		<Layout rc={rc} title={rc.t("people.title")} width="wide">
			<PageHeader title={rc.t("people.title")} lead={rc.t("people.lead")} actions={<Actions {...props} />} />
			<PeopleTabs rc={rc} />
			{!props.isNew && <Filters {...props} />}
			<DataTable
				rc={rc}
				id={TABLE}
				label={rc.t("people.title")}
				columns={columnsOf(props)}
				rows={list.rows}
				rowKey={(row) => row.id}
				paging={paging}
				empty={<Empty {...props} />}
			/>
		</Layout>
	);
}

const Actions = ({ rc, query, isNew }: PeopleListProps) => (
	<>
		{!isNew && mayUse(rc.viewer.role, "GET", "/people/export") && (
			<a class="button secondary" href={listHref({ ...query, page: 1 }, "/people/export")} download>
				<Icon name="download" />
				{rc.t("people.export")}
			</a>
		)}
		{mayUse(rc.viewer.role, "GET", "/people/new") && (
			<a class="button" href="/people/new">
				<Icon name="plus" />
				{rc.t("people.add")}
			</a>
		)}
	</>
);

const Filters = ({ rc, query, departments }: PeopleListProps) => (
	<FilterBar rc={rc} action="/people" target={TABLE}>
		<SearchField name="text" label={rc.t("people.search")} value={query.text} />
		{departments.length > 0 && (
			<SelectFilter
				name="department"
				label={rc.t("people.department")}
				value={query.departmentId}
				all={rc.t("app.filter.all")}
				choices={[
					...departmentChoices(departments),
					{ value: "none", label: rc.t("people.department.none") },
				]}
			/>
		)}
		<SelectFilter
			name="status"
			label={rc.t("people.status")}
			value={query.status === "employed" ? "" : query.status}
			all={rc.t("people.status.employed")}
			choices={[
				{ value: "upcoming", label: rc.t("people.status.upcoming") },
				{ value: "left", label: rc.t("people.status.left") },
				{ value: "all", label: rc.t("people.status.all") },
			]}
		/>
		<SelectFilter
			name="lacking"
			label={rc.t("people.lacking")}
			value={query.lacking}
			all={rc.t("people.lacking.any")}
			choices={[
				{ value: "face", label: rc.t("people.lacking.face") },
				{ value: "card", label: rc.t("people.lacking.card") },
				{ value: "pin", label: rc.t("people.lacking.pin") },
			]}
		/>
	</FilterBar>
);

function columnsOf({ rc, departments }: PeopleListProps): Column<EmployeeListRow>[] {
	const paths = new Map(departments.map((node) => [node.id, node.path]));
	return [
		{
			key: "person",
			head: rc.t("people.person"),
			main: true,
			cell: (row) => <PersonLink id={row.id} name={row.name} note={row.number} />,
		},
		{
			key: "department",
			head: rc.t("people.department"),
			cell: (row) => (row.departmentId && paths.get(row.departmentId)) ?? <Dash />,
		},
		{
			key: "shift",
			head: rc.t("people.shift"),
			cell: (row) => row.shiftName ?? <span class="muted">{rc.t("people.shift.inherited")}</span>,
		},
		{ key: "ways", head: rc.t("people.ways"), cell: (row) => <Ways rc={rc} row={row} /> },
		{ key: "since", head: rc.t("people.since"), cell: (row) => <Since rc={rc} row={row} /> },
	];
}

function Ways({ rc, row }: { readonly rc: SignedInContext; readonly row: EmployeeListRow }) {
	const any = row.hasFace || row.cards > 0 || row.hasPin;
	return (
		<span class="badges">
			{row.hasFace === 1 && (
				<Badge tone="ok" icon="face">
					{rc.t("people.way.face")}
				</Badge>
			)}
			{row.cards > 0 && (
				<Badge tone="ok" icon="key">
					{rc.t("people.way.card")}
				</Badge>
			)}
			{row.hasPin === 1 && (
				<Badge tone="ok" icon="lock">
					{rc.t("people.way.pin")}
				</Badge>
			)}
			{!any && <Badge tone="warn">{rc.t("people.way.none")}</Badge>}
		</span>
	);
}

function Since({ rc, row }: { readonly rc: SignedInContext; readonly row: EmployeeListRow }) {
	const today = localDate(rc.nowMs, rc.zone);
	const date = (day: string) => calendarDate(day, rc.lang);
	if (row.leftOn && row.leftOn < today)
		return <Badge tone="quiet">{rc.t("people.since.left", { date: date(row.leftOn) })}</Badge>;
	if (row.leftOn) return <Badge tone="wait">{rc.t("people.since.leaves", { date: date(row.leftOn) })}</Badge>;
	if (row.joinedOn > today)
		return <Badge tone="info">{rc.t("people.since.starts", { date: date(row.joinedOn) })}</Badge>;
	return <time datetime={row.joinedOn}>{date(row.joinedOn)}</time>;
}

const Empty = ({ rc, isNew }: PeopleListProps) =>
	isNew ? (
		<EmptyState
			icon="people"
			title={rc.t("people.empty.title")}
			action={
				mayUse(rc.viewer.role, "GET", "/people/import") && (
					<a class="button secondary" href="/people/import">
						{rc.t("people.empty.import")}
					</a>
				)
			}
		>
			{rc.t("people.empty.text")}
		</EmptyState>
	) : (
		<EmptyState icon="search" title={rc.t("people.none.title")}>
			{rc.t("people.none.text")}
		</EmptyState>
	);

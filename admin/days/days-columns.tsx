/** The columns of the day list: person, shift, times, figures, status, punches. */
import type { DayListRow, DaySort } from "../../db/day-list.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockTime, minuteText } from "../../server/web/format.ts";
import { PersonLink } from "../frame/avatar.tsx";
import { Badge } from "../frame/badge.tsx";
import { type Column, Dash } from "../frame/data-table.tsx";
import { Icon } from "../frame/icons.tsx";
import { DayStatus } from "./day-status.tsx";
import { type DaysQuery, daysHref } from "./days-query.ts";
import { durationText } from "./durations.ts";
import { METHOD_ICONS, METHODS } from "./punch-words.ts";

/** One row per person of the day; `query` gives the order in force. */
export function dayColumns(rc: SignedInContext, query: DaysQuery): Column<DayListRow>[] {
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

/** A person's month as a part of the person's page. */
import type { DayRow } from "../../db/day.ts";
import type { Employee } from "../../db/employee.ts";
import { localDate } from "../../server/base/units.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockTime, shortDate } from "../../server/web/format.ts";
import { Dash } from "../frame/data-table.tsx";
import { Icon } from "../frame/icons.tsx";
import { Card } from "../frame/page-header.tsx";
import { DayStatus } from "./day-status.tsx";
import { durationText } from "./durations.ts";

export interface PersonMonthProps {
	readonly rc: SignedInContext;
	readonly person: Employee;
	/** `YYYY-MM`. */
	readonly month: string;
	/** Newest first. */
	readonly days: readonly DayRow[];
}

const BLOCK = "person-month";

/** The month before or after, as `YYYY-MM`. */
export const shiftMonth = (month: string, months: number): string =>
	Temporal.PlainYearMonth.from(month).add({ months }).toString();

const monthWords = (month: string, lang: string): string =>
	new Intl.DateTimeFormat(lang, { year: "numeric", month: "long", timeZone: "UTC" }).format(
		Date.parse(`${month}-15T12:00:00Z`),
	);

export function PersonMonth({ rc, person, month, days }: PersonMonthProps) {
	const worked = days.reduce((sum, day) => sum + (day.workedMin ?? 0), 0);
	const late = days.filter((day) => day.lateMin > 0).length;
	const isNow = month >= localDate(rc.nowMs, rc.zone).slice(0, 7);
	return (
		<Card
			id={BLOCK}
			title={rc.t("days.month", { month: monthWords(month, rc.lang) })}
			lead={rc.t("days.month.sum", { days: days.length, worked: durationText(rc, worked), late })}
			actions={
				<span class="date-steps">
					<Step rc={rc} id={person.id} month={shiftMonth(month, -1)} label="days.month.previous" />
					{!isNow && <Step rc={rc} id={person.id} month={shiftMonth(month, 1)} label="days.month.next" />}
				</span>
			}
		>
			{days.length === 0 ? (
				<p class="muted">{rc.t("days.month.none")}</p>
			) : (
				<div class="table-scroll flat">
					<table class="data month">
						<thead>
							<tr>
								<th scope="col">{rc.t("days.date")}</th>
								<th scope="col">{rc.t("days.first_in")}</th>
								<th scope="col">{rc.t("days.last_out")}</th>
								<th scope="col" class="numeric">
									{rc.t("days.worked")}
								</th>
								<th scope="col">{rc.t("days.status")}</th>
							</tr>
						</thead>
						<tbody>
							{days.map((day) => (
								<MonthRow key={day.workDate} rc={rc} day={day} />
							))}
						</tbody>
					</table>
				</div>
			)}
		</Card>
	);
}

const MonthRow = ({ rc, day }: { readonly rc: SignedInContext; readonly day: DayRow }) => (
	<tr>
		<td class="main-cell">
			<a href={`/days/${day.workDate}/${day.employeeId}`}>{shortDate(day.workDate, rc.lang)}</a>
		</td>
		<td class="col-in" data-head={rc.t("days.first_in")}>
			{clockTime(day.firstInMs, rc)}
		</td>
		<td class="col-out" data-head={rc.t("days.last_out")}>
			{day.lastOutMs === null ? <Dash /> : clockTime(day.lastOutMs, rc)}
		</td>
		<td class="numeric col-worked" data-head={rc.t("days.worked")}>
			{day.workedMin === null ? <Dash /> : durationText(rc, day.workedMin)}
		</td>
		<td class="col-status" data-head={rc.t("days.status")}>
			<DayStatus rc={rc} status={day.status} />
		</td>
	</tr>
);

function Step({
	rc,
	id,
	month,
	label,
}: {
	readonly rc: SignedInContext;
	readonly id: string;
	readonly month: string;
	readonly label: "days.month.previous" | "days.month.next";
}) {
	const href = `/people/${id}/days?month=${month}`;
	return (
		<a
			class="icon-button"
			href={href}
			hx-get={href}
			hx-target={`#${BLOCK}`}
			hx-swap="outerHTML"
			aria-label={rc.t(label)}
		>
			<Icon name={label === "days.month.previous" ? "previous" : "next"} />
		</a>
	);
}

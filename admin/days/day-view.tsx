/** One person's day: figures, why they are so, every raw punch with its evidence. */
import type { SignedInContext } from "../../server/web/context.ts";
import { clockTime, longDate } from "../../server/web/format.ts";
import { Avatar } from "../frame/avatar.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { DayExplanation } from "./day-explanation.tsx";
import type { DayFacts } from "./day-facts.ts";
import { DayStatus } from "./day-status.tsx";
import { shiftDate } from "./days-query.ts";
import { durationText } from "./durations.ts";
import { PunchCard } from "./punch-card.tsx";

export interface DayViewProps extends DayFacts {
	readonly rc: SignedInContext;
}

export function DayView(props: DayViewProps) {
	const { rc, person, date, punches, shift } = props;
	const counted = punches.filter((one) => one.standing.counts).map((one) => one.punch);
	const crumbs = [
		{ label: rc.t("days.title"), href: `/days?date=${date}` },
		{ label: `${person.name} · ${longDate(date, rc.lang)}` },
	];
	return (
		<Layout rc={rc} title={`${person.name} · ${longDate(date, rc.lang)}`} crumbs={crumbs}>
			<PageHeader
				title={
					<a class="day-person" href={`/people/${person.id}`}>
						<Avatar name={person.name} seed={person.id} />
						{person.name}
					</a>
				}
				lead={`${longDate(date, rc.lang)} · ${person.number}`}
				actions={<Steps rc={rc} date={date} id={person.id} />}
			/>
			<Figures {...props} />
			<div class="day-columns">
				<section class="punch-list" aria-label={rc.t("days.raw")}>
					<h2>{rc.t("days.raw")}</h2>
					{punches.length === 0 && (
						<EmptyState icon="days" title={rc.t("days.no_punches")}>
							{rc.t("days.no_punches.text")}
						</EmptyState>
					)}
					{punches.map((facts) => (
						<PunchCard key={facts.punch.id} rc={rc} {...facts} back={`/days/${date}/${person.id}`} />
					))}
				</section>
				<DayExplanation
					rc={rc}
					date={date}
					shift={shift}
					counted={counted}
					notCounted={punches.length - counted.length}
				/>
			</div>
		</Layout>
	);
}

const Steps = ({
	rc,
	date,
	id,
}: {
	readonly rc: SignedInContext;
	readonly date: string;
	readonly id: string;
}) => (
	<nav class="date-steps" aria-label={rc.t("days.date")}>
		<a class="icon-button" href={`/days/${shiftDate(date, -1)}/${id}`} aria-label={rc.t("days.previous")}>
			<Icon name="previous" />
		</a>
		<a class="icon-button" href={`/days/${shiftDate(date, 1)}/${id}`} aria-label={rc.t("days.next")}>
			<Icon name="next" />
		</a>
	</nav>
);

function Figures({ rc, row, day }: DayViewProps) {
	const time = (ms: number | null | undefined) => (ms ? clockTime(ms, rc) : "—");
	return (
		<dl class="figures">
			<div>
				<dt>{rc.t("days.status")}</dt>
				<dd>{row ? <DayStatus rc={rc} status={row.status} /> : rc.t("days.not_employed")}</dd>
			</div>
			<div>
				<dt>{rc.t("days.first_in")}</dt>
				<dd>{time(day?.firstInMs)}</dd>
			</div>
			<div>
				<dt>{rc.t("days.last_out")}</dt>
				<dd>{time(day?.lastOutMs)}</dd>
			</div>
			<div>
				<dt>{rc.t("days.worked")}</dt>
				<dd>{day?.workedMin == null ? "—" : durationText(rc, day.workedMin)}</dd>
			</div>
			<div>
				<dt>{rc.t("days.late")}</dt>
				<dd>{day?.lateMin ? durationText(rc, day.lateMin) : "—"}</dd>
			</div>
			<div>
				<dt>{rc.t("days.early")}</dt>
				<dd>{day?.earlyMin ? durationText(rc, day.earlyMin) : "—"}</dd>
			</div>
		</dl>
	);
}

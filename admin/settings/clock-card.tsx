/** The box's clock: what it says, whether it can be believed, the jumps it made. */
import type { ClockEventRow } from "../../db/clock.ts";
import type { ClockState } from "../../db/punch.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockSeconds, dayAndTime, dayOf } from "../../server/web/format.ts";
import { Badge } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";
import { Card } from "../frame/page-header.tsx";

export interface ClockCardProps {
	readonly rc: SignedInContext;
	readonly events: readonly ClockEventRow[];
	readonly clock: ClockState;
	readonly nowMs: number;
}

export const ClockCard = ({ rc, events, clock, nowMs }: ClockCardProps) => (
	<Card id="clock" title={rc.t("settings.clock")} lead={rc.t("settings.clock.lead")}>
		<p class="clock-now">
			<strong class="tabular">{clockSeconds(nowMs, rc)}</strong>
			<span>{`${dayOf(nowMs, rc)} · ${rc.zone}`}</span>
			<Badge tone={clock === "ok" ? "ok" : "bad"}>{rc.t(`punches.clock.${clock}`)}</Badge>
		</p>
		{clock === "jumped" && (
			<div class="clock-confirm">
				<p>{rc.t("settings.clock.jumped")}</p>
				{mayUse(rc.viewer.role, "POST", "/settings/clock") && (
					<form method="post" action="/settings/clock">
						<button type="submit">
							<Icon name="check" />
							{rc.t("settings.clock.confirm")}
						</button>
					</form>
				)}
			</div>
		)}
		{clock === "unsync" && <p>{rc.t("settings.clock.unsync")}</p>}
		{events.length === 0 ? (
			<p class="muted">{rc.t("settings.clock.none")}</p>
		) : (
			<ul class="clock-events">
				{events.map((event) => (
					<li key={event.seq}>
						<span class="tabular">{dayAndTime(event.atMs, rc)}</span>
						<span>{jumpText(rc, event.deltaMs)}</span>
						<small class="muted">
							{event.settledMs === null
								? rc.t("settings.clock.open")
								: rc.t("settings.clock.settled", { time: dayAndTime(event.settledMs, rc) })}
						</small>
					</li>
				))}
			</ul>
		)}
	</Card>
);

function jumpText(rc: SignedInContext, deltaMs: number): string {
	const seconds = Math.round(Math.abs(deltaMs) / 1000);
	const way = deltaMs < 0 ? "settings.clock.back" : "settings.clock.ahead";
	const long = seconds >= 7_200 ? "hours" : seconds >= 120 ? "minutes" : "seconds";
	const size = { hours: 3_600, minutes: 60, seconds: 1 }[long];
	return rc.t(way, { amount: rc.t(`settings.clock.${long}`, { n: Math.round(seconds / size) }) });
}

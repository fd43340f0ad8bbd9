/** What a kiosk keeps and the box cannot take in: how much, since when, why, what to do; and what was set aside already. */
import type { KioskRow } from "../../db/kiosk.ts";
import type { listSetAside } from "../../db/stuck.ts";
import type { StuckGroup } from "../../server/protocol/stuck.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { Card } from "../frame/page-header.tsx";

export interface StuckFacts {
	readonly groups: readonly StuckGroup[];
	/** Ordered and not yet reported done. */
	readonly order?: "retry" | "hand_over";
	readonly kept: ReturnType<typeof listSetAside>;
}

export interface StuckCardProps {
	readonly rc: SignedInContext;
	readonly kiosk: KioskRow;
	readonly stuck: StuckFacts;
}

const UNREADABLE = "kiosk.refused.queue_unreadable";

export const StuckCard = (props: StuckCardProps) => (
	<>
		{props.stuck.groups.length > 0 && <StillThere {...props} />}
		{props.stuck.kept.length > 0 && <Kept {...props} />}
	</>
);

const reasonOf = (rc: SignedInContext, code: string): string =>
	rc.t(code === UNREADABLE ? "kiosks.stuck.why_unreadable" : "kiosks.stuck.why_refused");

function StillThere({ rc, kiosk, stuck: { groups, order } }: StuckCardProps) {
	const mayOrder = mayUse(rc.viewer.role, "POST", "/kiosks/:id/stuck/hand-over") && kiosk.status === "active";
	return (
		<Card title={rc.t("kiosks.stuck")} lead={rc.t("kiosks.stuck.lead")}>
			<ul>
				{groups.map(({ code, count, oldestMs }) => (
					<li key={code}>
						<strong>{rc.t("kiosks.stuck.group", { count, since: dayAndTime(oldestMs, rc) })}</strong>{" "}
						{reasonOf(rc, code)}
					</li>
				))}
			</ul>
			<p>{rc.t("kiosks.stuck.advice")}</p>
			{order && <p role="status">{rc.t(`kiosks.stuck.ordered_${order}`)}</p>}
			{mayOrder && (
				<div class="actions">
					<form method="post" action={`/kiosks/${kiosk.id}/stuck/retry`}>
						<button type="submit" class="secondary">
							{rc.t("kiosks.stuck.retry")}
						</button>
					</form>
					<button type="button" data-opens="hand-over">
						{rc.t("kiosks.stuck.hand_over")}
					</button>
				</div>
			)}
			{!mayOrder && <p class="muted">{rc.t("kiosks.stuck.owner")}</p>}
			<ConfirmDialog
				rc={rc}
				id="hand-over"
				title={rc.t("kiosks.stuck.hand_over.title")}
				action={`/kiosks/${kiosk.id}/stuck/hand-over`}
				verb={rc.t("kiosks.stuck.hand_over")}
			>
				<p>{rc.t("kiosks.stuck.hand_over.text")}</p>
			</ConfirmDialog>
		</Card>
	);
}

const Kept = ({ rc, kiosk, stuck: { kept } }: StuckCardProps) => (
	<Card title={rc.t("kiosks.kept")} lead={rc.t("kiosks.kept.lead")}>
		<ul>
			{kept.map(({ id, code, madeMs, seq }) => (
				<li key={id}>
					<strong>{dayAndTime(madeMs, rc)}</strong> {reasonOf(rc, code)}{" "}
					<span class="muted">{rc.t("kiosks.kept.seq", { seq })}</span>{" "}
					{mayUse(rc.viewer.role, "GET", "/kiosks/:id/stuck/:entry") && (
						<a href={`/kiosks/${kiosk.id}/stuck/${id}`}>{rc.t("kiosks.kept.file")}</a>
					)}
				</li>
			))}
		</ul>
	</Card>
);

/** "Face accuracy": what the site's own faces and doors say about how well people are recognised, in words first and numbers second. */
import type { KioskRow } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";
import type { LookalikePair } from "../../db/template.ts";
import type { AppError } from "../../server/base/app-error.ts";
import type { Recogniser } from "../../server/recognition/model.ts";
import type { DoorHealth } from "../../server/services/door-health.ts";
import type { FaceReport, StoredReport } from "../../server/services/face-report.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { ProgressBar } from "../frame/progress-bar.tsx";
import { CamerasCard } from "./cameras-card.tsx";
import { CurveCard, DistancesCard } from "./charts.tsx";
import { ForecastCard } from "./forecast-card.tsx";
import { GroupsCard } from "./groups-card.tsx";
import { PairsCard, StrainedCard } from "./people-cards.tsx";

export interface FacesViewProps {
	readonly rc: SignedInContext;
	readonly db: Db;
	readonly faceOn: boolean;
	readonly people: number;
	readonly recogniser: Recogniser;
	readonly report?: StoredReport;
	readonly outdated: boolean;
	readonly progress: ReturnType<FaceReport["progress"]>;
	readonly siteLimit?: number;
	readonly allowed: number;
	readonly pairs: readonly LookalikePair[];
	readonly doors: readonly { readonly kiosk: KioskRow; readonly health: DoorHealth }[];
	readonly error?: AppError;
}

export function FacesView(props: FacesViewProps) {
	const { rc, faceOn, progress, error } = props;
	const { t } = rc;
	return (
		<Layout rc={rc} title={t("faces.title")} crumbs={[{ label: t("faces.title") }]}>
			<PageHeader title={t("faces.title")} lead={t("faces.lead")} actions={<MeasureButton {...props} />} />
			{error && <Notice tone="bad">{sayError(t, error)}</Notice>}
			{!faceOn && <Notice tone="info">{t("faces.off")}</Notice>}
			<div class="stack">
				{progress && <MeasuringCard rc={rc} progress={progress} />}
				<Measured {...props} />
				<CamerasCard rc={rc} doors={props.doors} />
				<GroupsCard rc={rc} recogniser={props.recogniser} />
			</div>
		</Layout>
	);
}

const MeasureButton = ({ rc, faceOn, people, progress }: FacesViewProps) =>
	faceOn && people > 1 && !progress && mayUse(rc.viewer.role, "POST", "/faces/measure") ? (
		<form method="post" action="/faces/measure">
			<button type="submit">{rc.t("faces.measure")}</button>
		</form>
	) : null;

/** Replaces itself once a second. */
export const MeasuringCard = ({
	rc,
	progress: { done, total },
}: {
	readonly rc: SignedInContext;
	readonly progress: { readonly done: number; readonly total: number };
}) => (
	<section
		class="card"
		id="measuring"
		hx-get="/faces/progress"
		hx-trigger="load delay:1s"
		hx-swap="outerHTML"
	>
		<ProgressBar rc={rc} label={rc.t("faces.measuring")} done={done} total={total} />
		<p class="muted">{rc.t("faces.measuring_hint")}</p>
	</section>
);

function Measured(props: FacesViewProps) {
	const { rc, db, report, outdated, recogniser, pairs, progress } = props;
	const { t } = rc;
	if (!report)
		return progress ? null : (
			<EmptyState icon="face" title={t("faces.none")}>
				{t("faces.none_text")}
			</EmptyState>
		);
	const { figures } = report;
	return (
		<>
			<p class="muted">
				{t("faces.measured_at", { when: dayAndTime(report.atMs, rc), people: figures.people })}{" "}
				{figures.looked < figures.people && t("faces.sampled", { looked: figures.looked })}
			</p>
			{outdated && <Notice tone="warn">{t("faces.outdated")}</Notice>}
			<ForecastCard {...props} report={report} />
			<div class="faces-charts">
				<DistancesCard rc={rc} figures={figures} accept={recogniser.thresholds.accept.value} />
				<CurveCard rc={rc} figures={figures} siteLimit={props.siteLimit} />
			</div>
			<PairsCard rc={rc} db={db} pairs={pairs} />
			<StrainedCard rc={rc} db={db} report={report} />
		</>
	);
}

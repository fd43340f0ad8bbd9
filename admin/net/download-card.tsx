/** A net that can be fetched: what it is and where from, before a single byte is asked for. */
import type { FacePackSource } from "../../server/protocol/face-pack.ts";
import type { DownloadState } from "../../server/services/pack-download.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { Card } from "../frame/page-header.tsx";
import { ProgressBar } from "../frame/progress-bar.tsx";
import { TrainingNote } from "./net-card.tsx";

export interface DownloadCardProps {
	readonly rc: SignedInContext;
	readonly source: FacePackSource;
	readonly state: DownloadState;
	readonly mayChange: boolean;
}

export function DownloadCard({ rc, source, state, mayChange }: DownloadCardProps) {
	const { t } = rc;
	const bytes = Object.values(source.files).reduce((sum, file) => sum + file.bytes, 0);
	const site = new URL(source.address).hostname;
	return (
		<Card
			id={`source-${source.recogniser.modelId}`}
			title={source.name}
			lead={t("packs.source.lead")}
			actions={<Badge tone="info">{t("packs.recommended")}</Badge>}
		>
			<dl class="facts">
				<dt>{t("packs.fact.size")}</dt>
				<dd>{t("packs.megabytes", { mb: Math.round(bytes / 1e5) / 10 })}</dd>
				<dt>{t("packs.fact.origin")}</dt>
				<dd>{source.origin}</dd>
				<dt>{t("packs.fact.licence")}</dt>
				<dd>{source.licenceName}</dd>
			</dl>
			<TrainingNote rc={rc} note={source.trainingData} />
			{state.kind === "failed" && (
				<Notice tone="bad">
					<p>{sayError(t, state.error)}</p>
				</Notice>
			)}
			{state.kind === "running" ? (
				<DownloadProgress rc={rc} state={state} />
			) : (
				mayChange && (
					<form method="post" action="/settings/net/download" class="form-foot">
						<input type="hidden" name="net" value={source.recogniser.modelId} />
						<small class="hint">{t("packs.source.asks", { site })}</small>
						<button type="submit">{t("packs.source.fetch")}</button>
					</form>
				)
			)}
			<ByHand rc={rc} source={source} />
		</Card>
	);
}

/** Replaces itself once a second while bytes come in. */
export const DownloadProgress = ({
	rc,
	state,
}: {
	readonly rc: SignedInContext;
	readonly state: Extract<DownloadState, { kind: "running" }>;
}) => (
	<div id="net-download" hx-get="/settings/net/download" hx-trigger="load delay:1s" hx-swap="outerHTML">
		<ProgressBar
			rc={rc}
			label={rc.t("packs.source.running")}
			done={Math.round(state.done / 1000)}
			total={Math.round(state.total / 1000)}
		/>
	</div>
);

/** For a box without a way out: which files to carry here, and what they must hash to. */
const ByHand = ({ rc, source }: { readonly rc: SignedInContext; readonly source: FacePackSource }) => (
	<details>
		<summary>{rc.t("packs.source.by_hand")}</summary>
		<p>{rc.t("packs.source.by_hand_lead")}</p>
		<ul class="source-files">
			{Object.values(source.files).map((file) => (
				<li key={file.path}>
					<span class="mono">{source.address + file.path}</span>
					<small class="muted mono">SHA-256 {file.sha256}</small>
				</li>
			))}
		</ul>
	</details>
);

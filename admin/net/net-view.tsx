/** The settings page of the recognition net. */
import type { AppError } from "../../server/base/app-error.ts";
import type { FacePackSource } from "../../server/protocol/face-pack.ts";
import type { NetView as Net } from "../../server/services/face-nets.ts";
import type { NetComparison, NetProgress } from "../../server/services/net-switching.ts";
import type { DownloadState } from "../../server/services/pack-download.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { ComparisonCard } from "./comparison-card.tsx";
import { DownloadCard } from "./download-card.tsx";
import { ImportCard } from "./import-card.tsx";
import { JobCard } from "./job-card.tsx";
import { NetCard } from "./net-card.tsx";

export interface NetViewProps {
	readonly rc: SignedInContext;
	readonly nets: readonly Net[];
	readonly fault?: AppError;
	readonly job?: NetProgress;
	readonly comparison?: NetComparison;
	readonly sources: readonly FacePackSource[];
	readonly download: DownloadState;
	readonly inbox: string;
	readonly error?: AppError;
}

export function NetView(props: NetViewProps) {
	const { rc, nets, fault, job, comparison, sources, download, inbox, error } = props;
	const crumbs = [{ label: rc.t("settings.title"), href: "/settings" }, { label: rc.t("packs.title") }];
	const mayChange = mayUse(rc.viewer.role, "POST", "/settings/net/switch");
	const busy = job?.state === "running" || job?.state === "waiting";
	const known = new Set(nets.map((net) => net.pack?.manifest?.recogniser.modelId));
	const wanted = sources.filter((source) => !known.has(source.recogniser.modelId));
	return (
		<Layout rc={rc} title={rc.t("packs.title")} crumbs={crumbs} width="narrow">
			<PageHeader title={rc.t("packs.title")} lead={rc.t("packs.lead")} />
			{error && (
				<Notice tone="bad">
					<p>{sayError(rc.t, error)}</p>
				</Notice>
			)}
			{fault && (
				<Notice tone="bad">
					<p>{rc.t("packs.fallback")}</p>
					<p>{sayError(rc.t, fault)}</p>
				</Notice>
			)}
			<div class="stack">
				{job && <JobCard rc={rc} job={job} nets={nets} mayChange={mayChange} />}
				{comparison && <ComparisonCard rc={rc} comparison={comparison} nets={nets} mayChange={mayChange} />}
				{nets.map((net) => (
					<NetCard key={net.id} rc={rc} net={net} nets={nets} mayChange={mayChange && !busy} />
				))}
				{wanted.map((source) => (
					<DownloadCard
						key={source.recogniser.modelId}
						rc={rc}
						source={source}
						state={download}
						mayChange={mayChange}
					/>
				))}
				{mayChange && <ImportCard rc={rc} inbox={inbox} />}
			</div>
		</Layout>
	);
}

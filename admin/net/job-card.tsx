/** How far the templates of another net are, and what the owner is asked when some people would have none. */
import type { NetView } from "../../server/services/face-nets.ts";
import type { NetProgress } from "../../server/services/net-switching.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayCode } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { Card } from "../frame/page-header.tsx";
import { ProgressBar } from "../frame/progress-bar.tsx";
import { netName } from "./net-name.ts";

export interface JobCardProps {
	readonly rc: SignedInContext;
	readonly job: NetProgress;
	readonly nets: readonly NetView[];
	readonly mayChange?: boolean;
}

/** Replaces itself once a second while the job runs. */
export function JobCard({ rc, job, nets, mayChange = false }: JobCardProps) {
	const { t } = rc;
	const name = netName(rc, nets, job.netId);
	if (job.state === "running") return <Running rc={rc} job={job} name={name} />;
	if (job.state === "done" || job.state === "cancelled") return null;
	return (
		<Card title={t("packs.job.title", { name })}>
			<Notice tone={job.state === "waiting" ? "warn" : "bad"}>
				{job.state === "waiting" ? (
					<p>{t("packs.job.waiting", { n: job.without })}</p>
				) : (
					<p>{sayCode(t, job.code ?? "packs.job_failed")}</p>
				)}
			</Notice>
			{job.state === "waiting" && mayChange && (
				<div class="actions">
					<form method="post" action="/settings/net/cancel">
						<button type="submit" class="secondary">
							{t("packs.job.cancel")}
						</button>
					</form>
					<form method="post" action="/settings/net/switch-anyway">
						<button type="submit">{t("packs.job.anyway")}</button>
					</form>
				</div>
			)}
		</Card>
	);
}

const Running = ({ rc, job, name }: Pick<JobCardProps, "rc" | "job"> & { readonly name: string }) => (
	<section
		class="card"
		id="net-job"
		hx-get="/settings/net/job"
		hx-trigger="load delay:1s"
		hx-swap="outerHTML"
	>
		<header class="card-head">
			<div>
				<h2>{rc.t("packs.job.title", { name })}</h2>
				<p class="muted">{rc.t(job.goal === "switch" ? "packs.job.switching" : "packs.job.comparing")}</p>
			</div>
			{mayUse(rc.viewer.role, "POST", "/settings/net/cancel") && (
				<form method="post" action="/settings/net/cancel">
					<button type="submit" class="secondary">
						{rc.t("packs.job.cancel")}
					</button>
				</form>
			)}
		</header>
		<ProgressBar rc={rc} label={rc.t("packs.job.progress")} done={job.done} total={job.total} />
	</section>
);

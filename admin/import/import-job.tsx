/** An import under way: progress, then the plan with its findings, then what was done. The panel asks for itself until it is settled. */
import type { ImportJob } from "../../server/services/people-import.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { ProgressBar } from "../frame/progress-bar.tsx";
import { PlanView } from "./import-plan.tsx";

export interface ImportJobProps {
	readonly rc: SignedInContext;
	readonly job: ImportJob;
}

export function ImportJobPage({ rc, job }: ImportJobProps) {
	const crumbs = [{ label: rc.t("import.title"), href: "/people/import" }, { label: job.fileName }];
	return (
		<Layout rc={rc} title={rc.t("import.title")} crumbs={crumbs}>
			<PageHeader title={rc.t("import.title")} lead={job.fileName} />
			<JobPanel rc={rc} job={job} />
		</Layout>
	);
}

export function JobPanel({ rc, job }: ImportJobProps) {
	const { kind } = job.state;
	const isMoving = kind === "reading" || kind === "checking" || kind === "applying";
	const poll = { "hx-get": `/people/import/${job.id}`, "hx-trigger": "every 700ms", "hx-swap": "outerHTML" };
	return (
		<div id="import-job" aria-live="polite" {...(isMoving ? poll : {})}>
			<StateView rc={rc} job={job} />
		</div>
	);
}

function StateView({ rc, job }: ImportJobProps) {
	const { state } = job;
	switch (state.kind) {
		case "reading":
			return <Busy rc={rc} label={rc.t("import.reading")} done={0} total={1} />;
		case "checking":
			return <Busy rc={rc} label={rc.t("import.checking")} done={state.done} total={state.total} />;
		case "applying":
			return <Applying rc={rc} {...state} />;
		case "planned":
			return <PlanView rc={rc} jobId={job.id} plan={state.plan} />;
		case "failed":
			return (
				<Card>
					<Notice tone="bad">{sayError(rc.t, state.error)}</Notice>
					<div class="form-foot">
						<a class="button" href="/people/import">
							{rc.t("import.again")}
						</a>
					</div>
				</Card>
			);
		case "done":
			return (
				<Card>
					<Notice tone="ok">
						<strong>{rc.t("import.done.title")}</strong>
						<p>{rc.t("import.done.text", { ...state.result })}</p>
					</Notice>
					<div class="form-foot">
						<a class="button" href="/people">
							{rc.t("import.done.people")}
						</a>
					</div>
				</Card>
			);
	}
}

interface ApplyingProps {
	readonly rc: SignedInContext;
	readonly done: number;
	readonly total: number;
	readonly paused?: boolean;
}

/** Also on the first page, for whoever comes back while people are being stored. */
export const Applying = ({ rc, done, total, paused = false }: ApplyingProps) => (
	<Card>
		<ProgressBar rc={rc} label={rc.t("import.applying")} done={done} total={total} />
		{paused ? (
			<Notice tone="warn">{rc.t("import.paused")}</Notice>
		) : (
			<p class="muted">{rc.t("import.applying.text")}</p>
		)}
	</Card>
);

interface BusyProps {
	readonly rc: SignedInContext;
	readonly label: string;
	readonly done: number;
	readonly total: number;
}

const Busy = (props: BusyProps) => (
	<Card>
		<ProgressBar {...props} />
	</Card>
);

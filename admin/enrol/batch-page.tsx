/** Many people at once: a zip or a folder of portraits named by number; progress and the report of the last upload. */
import type { FileJob } from "../../db/file-job.ts";
import type { ConsentText } from "../../server/protocol/kiosk.ts";
import type { BatchRow } from "../../server/services/enrolment-batch-person.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayCode } from "../../server/web/i18n.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { TextField, TickField } from "../frame/form-field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { ProgressBar } from "../frame/progress-bar.tsx";

export interface BatchPageProps {
	readonly rc: SignedInContext;
	readonly faceOn: boolean;
	readonly text: ConsentText;
	readonly job?: FileJob<BatchRow>;
	readonly limits: { readonly mb: number; readonly entries: number };
}

export function BatchPage({ rc, faceOn, text, job, limits }: BatchPageProps) {
	const { t } = rc;
	const title = t("enrol.batch.title");
	const crumbs = [{ label: t("enrol.inbox.title"), href: "/enrolments" }, { label: title }];
	return (
		<Layout rc={rc} title={title} crumbs={crumbs} width="narrow" scripts={["admin/enrol-batch.js"]}>
			<PageHeader title={title} lead={t("enrol.batch.lead")} />
			{faceOn ? (
				<UploadCard rc={rc} text={text} limits={limits} />
			) : (
				<Notice tone="info">
					<strong>{t("enrol.off.title")}</strong>
					<p>{t("enrol.off.text")}</p>
				</Notice>
			)}
			{job && <JobCard rc={rc} job={job} />}
		</Layout>
	);
}

const UploadCard = ({ rc, text, limits }: Pick<BatchPageProps, "rc" | "text" | "limits">) => {
	const { t } = rc;
	return (
		<Card
			title={t("enrol.batch.names")}
			actions={
				<a
					class="button secondary"
					href={`/enrolments/consent?lang=${text.lang}`}
					target="_blank"
					rel="noopener"
				>
					{t("enrol.batch.print")}
				</a>
			}
		>
			<ul class="name-examples">
				<Example file="1024.jpg" says={t("enrol.batch.names_one")} />
				<Example file="1024_1.jpg, 1024_2.jpg" says={t("enrol.batch.names_more")} />
				<Example file="1024/…" says={t("enrol.batch.names_folder")} />
			</ul>
			<BatchForm rc={rc} text={text} limits={limits} />
		</Card>
	);
};

const BatchForm = ({ rc, text, limits }: Pick<BatchPageProps, "rc" | "text" | "limits">) => {
	const { t } = rc;
	return (
		<form
			id="enrol-batch"
			data-post={`/enrolments/batch?version=${text.version}&lang=${text.lang}`}
			data-sending={t("enrol.batch.sending")}
			data-packing={t("enrol.batch.packing")}
			data-nothing={t("enrol.batch_nothing")}
			data-network={t("enrol.camera.network")}
		>
			<div class="columns">
				<TextField
					rc={rc}
					name="zip"
					label={t("enrol.batch.zip")}
					hint={t("enrol.batch.zip_hint", limits)}
					input={{ type: "file", accept: ".zip,application/zip", required: false }}
				/>
				<TextField
					rc={rc}
					name="folder"
					label={t("enrol.batch.folder")}
					input={{ type: "file", webkitdirectory: true, multiple: true, required: false }}
				/>
			</div>
			<TickField
				rc={rc}
				name="signed"
				label={t("enrol.batch.signed")}
				hint={t("enrol.batch.signed_hint")}
				required
			/>
			<p class="batch-message" role="alert" hidden />
			<div class="form-foot">
				<button type="submit">{t("enrol.batch.start")}</button>
			</div>
		</form>
	);
};

const Example = ({ file, says }: { file: string; says: string }) => (
	<li>
		<code>{file}</code> <span class="muted">{says}</span>
	</li>
);

const STATES = {
	running: { tone: "wait", key: "enrol.batch.state.running" },
	done: { tone: "ok", key: "enrol.batch.state.done" },
	failed: { tone: "bad", key: "enrol.batch.state.failed" },
	cancelled: { tone: "warn", key: "enrol.batch.state.cancelled" },
} as const;

/** Replaces itself once a second while the job runs. */
export function JobCard({ rc, job }: { readonly rc: SignedInContext; readonly job: FileJob<BatchRow> }) {
	const { t } = rc;
	const running = job.state === "running";
	const state = STATES[job.state];
	const good = job.report.filter((row) => row.ok).length;
	const poll = {
		"hx-get": `/enrolments/batch/${job.id}`,
		"hx-trigger": "load delay:1s",
		"hx-swap": "outerHTML",
	};
	return (
		<section class="card" id="batch-job" {...(running ? poll : {})}>
			<header class="card-head">
				<h2>{t("enrol.batch.report")}</h2>
				<div class="actions">
					{running && (
						<form method="post" action={`/enrolments/batch/${job.id}/cancel`}>
							<button type="submit" class="secondary">
								{t("enrol.batch.cancel")}
							</button>
						</form>
					)}
				</div>
			</header>
			{running ? (
				<ProgressBar rc={rc} label={t("enrol.batch.progress")} done={job.done} total={job.total} />
			) : (
				<Notice tone={state.tone}>
					<p>{t(state.key)}</p>
					<p>{t("enrol.batch.summary", { good, bad: job.report.length - good })}</p>
				</Notice>
			)}
			<Report rc={rc} rows={job.report} />
		</section>
	);
}

const Report = ({ rc, rows }: { rc: SignedInContext; rows: readonly BatchRow[] }) =>
	rows.length === 0 ? null : (
		<DataTable
			rc={rc}
			id="batch-report"
			label={rc.t("enrol.batch.report")}
			rows={[...rows].sort((a, b) => Number(a.ok) - Number(b.ok))}
			rowKey={(row) => `${row.label}|${row.code}`}
			columns={[
				{ key: "who", head: rc.t("enrol.batch.report_who"), cell: (row) => row.label, main: true },
				{ key: "what", head: rc.t("enrol.batch.report_what"), cell: (row) => <Outcome rc={rc} row={row} /> },
			]}
			empty={
				<EmptyState icon="face" title={rc.t("enrol.batch.report")}>
					{rc.t("enrol.batch_no_photos")}
				</EmptyState>
			}
		/>
	);

const Outcome = ({ rc, row }: { rc: SignedInContext; row: BatchRow }) => (
	<Badge tone={row.ok ? "ok" : "bad"}>{sayCode(rc.t, row.code, row.vars)}</Badge>
);

/** What an import would do: counts, findings by row in words, new departments, and the question whether to go on. */
import type { ImportPlan } from "../../server/services/people-import-check.ts";
import type { Finding, PlannedRow } from "../../server/services/people-import-plan.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { Card } from "../frame/page-header.tsx";
import { HEADINGS } from "./import-names.ts";

export interface PlanViewProps {
	readonly rc: SignedInContext;
	readonly jobId: string;
	readonly plan: ImportPlan;
}

/** More would only be scrolled past; the rest shows after the first are mended. */
const FINDINGS_SHOWN = 200;
const ROWS_SHOWN = 50;

export function PlanView(props: PlanViewProps) {
	const { plan } = props;
	return (
		<div class="stack">
			{plan.findings.length > 0 ? <Findings {...props} /> : <Ready {...props} />}
			<Preview {...props} />
		</div>
	);
}

const countOf = (plan: ImportPlan, kind: PlannedRow["kind"]): number =>
	plan.rows.filter((row) => row.kind === kind).length;

function Ready({ rc, jobId, plan }: PlanViewProps) {
	const counts = {
		created: countOf(plan, "create"),
		changed: countOf(plan, "change"),
		same: countOf(plan, "same"),
	};
	const isIdle = counts.created + counts.changed === 0;
	return (
		<Card>
			<Notice tone={isIdle ? "info" : "ok"}>
				<strong>{isIdle ? rc.t("import.plan.nothing") : rc.t("import.plan.ready")}</strong>
				<p>{rc.t("import.plan.counts", counts)}</p>
			</Notice>
			<Remarks rc={rc} plan={plan} />
			<div class="form-foot">
				<CancelForm rc={rc} jobId={jobId} />
				{!isIdle && (
					<form method="post" action={`/people/import/${jobId}/confirm`}>
						<button type="submit">
							{rc.t("import.confirm", { count: counts.created + counts.changed })}
						</button>
					</form>
				)}
			</div>
		</Card>
	);
}

const CancelForm = ({ rc, jobId }: Pick<PlanViewProps, "rc" | "jobId">) => (
	<form method="post" action={`/people/import/${jobId}/cancel`}>
		<button type="submit" class="secondary">
			{rc.t("import.other_file")}
		</button>
	</form>
);

const Remarks = ({ rc, plan }: Pick<PlanViewProps, "rc" | "plan">) => (
	<>
		{plan.newDepartments.length > 0 && (
			<>
				<p>{rc.t("import.plan.departments", { count: plan.newDepartments.length })}</p>
				<ul class="chips">
					{plan.newDepartments.slice(0, ROWS_SHOWN).map((path) => (
						<li key={path}>{path}</li>
					))}
				</ul>
			</>
		)}
		{plan.ignored.length > 0 && (
			<p class="muted">{rc.t("import.plan.ignored", { columns: plan.ignored.slice(0, 12).join(", ") })}</p>
		)}
	</>
);

const Findings = ({ rc, jobId, plan }: PlanViewProps) => (
	<Card>
		<Notice tone="bad">
			<strong>{rc.t("import.findings.title", { count: plan.findings.length })}</strong>
			<p>{rc.t("import.findings.text")}</p>
		</Notice>
		<div class="table-scroll">
			<table class="data findings" aria-label={rc.t("import.findings.label")}>
				<thead>
					<tr>
						<th scope="col" class="numeric">
							{rc.t("import.findings.line")}
						</th>
						<th scope="col">{rc.t("import.findings.column")}</th>
						<th scope="col">{rc.t("import.findings.what")}</th>
					</tr>
				</thead>
				<tbody>
					{plan.findings.slice(0, FINDINGS_SHOWN).map((finding) => (
						<FindingRow key={`${finding.line} ${finding.column}`} rc={rc} finding={finding} />
					))}
				</tbody>
			</table>
		</div>
		{plan.findings.length > FINDINGS_SHOWN && (
			<p class="muted">{rc.t("import.more", { count: plan.findings.length - FINDINGS_SHOWN })}</p>
		)}
		<div class="form-foot">
			<CancelForm rc={rc} jobId={jobId} />
		</div>
	</Card>
);

const FindingRow = ({ rc, finding }: { readonly rc: SignedInContext; readonly finding: Finding }) => (
	<tr>
		<td class="numeric">{finding.line}</td>
		<td>{finding.column ? rc.t(HEADINGS[finding.column]) : "—"}</td>
		<td>{sayError(rc.t, finding.error)}</td>
	</tr>
);

/** The rows that change something, the first of them. */
function Preview({ rc, plan }: PlanViewProps) {
	const rows = plan.rows.filter((row) => row.kind !== "same");
	return rows.length === 0 ? null : (
		<Card title={rc.t("import.preview.title")}>
			<div class="table-scroll">
				<table class="data" aria-label={rc.t("import.preview.title")}>
					<thead>
						<tr>
							<th scope="col">{rc.t("import.preview.what")}</th>
							<th scope="col">{rc.t("import.head.number")}</th>
							<th scope="col">{rc.t("import.head.name")}</th>
							<th scope="col">{rc.t("import.head.department")}</th>
						</tr>
					</thead>
					<tbody>
						{rows.slice(0, ROWS_SHOWN).map((row) => (
							<PreviewRow key={row.line} rc={rc} row={row} />
						))}
					</tbody>
				</table>
			</div>
			{rows.length > ROWS_SHOWN && (
				<p class="muted">{rc.t("import.more", { count: rows.length - ROWS_SHOWN })}</p>
			)}
		</Card>
	);
}

const PreviewRow = ({ rc, row }: { readonly rc: SignedInContext; readonly row: PlannedRow }) => (
	<tr>
		<td>
			{row.kind === "create" ? (
				<Badge tone="ok" icon="plus">
					{rc.t("import.preview.create")}
				</Badge>
			) : (
				<Badge tone="info" icon="edit">
					{rc.t("import.preview.change")}
				</Badge>
			)}
		</td>
		<td class="mono">{row.number}</td>
		<td>{row.name ?? row.before?.name}</td>
		<td>{row.department?.join("/") ?? <span class="muted">—</span>}</td>
	</tr>
);

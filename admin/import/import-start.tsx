/** The first step of the import: what the list should look like, and the file. */
import type { AppError } from "../../server/base/app-error.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { PeopleTabs } from "../people/people-tabs.tsx";
import { Applying } from "./import-job.tsx";

export interface ImportStartProps {
	readonly rc: SignedInContext;
	readonly error?: AppError;
	/** An import that is being stored, whoever began it. */
	readonly running?: { readonly done: number; readonly total: number };
}

export const ImportStart = ({ rc, error, running }: ImportStartProps) => (
	<Layout rc={rc} title={rc.t("import.title")} width="wide">
		<PageHeader title={rc.t("import.title")} lead={rc.t("import.lead")} />
		<PeopleTabs rc={rc} />
		{running && <Applying rc={rc} done={running.done} total={running.total} />}
		<div class="columns">
			<FileCard rc={rc} error={error} />
			<Guide rc={rc} />
		</div>
	</Layout>
);

const FileCard = ({ rc, error }: ImportStartProps) => (
	<Card title={rc.t("import.file.title")} lead={rc.t("import.file.lead")}>
		{error && <Notice tone="bad">{sayError(rc.t, error)}</Notice>}
		<form method="post" action="/people/import" enctype="multipart/form-data">
			<div class="field">
				<label for="file">{rc.t("import.file.label")}</label>
				<input
					id="file"
					name="file"
					type="file"
					required
					accept=".xlsx,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
				/>
			</div>
			<div class="form-foot">
				<button type="submit">{rc.t("import.check")}</button>
			</div>
		</form>
	</Card>
);

const Guide = ({ rc }: { readonly rc: SignedInContext }) => (
	<Card title={rc.t("import.guide.title")} lead={rc.t("import.guide.lead")}>
		<dl class="facts">
			<dt>{rc.t("import.head.number")}</dt>
			<dd>{rc.t("import.guide.number")}</dd>
			<dt>{rc.t("import.head.name")}</dt>
			<dd>{rc.t("import.guide.name")}</dd>
			<dt>{rc.t("import.head.department")}</dt>
			<dd>{rc.t("import.guide.department")}</dd>
			<dt>{rc.t("import.head.card")}</dt>
			<dd>{rc.t("import.guide.card")}</dd>
			<dt>{rc.t("import.head.joined")}</dt>
			<dd>{rc.t("import.guide.joined")}</dd>
			<dt>{rc.t("import.head.shift")}</dt>
			<dd>{rc.t("import.guide.shift")}</dd>
		</dl>
		<div class="actions">
			<a class="button secondary" href="/people/import/template?format=xlsx" download>
				<Icon name="download" />
				{rc.t("import.template.xlsx")}
			</a>
			<a class="button quiet" href="/people/import/template?format=csv" download>
				{rc.t("import.template.csv")}
			</a>
		</div>
	</Card>
);

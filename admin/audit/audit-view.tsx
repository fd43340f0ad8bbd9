/** The audit log as a page. */
import type { AuditRow } from "../../db/audit.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockSeconds, dayOf } from "../../server/web/format.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { DateFilter, FilterBar, SelectFilter } from "../frame/filter-bar.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { actText } from "./audit-act.ts";
import type { AuditFact } from "./audit-detail.ts";
import type { AuditObject } from "./audit-object.ts";

export interface AuditItem extends AuditRow {
	readonly id: number;
	readonly who: string;
	readonly object: AuditObject;
	readonly facts: readonly AuditFact[];
}

export interface AuditViewProps {
	readonly rc: SignedInContext;
	readonly rows: readonly AuditItem[];
	/** Cursor of the next page; undefined on the last. */
	readonly nextBefore?: number;
	readonly accounts: readonly { readonly id: string; readonly name: string }[];
	readonly actions: readonly string[];
	/** Name of the one person whose entries are shown. */
	readonly about?: string;
	readonly values: Readonly<Record<"who" | "what" | "from" | "to" | "object" | "before", string>>;
}

export const AuditView = ({ rc, rows, nextBefore, accounts, actions, values, about }: AuditViewProps) => (
	<Layout rc={rc} title={rc.t("audit.title")} width="wide">
		<PageHeader title={rc.t("audit.title")} lead={rc.t("audit.lead")} />
		{about && <Notice tone="info">{rc.t("audit.only", { name: about })}</Notice>}
		<FilterBar rc={rc} action="/audit" target="audit">
			{about && <input type="hidden" name="object" value={values.object} />}
			<SelectFilter
				name="who"
				label={rc.t("audit.who")}
				all={rc.t("audit.everybody")}
				value={values.who}
				choices={accounts.map(({ id, name }) => ({ value: id, label: name }))}
			/>
			<SelectFilter
				name="what"
				label={rc.t("audit.what")}
				all={rc.t("audit.everything")}
				value={values.what}
				choices={actions.map((action) => ({ value: action, label: actText(rc, action) }))}
			/>
			<DateFilter name="from" label={rc.t("app.filter.from")} value={values.from} />
			<DateFilter name="to" label={rc.t("app.filter.to")} value={values.to} />
		</FilterBar>
		<DataTable
			rc={rc}
			id="audit"
			label={rc.t("audit.title")}
			columns={columns(rc)}
			rows={rows}
			rowKey={(row) => String(row.id)}
			paging={{
				kind: "cursor",
				first: values.before ? addressOf(values) : undefined,
				next: nextBefore === undefined ? undefined : addressOf(values, nextBefore),
			}}
			empty={
				<EmptyState icon="audit" title={rc.t("audit.empty.title")}>
					{rc.t("audit.empty.lead")}
				</EmptyState>
			}
		/>
	</Layout>
);

function addressOf(values: AuditViewProps["values"], before?: number): string {
	const { before: _, ...filters } = values;
	const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ""));
	if (before !== undefined) query.set("before", String(before));
	return query.size > 0 ? `/audit?${query}` : "/audit";
}

const columns = (rc: SignedInContext): Column<AuditItem>[] => [
	{
		key: "when",
		head: rc.t("audit.when"),
		cell: ({ atMs }) => (
			<time class="audit-when" dateTime={new Date(atMs).toISOString()}>
				{dayOf(atMs, rc)} <span class="muted">{clockSeconds(atMs, rc)}</span>
			</time>
		),
	},
	{
		key: "what",
		head: rc.t("audit.what"),
		main: true,
		cell: (row) => <Act rc={rc} row={row} />,
	},
	{ key: "who", head: rc.t("audit.who"), cell: ({ who }) => <span class="nowrap">{who}</span> },
	{
		key: "where",
		head: rc.t("audit.where"),
		cell: ({ address, actorKind }) => (
			<span class="nowrap">{actorKind === "box" || address === "" ? rc.t("audit.local") : address}</span>
		),
	},
	{
		key: "seal",
		head: rc.t("audit.seal"),
		cell: (row) =>
			row.seq === null ? (
				<Badge tone="quiet">{rc.t("audit.look")}</Badge>
			) : (
				<Badge tone="ok" icon="lock">
					{rc.t("audit.sealed", { seq: row.seq })}
				</Badge>
			),
	},
];

/** What was done, to whom, and the particulars below. */
const Act = ({ rc, row }: { rc: SignedInContext; row: AuditItem }) => (
	<span class="audit-act">
		<span>
			<strong>{actText(rc, row.action)}</strong>
			{row.object.text && <span class="audit-object">{linkedText(row.object)}</span>}
		</span>
		{row.facts.length > 0 && (
			<span class="audit-facts">
				{row.facts.map(({ label, old, text }) => (
					<span key={label}>
						{label && <span class="muted">{label} </span>}
						{old !== undefined && (
							<>
								<s>{old}</s>
								{" → "}
							</>
						)}
						{text}
					</span>
				))}
			</span>
		)}
	</span>
);

const linkedText = ({ text, href }: AuditObject) => (href ? <a href={href}>{text}</a> : text);

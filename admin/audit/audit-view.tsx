/** The audit log as a page. */
import type { AuditRow } from "../../db/audit.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockSeconds, dayOf } from "../../server/web/format.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import { Badge } from "../frame/badge.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { DateFilter, FilterBar, SelectFilter } from "../frame/filter-bar.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";

export type AuditItem = AuditRow & { readonly id: number; readonly who: string };

export interface AuditViewProps {
	readonly rc: SignedInContext;
	readonly rows: readonly AuditItem[];
	/** Cursor of the next page; undefined on the last. */
	readonly nextBefore?: number;
	readonly accounts: readonly { readonly id: string; readonly name: string }[];
	readonly actions: readonly string[];
	readonly values: Readonly<Record<"who" | "what" | "from" | "to" | "before", string>>;
}

export const AuditView = ({ rc, rows, nextBefore, accounts, actions, values }: AuditViewProps) => (
	<Layout rc={rc} title={rc.t("audit.title")} width="wide">
		<PageHeader title={rc.t("audit.title")} lead={rc.t("audit.lead")} />
		<FilterBar rc={rc} action="/audit" target="audit">
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

/** The act in words; one without words is shown by its stable name. */
function actText(rc: SignedInContext, action: string): string {
	const key = `audit.act.${action}`;
	return isMessageKey(key) ? rc.t(key) : action;
}

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
		cell: (row) => (
			<time class="nowrap" dateTime={new Date(row.atMs).toISOString()}>
				{dayOf(row.atMs, rc)} {clockSeconds(row.atMs, rc)}
			</time>
		),
	},
	{
		key: "who",
		head: rc.t("audit.who"),
		main: true,
		cell: (row) => <strong class="nowrap">{row.who}</strong>,
	},
	{
		key: "what",
		head: rc.t("audit.what"),
		cell: (row) => (
			<span class="nowrap" title={row.action}>
				{actText(rc, row.action)}
			</span>
		),
	},
	{
		key: "object",
		head: rc.t("audit.object"),
		cell: (row) => (
			<span class="mono nowrap" title={row.objectId}>
				{row.objectKind} {row.objectId.length > 16 ? `…${row.objectId.slice(-8)}` : row.objectId}
			</span>
		),
	},
	{ key: "detail", head: rc.t("audit.detail"), cell: (row) => <Detail row={row} /> },
	{ key: "where", head: rc.t("audit.where"), cell: (row) => <span class="mono">{row.address}</span> },
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

const Detail = ({ row }: { row: AuditItem }) => {
	const pairs = Object.entries(row.detail).filter(([, value]) => !Array.isArray(value) || value.length > 0);
	return (
		<span class="mono detail">
			{pairs
				.map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
				.join(" ")}
		</span>
	);
};

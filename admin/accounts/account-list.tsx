/** All accounts at a glance. */
import { type AccountRow, inviteOf, listAccounts, listPasskeys } from "../../db/account.ts";
import { listSessions } from "../../db/session.ts";
import type { Db } from "../../db/store.ts";
import type { RequestContext, SignedInContext } from "../../server/web/context.ts";
import { ago } from "../../server/web/format.ts";
import { PersonLink } from "../frame/avatar.tsx";
import { Badge } from "../frame/badge.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";

export interface AccountItem extends AccountRow {
	readonly passkeys: number;
	readonly seenMs?: number;
	readonly inviteEndsMs?: number;
}

/** Accounts are few; one look per row is cheap. */
export const accountItems = (db: Db): AccountItem[] => listAccounts(db).map((row) => accountItem(db, row));

export const accountItem = (db: Db, row: AccountRow): AccountItem => ({
	...row,
	passkeys: listPasskeys(db, row.id).length,
	seenMs: listSessions(db, row.id)[0]?.usedMs,
	inviteEndsMs: inviteOf(db, row.id)?.expiresMs,
});

export const AccountState = ({ rc, item }: { readonly rc: RequestContext; readonly item: AccountItem }) => {
	if (item.disabledMs !== null) return <Badge tone="quiet">{rc.t("accounts.state.disabled")}</Badge>;
	const hasCome = item.inviteEndsMs === undefined && item.seenMs !== undefined;
	if (item.passwordHash !== null || item.passkeys > 0 || hasCome)
		return <Badge tone="ok">{rc.t("accounts.state.active")}</Badge>;
	const lives = (item.inviteEndsMs ?? 0) > rc.nowMs;
	return lives ? (
		<Badge tone="wait">{rc.t("accounts.state.invited")}</Badge>
	) : (
		<Badge tone="warn">{rc.t("accounts.state.expired")}</Badge>
	);
};

export const factorText = (rc: RequestContext, item: AccountItem): string =>
	[
		item.totpSealed && rc.t("accounts.factor.totp"),
		item.passkeys > 0 && rc.t("accounts.factor.passkeys", { count: item.passkeys }),
	]
		.filter(Boolean)
		.join(" · ") || rc.t("accounts.factor.none");

const columns = (rc: RequestContext): Column<AccountItem>[] => [
	{
		key: "name",
		head: rc.t("accounts.column.name"),
		main: true,
		cell: (row) => <PersonLink id={row.id} name={row.name} note={row.login} href={`/accounts/${row.id}`} />,
	},
	{ key: "role", head: rc.t("accounts.column.role"), cell: (row) => rc.t(`app.role.${row.role}`) },
	{ key: "state", head: rc.t("accounts.column.state"), cell: (row) => <AccountState rc={rc} item={row} /> },
	{ key: "factor", head: rc.t("accounts.column.factor"), cell: (row) => factorText(rc, row) },
	{
		key: "seen",
		head: rc.t("accounts.column.seen"),
		cell: (row) => (row.seenMs === undefined ? rc.t("accounts.never") : ago(row.seenMs, rc.nowMs, rc.lang)),
	},
];

export const AccountListView = ({
	rc,
	items,
}: {
	readonly rc: SignedInContext;
	readonly items: readonly AccountItem[];
}) => (
	<Layout rc={rc} title={rc.t("accounts.title")}>
		<PageHeader
			title={rc.t("accounts.title")}
			lead={rc.t("accounts.lead")}
			actions={
				<a class="button" href="/accounts/new">
					<Icon name="plus" />
					{rc.t("accounts.invite")}
				</a>
			}
		/>
		<DataTable
			rc={rc}
			id="accounts"
			label={rc.t("accounts.title")}
			columns={columns(rc)}
			rows={items}
			rowKey={(row) => row.id}
			empty={
				<EmptyState icon="account" title={rc.t("accounts.empty.title")}>
					{rc.t("accounts.empty.lead")}
				</EmptyState>
			}
		/>
		{items.length === 1 && (
			<EmptyState icon="account" title={rc.t("accounts.empty.title")}>
				{rc.t("accounts.empty.lead")}
			</EmptyState>
		)}
	</Layout>
);

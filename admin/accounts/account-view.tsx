/** One account: rights, sessions, and the acts that need a second thought. */
import type { SessionRow } from "../../db/session.ts";
import type { AppError } from "../../server/base/app-error.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { AccountFields, type AccountFieldsProps } from "./account-form.tsx";
import { type AccountItem, AccountState, factorText } from "./account-list.tsx";
import { SessionList } from "./session-list.tsx";

export interface AccountViewProps extends AccountFieldsProps {
	readonly rc: SignedInContext;
	readonly item: AccountItem;
	readonly sessions: readonly SessionRow[];
	readonly error?: AppError;
}

export const AccountView = (props: AccountViewProps) => {
	const { rc, item, values, departments, errors, error } = props;
	const base = `/accounts/${item.id}`;
	return (
		<Layout
			rc={rc}
			title={item.name}
			width="narrow"
			crumbs={[{ label: rc.t("accounts.title"), href: "/accounts" }, { label: item.name }]}
		>
			<PageHeader
				title={item.name}
				lead={
					<>
						<span class="mono">{item.login}</span> · {factorText(rc, item)}
					</>
				}
				actions={<AccountState rc={rc} item={item} />}
			/>
			{error && <Notice tone="bad">{sayError(rc.t, error)}</Notice>}
			<div class="stack">
				<Card title={rc.t("accounts.edit.title")}>
					<form method="post" action={base}>
						<AccountFields rc={rc} values={values} departments={departments} errors={errors} />
						<div class="form-foot">
							<button type="submit">{rc.t("app.save")}</button>
						</div>
					</form>
				</Card>
				<SessionCard {...props} />
				<Acts {...props} />
			</div>
			<Questions {...props} />
		</Layout>
	);
};

const SessionCard = ({ rc, item, sessions }: AccountViewProps) => (
	<Card title={rc.t("accounts.sessions")}>
		<SessionList rc={rc} sessions={sessions} />
		{sessions.length > 0 && (
			<form method="post" action={`/accounts/${item.id}/sessions/end`} class="form-foot">
				<button type="submit" class="secondary">
					{rc.t("accounts.sessions.end")}
				</button>
			</form>
		)}
	</Card>
);

/** Buttons of what needs a second thought; the questions are below. */
const Acts = ({ rc, item }: AccountViewProps) => (
	<div class="form-foot">
		<button type="button" class="secondary" data-opens="reset">
			{rc.t("accounts.reset")}
		</button>
		{item.disabledMs === null ? (
			<button type="button" class="danger-quiet" data-opens="disable">
				{rc.t("accounts.disable")}
			</button>
		) : (
			<form method="post" action={`/accounts/${item.id}/enable`}>
				<button type="submit">{rc.t("accounts.enable")}</button>
			</form>
		)}
	</div>
);

const Questions = ({ rc, item }: AccountViewProps) => (
	<>
		<ConfirmDialog
			rc={rc}
			id="reset"
			title={rc.t("accounts.reset.title", { name: item.name })}
			action={`/accounts/${item.id}/reset`}
			verb={rc.t("accounts.reset")}
			danger
		>
			<p>{rc.t("accounts.reset.text")}</p>
		</ConfirmDialog>
		<ConfirmDialog
			rc={rc}
			id="disable"
			title={rc.t("accounts.disable.title", { name: item.name })}
			action={`/accounts/${item.id}/disable`}
			verb={rc.t("accounts.disable")}
			danger
		>
			<p>{rc.t("accounts.disable.text")}</p>
		</ConfirmDialog>
	</>
);

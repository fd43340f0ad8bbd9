/** One's own account. */
import type { PasskeyRow } from "../../db/account.ts";
import type { SessionRow } from "../../db/session.ts";
import type { AppError } from "../../server/base/app-error.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { ago } from "../../server/web/format.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { TextField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { NewPassword } from "../login/new-password.tsx";
import { PasskeyButton } from "../login/passkey-button.tsx";
import { SessionList } from "./session-list.tsx";

export interface ProfileViewProps {
	readonly rc: SignedInContext;
	readonly hasTotp: boolean;
	readonly passkeys: readonly PasskeyRow[];
	readonly codesLeft: number;
	readonly sessions: readonly SessionRow[];
	/** False when the site was opened by a bare address. */
	readonly canPasskey: boolean;
	readonly errors?: FieldErrors;
	readonly error?: AppError;
}

export const ProfileView = (props: ProfileViewProps) => {
	const { rc, error } = props;
	return (
		<Layout
			rc={rc}
			title={rc.t("accounts.profile.title")}
			scripts={["admin/passkey.js", "admin/password-hints.js"]}
		>
			<PageHeader
				title={rc.t("accounts.profile.title")}
				lead={rc.t("accounts.profile.lead", { login: rc.viewer.login })}
			/>
			{error && <Notice tone="bad">{sayError(rc.t, error)}</Notice>}
			<div class="columns">
				<div class="stack">
					<DetailsCard {...props} />
					<PasswordCard {...props} />
				</div>
				<div class="stack">
					<TotpCard {...props} />
					<PasskeyCard {...props} />
					<RecoveryCard {...props} />
					<SessionsCard {...props} />
				</div>
			</div>
		</Layout>
	);
};

const DetailsCard = ({ rc, errors }: ProfileViewProps) => (
	<Card
		title={rc.t("accounts.profile.details")}
		actions={<Badge tone="quiet">{rc.t(`app.role.${rc.viewer.role}`)}</Badge>}
	>
		<form method="post" action="/profile">
			<TextField
				rc={rc}
				name="name"
				label={rc.t("accounts.field.name")}
				value={rc.viewer.name}
				errors={errors}
				input={{ autocomplete: "name", maxlength: 60 }}
			/>
			<div class="form-foot">
				<button type="submit" class="secondary">
					{rc.t("app.save")}
				</button>
			</div>
		</form>
	</Card>
);

const PasswordCard = ({ rc, errors }: ProfileViewProps) => (
	<Card title={rc.t("accounts.profile.password")} lead={rc.t("accounts.profile.password_lead")}>
		<form method="post" action="/profile/password">
			<NewPassword rc={rc} label={rc.t("accounts.profile.password_new")} errors={errors} />
			<div class="form-foot">
				<button type="submit" class="secondary">
					{rc.t("accounts.profile.password_submit")}
				</button>
			</div>
		</form>
	</Card>
);

const SessionsCard = ({ rc, sessions }: ProfileViewProps) => (
	<Card title={rc.t("accounts.sessions")}>
		<SessionList rc={rc} sessions={sessions} />
		{sessions.length > 1 && (
			<form method="post" action="/profile/sessions/end" class="form-foot">
				<button type="submit" class="secondary">
					{rc.t("accounts.sessions.end_others")}
				</button>
			</form>
		)}
	</Card>
);

const TotpCard = ({ rc, hasTotp }: ProfileViewProps) => (
	<Card
		title={rc.t("accounts.profile.totp")}
		actions={
			<a class="button secondary" href="/profile/totp">
				{rc.t("accounts.profile.totp_start")}
			</a>
		}
	>
		<p class="muted">{rc.t(hasTotp ? "accounts.profile.totp_on" : "accounts.profile.totp_off")}</p>
	</Card>
);

const PasskeyCard = ({ rc, passkeys, canPasskey }: ProfileViewProps) => (
	<Card title={rc.t("accounts.profile.passkeys")} lead={rc.t("accounts.profile.passkeys_lead")}>
		{passkeys.length === 0 && <p class="muted">{rc.t("accounts.profile.passkeys_none")}</p>}
		<ul class="rows">
			{passkeys.map((row) => (
				<li key={row.id}>
					<Icon name="key" />
					<div>
						<strong>{row.name}</strong>
						<small class="muted">
							{row.usedMs === null
								? rc.t("accounts.profile.passkeys_unused")
								: rc.t("accounts.profile.passkeys_used", { when: ago(row.usedMs, rc.nowMs, rc.lang) })}
						</small>
					</div>
					<form method="post" action="/profile/passkeys/remove">
						<input type="hidden" name="id" value={row.id} />
						<button type="submit" class="danger-quiet">
							{rc.t("accounts.profile.passkeys_remove")}
						</button>
					</form>
				</li>
			))}
		</ul>
		{canPasskey ? (
			<PasskeyButton
				rc={rc}
				base="/profile/passkeys"
				next="/profile"
				label={rc.t("accounts.profile.passkeys_add")}
				creates
			/>
		) : (
			<p class="muted">{rc.t("accounts.profile.passkeys_by_name")}</p>
		)}
	</Card>
);

const RecoveryCard = ({ rc, codesLeft }: ProfileViewProps) => (
	<Card
		title={rc.t("accounts.profile.recovery")}
		actions={
			<button type="button" class="secondary" data-opens="recovery">
				{rc.t("accounts.profile.recovery_new")}
			</button>
		}
	>
		<p class="muted">{rc.t("accounts.profile.recovery_left", { count: codesLeft })}</p>
		<ConfirmDialog
			rc={rc}
			id="recovery"
			title={rc.t("accounts.profile.recovery_new")}
			action="/profile/recovery"
			verb={rc.t("accounts.profile.recovery_new")}
		>
			<p>{rc.t("accounts.profile.recovery_text")}</p>
		</ConfirmDialog>
	</Card>
);

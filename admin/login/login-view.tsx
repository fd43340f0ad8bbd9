/** The pages of signing in: name and password, second step, proving oneself again. */

import type { AppError } from "../../server/base/app-error.ts";
import type { SecondStep } from "../../server/services/sign-in.ts";
import type { RequestContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { PasswordField, TextField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";
import { PlainLayout } from "../frame/plain-layout.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

export interface LoginViewProps {
	readonly rc: RequestContext;
	/** Where to go afterwards. */
	readonly next: string;
	readonly login?: string;
	readonly errors?: FieldErrors;
	/** What has nothing to do with one field, as a wait. */
	readonly error?: AppError;
	readonly hasPasskeys: boolean;
}

export const LoginView = ({ rc, next, login, errors, error, hasPasskeys }: LoginViewProps) => (
	<PlainLayout rc={rc} title={rc.t("login.title")} scripts={["admin/passkey.js"]}>
		<div class="plain-card">
			<h1>{rc.t("login.title")}</h1>
			<p class="lead">{rc.t("login.lead", { site: rc.siteName })}</p>
			{error && <Notice tone="warn">{sayError(rc.t, error)}</Notice>}
			<form method="post" action="/login">
				<input type="hidden" name="next" value={next} />
				<TextField
					rc={rc}
					name="login"
					label={rc.t("login.login")}
					value={login}
					errors={errors}
					input={{
						autocomplete: "username webauthn",
						autocapitalize: "none",
						spellcheck: false,
						autofocus: !login,
					}}
				/>
				<PasswordField
					rc={rc}
					name="password"
					label={rc.t("login.password")}
					errors={errors}
					input={{ autocomplete: "current-password", autofocus: Boolean(login) }}
				/>
				<button type="submit" class="wide">
					{rc.t("login.submit")}
				</button>
			</form>
			{hasPasskeys && (
				<>
					<p class="or">{rc.t("login.or")}</p>
					<PasskeyButton rc={rc} base="/login/passkey" next={next} label={rc.t("login.passkey")} />
				</>
			)}
			<p class="muted small-note">{rc.t("login.no_account")}</p>
		</div>
	</PlainLayout>
);

export interface CodeViewProps extends Omit<LoginViewProps, "login" | "hasPasskeys"> {
	readonly step: SecondStep;
	readonly canPasskey: boolean;
}

export const CodeView = ({ rc, next, step, errors, error, canPasskey }: CodeViewProps) => (
	<PlainLayout rc={rc} title={rc.t("login.code.title")} scripts={["admin/passkey.js"]}>
		<div class="plain-card">
			<h1>{rc.t("login.code.title")}</h1>
			<p class="lead">{rc.t(step.totp ? "login.code.lead" : "login.code.no_totp")}</p>
			{error && <Notice tone="warn">{sayError(rc.t, error)}</Notice>}
			{step.totp && (
				<form method="post" action="/login/code">
					<input type="hidden" name="next" value={next} />
					<CodeField rc={rc} errors={errors} autofocus />
					<button type="submit" class="wide">
						{rc.t("login.code.submit")}
					</button>
				</form>
			)}
			{step.passkey && canPasskey && (
				<>
					{step.totp && <p class="or">{rc.t("login.or")}</p>}
					<PasskeyButton rc={rc} base="/login/passkey" next={next} label={rc.t("login.passkey")} />
				</>
			)}
			{step.recovery && <RecoveryForm rc={rc} next={next} errors={errors} open={!step.totp} />}
			<p class="small-note">
				<a href="/login">{rc.t("login.again")}</a>
			</p>
		</div>
	</PlainLayout>
);

const RecoveryForm = ({
	rc,
	next,
	errors,
	open,
}: Pick<CodeViewProps, "rc" | "next" | "errors"> & { open: boolean }) => (
	<details class="more" open={open || errors?.recovery !== undefined}>
		<summary>{rc.t("login.recovery.title")}</summary>
		<form method="post" action="/login/recovery">
			<input type="hidden" name="next" value={next} />
			<TextField
				rc={rc}
				name="recovery"
				label={rc.t("login.recovery.label")}
				hint={rc.t("login.recovery.lead")}
				errors={errors}
				input={{ autocomplete: "off", autocapitalize: "characters", spellcheck: false, class: "mono" }}
			/>
			<button type="submit" class="wide secondary">
				{rc.t("login.recovery.submit")}
			</button>
		</form>
	</details>
);

export interface CodeFieldProps {
	readonly rc: RequestContext;
	readonly errors?: FieldErrors;
	readonly autofocus?: boolean;
	readonly label?: string;
}

/** Six digits from an app; phones offer them above the keyboard. */
export const CodeField = ({ rc, errors, autofocus, label }: CodeFieldProps) => (
	<TextField
		rc={rc}
		name="code"
		label={label ?? rc.t("login.code.label")}
		errors={errors}
		input={{
			autocomplete: "one-time-code",
			inputmode: "numeric",
			pattern: "[0-9 ]{6,7}",
			maxlength: 7,
			class: "code-input tabular",
			autofocus: autofocus ?? false,
		}}
	/>
);

export const ProveView = ({ rc, next, step, errors, error, canPasskey }: CodeViewProps) => (
	<PlainLayout rc={rc} title={rc.t("login.prove.title")} scripts={["admin/passkey.js"]}>
		<div class="plain-card">
			<p class="empty-icon">
				<Icon name="shield" />
			</p>
			<h1>{rc.t("login.prove.title")}</h1>
			<p class="lead">{rc.t("login.prove.lead")}</p>
			{error && <Notice tone="warn">{sayError(rc.t, error)}</Notice>}
			{!step.totp && !(step.passkey && canPasskey) && (
				<Notice tone="info">{rc.t("login.prove.no_way")}</Notice>
			)}
			{step.passkey && canPasskey && (
				<PasskeyButton rc={rc} base="/prove/passkey" next={next} label={rc.t("login.passkey")} />
			)}
			{step.passkey && canPasskey && step.totp && <p class="or">{rc.t("login.or")}</p>}
			{step.totp && (
				<form method="post" action="/prove">
					<input type="hidden" name="next" value={next} />
					<PasswordField
						rc={rc}
						name="password"
						label={rc.t("login.password")}
						errors={errors}
						input={{ autocomplete: "current-password", autofocus: true }}
					/>
					<CodeField rc={rc} errors={errors} />
					<button type="submit" class="wide">
						{rc.t("login.prove.submit")}
					</button>
				</form>
			)}
			<p class="small-note">
				<a href="/">{rc.t("app.cancel")}</a>
			</p>
		</div>
	</PlainLayout>
);

/** Inviting somebody, and the one-time link that comes of it. */
import { LANGS } from "../../server/base/translate.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { SelectField, TextField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { AccountFields, type AccountFieldsProps } from "./account-form.tsx";

export interface InviteViewProps extends AccountFieldsProps {
	readonly rc: SignedInContext;
	readonly values: AccountFieldsProps["values"] & { readonly login: string; readonly lang: string };
}

export const InviteView = ({ rc, values, departments, errors }: InviteViewProps) => {
	const title = rc.t("accounts.invite.title");
	return (
		<Layout
			rc={rc}
			title={title}
			width="narrow"
			crumbs={[{ label: rc.t("accounts.title"), href: "/accounts" }, { label: title }]}
		>
			<PageHeader title={title} lead={rc.t("accounts.invite.lead")} />
			<form method="post" action="/accounts/new" class="card">
				<TextField
					rc={rc}
					name="login"
					label={rc.t("accounts.field.login")}
					hint={rc.t("accounts.field.login_hint")}
					value={values.login}
					errors={errors}
					input={{ autocomplete: "off", autocapitalize: "none", spellcheck: false, maxlength: 64 }}
				/>
				<AccountFields rc={rc} values={values} departments={departments} errors={errors} />
				<SelectField
					rc={rc}
					name="lang"
					label={rc.t("accounts.field.lang")}
					value={values.lang}
					errors={errors}
					choices={LANGS.map((lang) => ({ value: lang, label: rc.t(`app.language.${lang}`) }))}
				/>
				<div class="form-foot">
					<a class="button quiet" href="/accounts">
						{rc.t("app.cancel")}
					</a>
					<button type="submit">{rc.t("accounts.invite.submit")}</button>
				</div>
			</form>
		</Layout>
	);
};

export interface LinkViewProps {
	readonly rc: SignedInContext;
	readonly name: string;
	readonly link: string;
	/** When the link ends, in words. */
	readonly ends: string;
	readonly accountId: string;
}

export const LinkView = ({ rc, name, link, ends, accountId }: LinkViewProps) => (
	<Layout rc={rc} title={rc.t("accounts.link.title", { name })} width="narrow">
		<PageHeader
			title={rc.t("accounts.link.title", { name })}
			lead={rc.t("accounts.link.lead", { when: ends })}
		/>
		<Card>
			<label for="link">{rc.t("accounts.link.label")}</label>
			<div class="copy-row">
				<input id="link" class="mono" readonly value={link} />
				<button type="button" class="secondary" data-copies="link">
					<Icon name="copy" />
					{rc.t("app.copy")}
				</button>
			</div>
			<div class="form-foot">
				<a class="button" href={`/accounts/${accountId}`}>
					{rc.t("accounts.link.done")}
				</a>
			</div>
		</Card>
	</Layout>
);

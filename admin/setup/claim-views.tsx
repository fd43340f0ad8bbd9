/** The steps before the box has an owner: code, site, owner, second factor. */
import { LANGS } from "../../server/base/translate.ts";
import { knownZones } from "../../server/services/site.ts";
import type { TotpOffer } from "../../server/services/totp-enrolment.ts";
import { SelectField, TextField } from "../frame/form-field.tsx";
import { NewPassword } from "../login/new-password.tsx";
import { PasskeyButton } from "../login/passkey-button.tsx";
import { TotpSetup } from "../login/totp-setup.tsx";
import { Onward, StepLayout, type StepProps } from "./step-layout.tsx";

export const CodeStep = (props: StepProps) => {
	const { rc, errors } = props;
	return (
		<StepLayout {...props} step="code" title={rc.t("setup.code.title")} lead={rc.t("setup.code.lead")}>
			<form method="post" action="/setup/code">
				<TextField
					rc={rc}
					name="code"
					label={rc.t("setup.code.label")}
					hint={rc.t("setup.code.hint")}
					errors={errors}
					input={{
						class: "code-input mono",
						autocomplete: "off",
						autocapitalize: "characters",
						spellcheck: false,
						maxlength: 12,
						autofocus: true,
						placeholder: "XXXX-XXXX",
					}}
				/>
				<Onward label={rc.t("app.continue")} />
			</form>
		</StepLayout>
	);
};

export interface SiteStepProps extends StepProps {
	readonly values: { readonly name: string; readonly zone: string; readonly lang: string };
	readonly machineZone: string;
}

export const SiteStep = (props: SiteStepProps) => {
	const { rc, errors, values, machineZone } = props;
	return (
		<StepLayout {...props} step="site" title={rc.t("setup.site.title")} lead={rc.t("setup.site.lead")}>
			<form method="post" action="/setup/site">
				<TextField
					rc={rc}
					name="name"
					label={rc.t("setup.site.label")}
					value={values.name}
					errors={errors}
					input={{
						maxlength: 60,
						autofocus: true,
						autocomplete: "organization",
						placeholder: rc.t("setup.site.placeholder"),
					}}
				/>
				<TextField
					rc={rc}
					name="zone"
					label={rc.t("setup.site.zone")}
					hint={rc.t("setup.site.zone_hint", { zone: machineZone })}
					value={values.zone}
					errors={errors}
					input={{ list: "zones", autocomplete: "off", spellcheck: false }}
				/>
				<datalist id="zones">
					{knownZones().map((zone) => (
						<option key={zone} value={zone} />
					))}
				</datalist>
				<SelectField
					rc={rc}
					name="lang"
					label={rc.t("setup.site.lang")}
					hint={rc.t("setup.site.lang_hint")}
					value={values.lang}
					errors={errors}
					choices={LANGS.map((lang) => ({ value: lang, label: rc.t(`app.language.${lang}`) }))}
				/>
				<Onward label={rc.t("app.continue")} />
			</form>
		</StepLayout>
	);
};

export interface OwnerStepProps extends StepProps {
	readonly values: { readonly name: string; readonly login: string };
}

export const OwnerStep = (props: OwnerStepProps) => {
	const { rc, errors, values } = props;
	return (
		<StepLayout
			{...props}
			step="owner"
			title={rc.t("setup.owner.title")}
			lead={rc.t("setup.owner.lead")}
			scripts={["admin/password-hints.js"]}
		>
			<form method="post" action="/setup/owner">
				<TextField
					rc={rc}
					name="name"
					label={rc.t("setup.owner.person")}
					value={values.name}
					errors={errors}
					input={{ autocomplete: "name", maxlength: 60, autofocus: true }}
				/>
				<TextField
					rc={rc}
					name="login"
					label={rc.t("setup.owner.login")}
					hint={rc.t("setup.owner.login_hint")}
					value={values.login}
					errors={errors}
					input={{ autocomplete: "username", autocapitalize: "none", spellcheck: false, maxlength: 64 }}
				/>
				<NewPassword rc={rc} label={rc.t("setup.owner.password")} errors={errors} />
				<Onward label={rc.t("app.continue")} />
			</form>
		</StepLayout>
	);
};

export interface FactorStepProps extends StepProps {
	readonly offer: TotpOffer;
	readonly canPasskey: boolean;
}

export const FactorStep = (props: FactorStepProps) => {
	const { rc, errors, offer, canPasskey } = props;
	return (
		<StepLayout
			{...props}
			step="factor"
			title={rc.t("setup.factor.title")}
			lead={rc.t("setup.factor.lead")}
			scripts={["admin/passkey.js"]}
		>
			<form method="post" action="/setup/factor">
				<TotpSetup rc={rc} offer={offer} errors={errors} />
				<Onward label={rc.t("setup.factor.submit")} />
			</form>
			{canPasskey && (
				<PasskeyButton
					rc={rc}
					base="/setup/passkey"
					next="/setup"
					label={rc.t("setup.factor.passkey")}
					creates
				/>
			)}
		</StepLayout>
	);
};

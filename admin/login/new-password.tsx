/** A new password with its rules, ticked while one types. */
import { PASSWORD_MIN } from "../../server/services/passwords.ts";
import type { RequestContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { PasswordField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";

export interface NewPasswordProps {
	readonly rc: RequestContext;
	readonly label: string;
	readonly errors?: FieldErrors;
}

/** Needs the script `admin/password-hints.js` for the ticks. */
export const NewPassword = ({ rc, label, errors }: NewPasswordProps) => (
	<>
		<PasswordField
			rc={rc}
			name="password"
			label={label}
			errors={errors}
			input={{ autocomplete: "new-password", minlength: PASSWORD_MIN, maxlength: 128 }}
		/>
		<ul class="hints" data-hints="password" data-min={PASSWORD_MIN}>
			<Rule name="length" text={rc.t("login.hint.length", { min: PASSWORD_MIN })} />
			<Rule name="plain" text={rc.t("login.hint.plain")} />
			<Rule name="personal" text={rc.t("login.hint.personal")} />
		</ul>
	</>
);

const Rule = ({ name, text }: { readonly name: string; readonly text: string }) => (
	<li data-rule={name}>
		<Icon name="check" />
		{text}
	</li>
);

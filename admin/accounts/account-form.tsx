/** The fields of an account that an owner decides on. */
import { ROLES } from "../../db/account.ts";
import type { RequestContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { list, oneOf, text } from "../../server/web/forms.ts";
import { RadioCards, TextField } from "../frame/form-field.tsx";

export const ACCOUNT_FORM = {
	name: text({ max: 60 }),
	role: oneOf(ROLES),
	departmentIds: list(text({ max: 40 }), 200),
};

export interface AccountFieldsProps {
	readonly rc: RequestContext;
	readonly values: {
		readonly name: string;
		readonly role: string;
		readonly departmentIds: readonly string[];
	};
	readonly departments: readonly { readonly id: string; readonly name: string }[];
	readonly errors?: FieldErrors;
}

const HINTS = {
	owner: "accounts.role.owner_hint",
	hr: "accounts.role.hr_hint",
	manager: "accounts.role.manager_hint",
	auditor: "accounts.role.auditor_hint",
} as const;

export const AccountFields = ({ rc, values, departments, errors }: AccountFieldsProps) => (
	<>
		<TextField
			rc={rc}
			name="name"
			label={rc.t("accounts.field.name")}
			value={values.name}
			errors={errors}
			input={{ maxlength: 60, autocomplete: "off" }}
		/>
		<RadioCards
			rc={rc}
			name="role"
			label={rc.t("accounts.field.role")}
			value={values.role}
			errors={errors}
			choices={ROLES.map((role) => ({
				value: role,
				label: rc.t(`app.role.${role}`),
				hint: rc.t(HINTS[role]),
			}))}
		/>
		<fieldset class="field manager-only">
			<legend>{rc.t("accounts.field.departments")}</legend>
			<small class="hint">{rc.t("accounts.field.departments_hint")}</small>
			{departments.length === 0 && <p class="muted">{rc.t("accounts.field.departments_none")}</p>}
			<div class="tick-grid">
				{departments.map(({ id, name }) => (
					<label key={id} class="tick-row">
						<input
							type="checkbox"
							name="departmentIds"
							value={id}
							checked={values.departmentIds.includes(id)}
						/>
						<span>{name}</span>
					</label>
				))}
			</div>
		</fieldset>
	</>
);

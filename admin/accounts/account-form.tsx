/** The fields of an account that an owner decides on. */
import { ROLES } from "../../db/account.ts";
import type { RequestContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { list, oneOf, text } from "../../server/web/forms.ts";
import { FieldNotes, RadioCards, TextField } from "../frame/form-field.tsx";

export const ACCOUNT_FORM = {
	name: text({ max: 60 }),
	role: oneOf(ROLES),
	departmentIds: list(text({ max: 40 }), 200),
	employeeNumber: text({ min: 0, max: 32 }),
};

export interface AccountFieldsProps {
	readonly rc: RequestContext;
	readonly values: {
		readonly name: string;
		readonly role: string;
		readonly departmentIds: readonly string[];
		readonly employeeNumber: string;
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
		<TextField
			rc={rc}
			name="employeeNumber"
			label={rc.t("accounts.field.employee")}
			hint={rc.t("accounts.field.employee_hint")}
			value={values.employeeNumber}
			errors={errors}
			input={{ maxlength: 32, autocomplete: "off" }}
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
		<DepartmentTicks rc={rc} chosen={values.departmentIds} departments={departments} errors={errors} />
	</>
);

type TicksProps = Pick<AccountFieldsProps, "rc" | "departments" | "errors"> & {
	readonly chosen: readonly string[];
};

const DepartmentTicks = ({ rc, chosen, departments, errors }: TicksProps) => (
	<fieldset class="field manager-only" aria-describedby={errors?.departmentIds && "departmentIds-error"}>
		<legend>{rc.t("accounts.field.departments")}</legend>
		<small class="hint">{rc.t("accounts.field.departments_hint")}</small>
		{departments.length === 0 && <p class="muted">{rc.t("accounts.field.departments_none")}</p>}
		<div class="tick-grid">
			{departments.map(({ id, name }) => (
				<label key={id} class="tick-row">
					<input type="checkbox" name="departmentIds" value={id} checked={chosen.includes(id)} />
					<span>{name}</span>
				</label>
			))}
		</div>
		<FieldNotes rc={rc} name="departmentIds" errors={errors} />
	</fieldset>
);

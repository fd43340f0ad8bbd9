/** The form of a person's plain details, for adding and for changing. */
import type { Employee } from "../../db/employee.ts";
import type { Shift } from "../../db/shift.ts";
import type { EmployeeInput } from "../../server/services/employees.ts";
import { NAME_MAX, NUMBER_MAX } from "../../server/services/people-rules.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { type FieldErrors, rawValue } from "../../server/web/forms.ts";
import { type Choice, SelectField, TextField } from "../frame/form-field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";

export interface PersonFormProps {
	readonly rc: SignedInContext;
	/** Null when adding. */
	readonly person: Employee | null;
	readonly values: EmployeeInput;
	readonly errors?: FieldErrors;
	readonly departments: readonly Choice[];
	readonly shifts: readonly Shift[];
}

/** Form values as a service takes them; empty choices mean none. */
export const readPersonForm = (body: unknown): EmployeeInput => ({
	number: rawValue(body, "number"),
	name: rawValue(body, "name"),
	departmentId: rawValue(body, "departmentId") || null,
	shiftId: rawValue(body, "shiftId") || null,
	joinedOn: rawValue(body, "joinedOn"),
});

export function PersonForm(props: PersonFormProps) {
	const { rc, person } = props;
	const title = person ? rc.t("people.edit.title", { name: person.name }) : rc.t("people.new.title");
	const back = person ? `/people/${person.id}` : "/people";
	const crumbs = [
		{ label: rc.t("people.title"), href: "/people" },
		...(person ? [{ label: person.name, href: back }] : []),
		{ label: person ? rc.t("app.edit") : rc.t("people.add") },
	];
	return (
		<Layout rc={rc} title={title} crumbs={crumbs} width="narrow">
			<PageHeader title={title} lead={person ? undefined : rc.t("people.new.lead")} />
			<Card>
				<form method="post" action={person ? `${back}/edit` : "/people/new"} novalidate>
					<Fields {...props} />
					<Placement {...props} />
					<div class="form-foot">
						<a class="button secondary" href={back}>
							{rc.t("app.cancel")}
						</a>
						<button type="submit">{person ? rc.t("app.save") : rc.t("people.add")}</button>
					</div>
				</form>
			</Card>
		</Layout>
	);
}

const Fields = ({ rc, values, errors }: PersonFormProps) => (
	<>
		<TextField
			rc={rc}
			name="name"
			label={rc.t("people.name")}
			value={values.name}
			errors={errors}
			input={{ maxlength: NAME_MAX, autocomplete: "off", autofocus: true }}
		/>
		<div class="field-row">
			<TextField
				rc={rc}
				name="number"
				label={rc.t("people.number")}
				hint={rc.t("people.number.hint")}
				value={values.number}
				errors={errors}
				input={{ maxlength: NUMBER_MAX, autocomplete: "off", autocapitalize: "off", spellcheck: false }}
			/>
			<TextField
				rc={rc}
				name="joinedOn"
				type="date"
				label={rc.t("people.joined")}
				value={values.joinedOn}
				errors={errors}
			/>
		</div>
	</>
);

const Placement = ({ rc, values, errors, departments, shifts }: PersonFormProps) => (
	<>
		<SelectField
			rc={rc}
			name="departmentId"
			label={rc.t("people.department")}
			value={values.departmentId ?? ""}
			errors={errors}
			choices={[{ value: "", label: rc.t("people.department.none") }, ...departments]}
			optional
		/>
		<SelectField
			rc={rc}
			name="shiftId"
			label={rc.t("people.shift")}
			hint={rc.t("people.shift.hint")}
			value={values.shiftId ?? ""}
			errors={errors}
			choices={[
				{ value: "", label: rc.t("people.shift.inherited") },
				...shifts.map((shift) => ({ value: shift.id, label: shift.name })),
			]}
			optional
		/>
	</>
);

/** Adding or changing a department: name, place in the tree, shift of its people. */
import type { Department, DepartmentNode } from "../../db/department.ts";
import type { Shift } from "../../db/shift.ts";
import type { DepartmentInput } from "../../server/services/departments.ts";
import { GROUP_NAME_MAX } from "../../server/services/people-rules.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { SelectField, TextField } from "../frame/form-field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { departmentChoices } from "../people/department-choices.ts";

export interface DepartmentFormProps {
	readonly rc: SignedInContext;
	/** Null when adding. */
	readonly row: Department | null;
	readonly values: DepartmentInput;
	readonly errors?: FieldErrors;
	readonly nodes: readonly DepartmentNode[];
	readonly shifts: readonly Shift[];
}

export function DepartmentForm(props: DepartmentFormProps) {
	const { rc, row } = props;
	const title = row ? row.name : rc.t("departments.new");
	const crumbs = [{ label: rc.t("departments.title"), href: "/people/departments" }, { label: title }];
	const action = row ? `/people/departments/${row.id}` : "/people/departments/new";
	return (
		<Layout rc={rc} title={title} crumbs={crumbs} width="narrow">
			<PageHeader title={title} />
			<Card>
				<form method="post" action={action} novalidate>
					<Fields {...props} />
					<div class="form-foot">
						{row && (
							<button type="button" class="danger-quiet grow" data-opens="remove">
								{rc.t("departments.remove")}
							</button>
						)}
						<a class="button secondary" href="/people/departments">
							{rc.t("app.cancel")}
						</a>
						<button type="submit">{row ? rc.t("app.save") : rc.t("departments.add")}</button>
					</div>
				</form>
			</Card>
			{row && <RemoveDialog rc={rc} row={row} />}
		</Layout>
	);
}

/** A department cannot lie below itself, so it and all below are no choice. */
function Fields({ rc, row, values, errors, nodes, shifts }: DepartmentFormProps) {
	const own = nodes.find((node) => node.id === row?.id);
	const places = nodes.filter((node) => !own || (node !== own && !node.path.startsWith(`${own.path}/`)));
	return (
		<>
			<TextField
				rc={rc}
				name="name"
				label={rc.t("departments.name")}
				value={values.name}
				errors={errors}
				input={{ maxlength: GROUP_NAME_MAX, autocomplete: "off" }}
			/>
			<SelectField
				rc={rc}
				name="parentId"
				label={rc.t("departments.parent")}
				value={values.parentId ?? ""}
				errors={errors}
				choices={[{ value: "", label: rc.t("departments.parent.none") }, ...departmentChoices(places)]}
			/>
			<SelectField
				rc={rc}
				name="shiftId"
				label={rc.t("departments.shift")}
				hint={rc.t("departments.shift.hint")}
				value={values.shiftId ?? ""}
				errors={errors}
				choices={[
					{ value: "", label: rc.t("departments.shift.inherited") },
					...shifts.map((shift) => ({ value: shift.id, label: shift.name })),
				]}
			/>
		</>
	);
}

const RemoveDialog = ({ rc, row }: { readonly rc: SignedInContext; readonly row: Department }) => (
	<ConfirmDialog
		rc={rc}
		id="remove"
		title={rc.t("departments.remove.title", { name: row.name })}
		action={`/people/departments/${row.id}/remove`}
		verb={rc.t("departments.remove")}
		danger
	>
		<p>{rc.t("departments.remove.text")}</p>
	</ConfirmDialog>
);

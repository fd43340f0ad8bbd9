/** Adding or changing a shift. */
import type { Shift } from "../../db/shift.ts";
import type { AppError } from "../../server/base/app-error.ts";
import { GROUP_NAME_MAX } from "../../server/services/people-rules.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { TextField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { dayNames } from "./shift-text.ts";
import type { ShiftValues } from "./shift-values.ts";

export interface ShiftFormProps {
	readonly rc: SignedInContext;
	/** Null when adding. */
	readonly shift: Shift | null;
	readonly values: ShiftValues;
	readonly errors?: FieldErrors;
}

export function ShiftForm(props: ShiftFormProps) {
	const { rc, shift } = props;
	const title = shift ? shift.name : rc.t("shifts.new");
	const crumbs = [{ label: rc.t("shifts.title"), href: "/people/shifts" }, { label: title }];
	return (
		<Layout rc={rc} title={title} crumbs={crumbs} width="narrow">
			<PageHeader title={title} />
			<Card>
				<form method="post" action={shift ? `/people/shifts/${shift.id}` : "/people/shifts/new"} novalidate>
					<Fields {...named(props)} />
					<Grace {...props} />
					<Weekdays {...props} />
					<div class="form-foot">
						{shift && (
							<button type="button" class="danger-quiet grow" data-opens="remove">
								{rc.t("shifts.remove")}
							</button>
						)}
						<a class="button secondary" href="/people/shifts">
							{rc.t("app.cancel")}
						</a>
						<button type="submit">{shift ? rc.t("app.save") : rc.t("shifts.add")}</button>
					</div>
				</form>
			</Card>
			{shift && <RemoveDialog rc={rc} shift={shift} />}
		</Layout>
	);
}

/** The service names its own fields; the form has `start` and `end`. */
function named(props: ShiftFormProps): ShiftFormProps {
	const { startMin, endMin, ...others } = props.errors ?? {};
	const errors: Record<string, AppError> = { ...others };
	if (startMin) errors.start = startMin;
	if (endMin) errors.end = endMin;
	return { ...props, errors };
}

const Fields = ({ rc, values, errors }: ShiftFormProps) => (
	<>
		<TextField
			rc={rc}
			name="name"
			label={rc.t("shifts.name")}
			value={values.name}
			errors={errors}
			input={{ maxlength: GROUP_NAME_MAX, autocomplete: "off" }}
		/>
		<div class="field-row">
			<TextField
				rc={rc}
				name="start"
				type="time"
				label={rc.t("shifts.start")}
				value={values.start}
				errors={errors}
			/>
			<TextField
				rc={rc}
				name="end"
				type="time"
				label={rc.t("shifts.end")}
				hint={rc.t("shifts.end.hint")}
				value={values.end}
				errors={errors}
			/>
			<Minutes
				rc={rc}
				name="breakMin"
				label={rc.t("shifts.break_min")}
				value={values.breakMin}
				errors={errors}
			/>
		</div>
	</>
);

const Grace = ({ rc, values, errors }: ShiftFormProps) => (
	<div class="field-row">
		<Minutes
			rc={rc}
			name="graceInMin"
			label={rc.t("shifts.grace_in")}
			hint={rc.t("shifts.grace_in.hint")}
			value={values.graceInMin}
			errors={errors}
		/>
		<Minutes
			rc={rc}
			name="graceOutMin"
			label={rc.t("shifts.grace_out")}
			hint={rc.t("shifts.grace_out.hint")}
			value={values.graceOutMin}
			errors={errors}
		/>
	</div>
);

interface MinutesProps extends Pick<ShiftFormProps, "rc" | "errors"> {
	readonly name: string;
	readonly label: string;
	readonly hint?: string;
	readonly value: string;
}

const Minutes = (props: MinutesProps) => (
	<TextField {...props} type="number" input={{ min: 0, max: 480, step: 1, inputmode: "numeric" }} />
);

const Weekdays = ({ rc, values, errors }: ShiftFormProps) => (
	<fieldset class="field" aria-describedby={errors?.weekdays ? "weekdays-error" : undefined}>
		<legend>{rc.t("shifts.days")}</legend>
		<div class="day-picker">
			{dayNames(rc.lang).map((name, day) => (
				<label key={name}>
					<input type="checkbox" name="weekdays" value={day} checked={((values.weekdays >> day) & 1) === 1} />
					<span>{name}</span>
				</label>
			))}
		</div>
		{errors?.weekdays && (
			<small id="weekdays-error" class="field-error">
				<Icon name="bad" />
				{sayError(rc.t, errors.weekdays)}
			</small>
		)}
	</fieldset>
);

const RemoveDialog = ({ rc, shift }: { readonly rc: SignedInContext; readonly shift: Shift }) => (
	<ConfirmDialog
		rc={rc}
		id="remove"
		title={rc.t("shifts.remove.title", { name: shift.name })}
		action={`/people/shifts/${shift.id}/remove`}
		verb={rc.t("shifts.remove")}
		danger
	>
		<p>{rc.t("shifts.remove.text")}</p>
	</ConfirmDialog>
);

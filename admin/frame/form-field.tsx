/** Form fields with label, hint and error tied together for screen readers. */
import type { ComponentChildren } from "preact";
import type { RequestContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Icon } from "./icons.tsx";

interface Shared {
	readonly rc: RequestContext;
	readonly name: string;
	/** Of the field; its name where a page has only one of that name. */
	readonly id?: string;
	readonly label: string;
	readonly hint?: ComponentChildren;
	readonly errors?: FieldErrors;
	/** Adds the word "optional" to the label. */
	readonly optional?: boolean;
}

/** Ids for `aria-describedby`, so hint and error are read with the field. */
const describedBy = ({ name, id = name, hint, errors }: Shared): string | undefined =>
	[hint && `${id}-hint`, errors?.[name] && `${id}-error`].filter(Boolean).join(" ") || undefined;

const Frame = ({ children, ...props }: Shared & { readonly children: ComponentChildren }) => (
	<div class="field">
		<label for={props.id ?? props.name}>
			{props.label}
			{props.optional && <small class="muted"> · {props.rc.t("app.optional")}</small>}
		</label>
		{children}
		<FieldNotes {...props} />
	</div>
);

/** Hint and error below a field; for fields built by hand, which refer to them by `aria-describedby`. */
export const FieldNotes = ({ rc, name, id = name, hint, errors }: Omit<Shared, "label">) => (
	<>
		{hint && (
			<small id={`${id}-hint`} class="hint">
				{hint}
			</small>
		)}
		{errors?.[name] && (
			<small id={`${id}-error`} class="field-error">
				<Icon name="bad" />
				{sayError(rc.t, errors[name])}
			</small>
		)}
	</>
);

export interface TextFieldProps extends Shared {
	readonly value?: string | number;
	readonly type?: "text" | "password" | "email" | "number" | "time" | "date" | "search" | "url" | "tel";
	/** Further attributes of the input: autocomplete, inputmode, min, list … */
	readonly input?: Readonly<Record<string, string | number | boolean | undefined>>;
}

export const TextField = (props: TextFieldProps) => (
	<Frame {...props}>
		<input {...inputAttributes(props)} />
	</Frame>
);

/** A password with a button that shows it. */
export const PasswordField = (props: TextFieldProps) => (
	<Frame {...props}>
		<div class="password-box">
			<input {...inputAttributes({ ...props, type: "password" })} />
			<button
				type="button"
				data-shows={props.id ?? props.name}
				aria-pressed="false"
				aria-controls={props.id ?? props.name}
			>
				{props.rc.t("app.show_password")}
			</button>
		</div>
	</Frame>
);

/** Preact types inputs as a union over `type`, which a computed type cannot meet; hence the plain object. */
const inputAttributes = (props: TextFieldProps): object => ({
	id: props.id ?? props.name,
	name: props.name,
	type: props.type ?? "text",
	value: props.value,
	required: !props.optional,
	"aria-invalid": props.errors?.[props.name] ? "true" : undefined,
	"aria-describedby": describedBy(props),
	...props.input,
});

export interface Choice {
	readonly value: string;
	readonly label: string;
	readonly hint?: string;
}

export interface SelectFieldProps extends Shared {
	readonly value?: string;
	readonly choices: readonly Choice[];
}

export const SelectField = (props: SelectFieldProps) => (
	<Frame {...props}>
		<select
			id={props.id ?? props.name}
			name={props.name}
			aria-invalid={props.errors?.[props.name] ? "true" : undefined}
			aria-describedby={describedBy(props)}
		>
			{props.choices.map(({ value, label }) => (
				<option key={value} value={value} selected={value === props.value}>
					{label}
				</option>
			))}
		</select>
	</Frame>
);

/** Large radio choices with an explanation each. */
export const RadioCards = (props: SelectFieldProps) => (
	<fieldset class="field radio-cards" aria-describedby={describedBy(props)}>
		<legend>{props.label}</legend>
		{props.choices.map(({ value, label, hint }) => (
			<label key={value} class="radio-card">
				<input type="radio" name={props.name} value={value} checked={value === props.value} required />
				<span>
					<strong>{label}</strong>
					{hint && <small class="muted">{hint}</small>}
				</span>
			</label>
		))}
		<FieldNotes {...props} />
	</fieldset>
);

export const TickField = (props: Shared & { readonly checked?: boolean; readonly required?: boolean }) => (
	<div class="field tick">
		<label>
			<input
				type="checkbox"
				name={props.name}
				value="yes"
				checked={props.checked}
				required={props.required}
				aria-describedby={describedBy(props)}
				aria-invalid={props.errors?.[props.name] ? "true" : undefined}
			/>
			<span>{props.label}</span>
		</label>
		<FieldNotes {...props} />
	</div>
);

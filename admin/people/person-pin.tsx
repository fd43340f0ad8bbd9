/** A person's PIN: set or not, drawn by the box or typed, removed. The PIN itself is shown once, when it was drawn. */
import { dayOf } from "../../server/web/format.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { TextField } from "../frame/form-field.tsx";
import { Card } from "../frame/page-header.tsx";
import { mayChange, type PersonPageProps } from "./person-view.ts";

export function PinSection(props: PersonPageProps) {
	const { rc, person, pinSetMs, drawnPin } = props;
	return (
		<Card id="pin" title={rc.t("people.pin")} lead={rc.t("people.pin.lead")}>
			{drawnPin && (
				<Notice tone="ok">
					<p>{rc.t("people.pin.drawn", { name: person.name })}</p>
					<output class="shown-once" id="drawn-pin">
						{drawnPin}
					</output>
				</Notice>
			)}
			<p>
				{pinSetMs === null ? (
					<Badge tone="quiet">{rc.t("people.pin.none")}</Badge>
				) : (
					<Badge tone="ok">{rc.t("people.pin.set_on", { date: dayOf(pinSetMs, rc) })}</Badge>
				)}
			</p>
			{mayChange(rc) && <PinForms {...props} />}
		</Card>
	);
}

const PinForms = ({ rc, person, pinSetMs, minDigits, errors }: PersonPageProps) => (
	<>
		<form method="post" action={`/people/${person.id}/pin`} class="inline-form">
			<TextField
				rc={rc}
				name="pin"
				type="password"
				label={rc.t("people.pin.type")}
				hint={rc.t("people.pin.hint", { min: minDigits })}
				errors={errors}
				input={{ inputmode: "numeric", minlength: minDigits, maxlength: 12, autocomplete: "new-password" }}
			/>
			<button type="submit" class="secondary">
				{rc.t("people.pin.save")}
			</button>
		</form>
		<div class="actions">
			<form method="post" action={`/people/${person.id}/pin/draw`}>
				<button type="submit" class="secondary">
					{rc.t("people.pin.draw")}
				</button>
			</form>
			{pinSetMs !== null && (
				<button type="button" class="danger-quiet" data-opens="remove-pin">
					{rc.t("people.pin.remove")}
				</button>
			)}
		</div>
		<ConfirmDialog
			rc={rc}
			id="remove-pin"
			title={rc.t("people.pin.remove")}
			action={`/people/${person.id}/pin/remove`}
			verb={rc.t("people.pin.remove")}
			danger
		>
			<p>{rc.t("people.pin.remove_text")}</p>
		</ConfirmDialog>
	</>
);

/** The dialogs in which a person leaves or comes back. */
import { localDate } from "../../server/base/units.ts";
import { Dialog } from "../frame/dialog.tsx";
import { TextField } from "../frame/form-field.tsx";
import type { PersonPageProps } from "./person-view.ts";

type Props = Pick<PersonPageProps, "rc" | "person">;

export const LeaveDialog = ({ rc, person }: Props) => (
	<Dialog rc={rc} id="leave" title={rc.t("people.leave.title", { name: person.name })}>
		<p>{rc.t("people.leave.text")}</p>
		<form method="post" action={`/people/${person.id}/leave`}>
			<TextField
				rc={rc}
				name="leftOn"
				type="date"
				label={rc.t("people.last_day")}
				value={localDate(rc.nowMs, rc.zone)}
				input={{ min: person.joinedOn }}
			/>
			<DialogFoot rc={rc} verb={rc.t("people.leave.verb")} danger />
		</form>
	</Dialog>
);

export const RejoinDialog = ({ rc, person }: Props) => (
	<Dialog rc={rc} id="rejoin" title={rc.t("people.rejoin.title", { name: person.name })}>
		<p>{rc.t("people.rejoin.text")}</p>
		<form method="post" action={`/people/${person.id}/rejoin`}>
			<TextField
				rc={rc}
				name="joinedOn"
				type="date"
				label={rc.t("people.joined")}
				value={localDate(rc.nowMs, rc.zone)}
			/>
			<DialogFoot rc={rc} verb={rc.t("people.rejoin.verb")} />
		</form>
	</Dialog>
);

interface FootProps extends Pick<Props, "rc"> {
	readonly verb: string;
	readonly danger?: boolean;
}

const DialogFoot = ({ rc, verb, danger }: FootProps) => (
	<div class="dialog-foot">
		<button type="button" class="secondary" data-closes-dialog>
			{rc.t("app.cancel")}
		</button>
		<button type="submit" class={danger ? "danger" : undefined}>
			{verb}
		</button>
	</div>
);

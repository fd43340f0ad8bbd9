/** Confirming and voiding: one tap for yes, a reason for no; the other decision stays possible, so every tap can be undone. */
import type { PunchStanding } from "../../server/attendance/punch-standing.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Dialog } from "../frame/dialog.tsx";
import { TextField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";

export interface PunchActionsProps {
	readonly rc: SignedInContext;
	readonly punch: { readonly id: string };
	readonly verdict: PunchStanding["verdict"];
	readonly isOwn: boolean;
	/** There is something to confirm: a doubt, or it does not count now. */
	readonly isDoubted: boolean;
	readonly back: string;
}

export function PunchActions({ rc, punch, verdict, isOwn, isDoubted, back }: PunchActionsProps) {
	if (isOwn) return <p class="muted own-note">{rc.t("punches.own_note")}</p>;
	const dialog = `void-${punch.id}`;
	return (
		<div class="actions punch-actions">
			{verdict !== "voided" && (
				<button type="button" class="danger-quiet" data-opens={dialog}>
					{rc.t("punches.void")}
				</button>
			)}
			{isDoubted && verdict !== "confirmed" && (
				<form method="post" action={`/punches/${punch.id}/confirm`}>
					<input type="hidden" name="back" value={back} />
					<button type="submit" class="secondary">
						<Icon name="check" />
						{rc.t(verdict === "voided" ? "punches.unvoid" : "punches.confirm")}
					</button>
				</form>
			)}
			<VoidDialog rc={rc} id={dialog} punchId={punch.id} back={back} />
		</div>
	);
}

const VoidDialog = ({
	rc,
	id,
	punchId,
	back,
}: {
	readonly rc: SignedInContext;
	readonly id: string;
	readonly punchId: string;
	readonly back: string;
}) => (
	<Dialog rc={rc} id={id} title={rc.t("punches.void.title")}>
		<form method="post" action={`/punches/${punchId}/void`}>
			<p>{rc.t("punches.void.text")}</p>
			<input type="hidden" name="back" value={back} />
			<TextField
				rc={rc}
				name="reason"
				id={`reason-${punchId}`}
				label={rc.t("punches.void.reason")}
				hint={rc.t("punches.void.reason_hint")}
				input={{ maxlength: 200, minlength: 2 }}
			/>
			<div class="dialog-foot">
				<button type="button" class="secondary" data-closes-dialog>
					{rc.t("app.cancel")}
				</button>
				<button type="submit" class="danger">
					{rc.t("punches.void")}
				</button>
			</div>
		</form>
	</Dialog>
);

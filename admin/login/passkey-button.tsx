/** A button that asks the browser for a passkey; hidden until the script knows that the browser can. */
import type { RequestContext } from "../../server/web/context.ts";
import { Icon } from "../frame/icons.tsx";

export interface PasskeyButtonProps {
	readonly rc: RequestContext;
	/** Address of the answer; `<base>/options` gives the challenge. */
	readonly base: string;
	readonly next: string;
	readonly label: string;
	/** Makes a new passkey instead of using one. */
	readonly creates?: true;
}

export const PasskeyButton = ({ rc, base, next, label, creates }: PasskeyButtonProps) => (
	<div class="passkey" data-passkey={creates ? "create" : "use"} data-base={base} data-next={next} hidden>
		<button type="button" class="wide secondary">
			<Icon name="key" />
			{label}
		</button>
		<p
			class="field-error passkey-note"
			role="status"
			data-waiting={rc.t("login.waiting_passkey")}
			data-cancelled={rc.t("login.passkey_cancelled")}
			data-known={rc.t("login.passkey_known")}
		/>
	</div>
);

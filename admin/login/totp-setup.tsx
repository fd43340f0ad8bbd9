/** Links an authenticator app: QR code, the key to type, and the code that proves it. */
import type { TotpOffer } from "../../server/services/totp-enrolment.ts";
import type { RequestContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { QrCode } from "../frame/qr-code.tsx";
import { CodeField } from "./login-view.tsx";

export interface TotpSetupProps {
	readonly rc: RequestContext;
	readonly offer: TotpOffer;
	readonly errors?: FieldErrors;
}

/** Goes inside a form; the code field is called `code`. */
export const TotpSetup = ({ rc, offer, errors }: TotpSetupProps) => (
	<div class="totp">
		<div>
			<p class="step-title">{rc.t("setup.factor.scan")}</p>
			<QrCode text={offer.uri} label={rc.t("setup.factor.qr")} />
		</div>
		<div>
			<details class="more">
				<summary>{rc.t("setup.factor.typed")}</summary>
				<p class="mono typed-key">{offer.typed}</p>
			</details>
			<p class="muted">{rc.t("setup.factor.apps")}</p>
			<CodeField rc={rc} errors={errors} label={rc.t("setup.factor.code")} />
		</div>
	</div>
);

/** One kiosk: its health, its name and place, pausing and removing it. */
import type { KioskRow } from "../../db/kiosk.ts";
import { toBase64Url } from "../../server/base/bytes.ts";
import { keyFingerprint } from "../../server/services/kiosks.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { Badge } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { KioskFields } from "./kiosk-form.tsx";
import { VERDICT_TONES, verdictOf } from "./kiosk-health.ts";
import { HealthFacts } from "./kiosk-list.tsx";
import { StuckCard, type StuckFacts } from "./stuck-card.tsx";

export interface KioskViewProps {
	readonly rc: SignedInContext;
	readonly kiosk: KioskRow;
	readonly stuck: StuckFacts;
	readonly values: {
		readonly name: string;
		readonly place: string;
		readonly direction: string;
		readonly passing: boolean;
	};
	readonly errors?: FieldErrors;
}

export function KioskView({ rc, kiosk, stuck, values, errors }: KioskViewProps) {
	const verdict = verdictOf(kiosk, rc.nowMs);
	const mayChange = mayUse(rc.viewer.role, "POST", "/kiosks/:id") && kiosk.status !== "revoked";
	return (
		<Layout
			rc={rc}
			title={kiosk.name}
			crumbs={[{ label: rc.t("kiosks.title"), href: "/kiosks" }, { label: kiosk.name }]}
		>
			<PageHeader
				title={kiosk.name}
				lead={kiosk.place || undefined}
				actions={<Badge tone={VERDICT_TONES[verdict]}>{rc.t(`kiosks.verdict.${verdict}`)}</Badge>}
			/>
			<StuckCard rc={rc} kiosk={kiosk} stuck={stuck} />
			<div class="columns">
				<Card title={rc.t("kiosks.health")} lead={rc.t(`kiosks.advice.${verdict}`)}>
					<HealthFacts rc={rc} kiosk={kiosk} nowMs={rc.nowMs} />
					<dl class="kiosk-facts">
						<div>
							<dt>{rc.t("kiosks.fingerprint")}</dt>
							<dd class="mono">{keyFingerprint(toBase64Url(kiosk.publicKey))}</dd>
						</div>
						<div>
							<dt>{rc.t("kiosks.device")}</dt>
							<dd>{kiosk.label}</dd>
						</div>
						<div>
							<dt>{rc.t("kiosks.paired")}</dt>
							<dd>{dayAndTime(kiosk.createdMs, rc)}</dd>
						</div>
					</dl>
				</Card>
				{mayChange && (
					<div class="stack">
						<Card title={rc.t("kiosks.change")}>
							<form method="post" action={`/kiosks/${kiosk.id}`}>
								<KioskFields rc={rc} {...values} errors={errors} />
								<div class="form-foot">
									<button type="submit">{rc.t("app.save")}</button>
								</div>
							</form>
						</Card>
						<Stop rc={rc} kiosk={kiosk} />
					</div>
				)}
			</div>
		</Layout>
	);
}

const Stop = ({ rc, kiosk }: Pick<KioskViewProps, "rc" | "kiosk">) => (
	<Card title={rc.t("kiosks.stop")} lead={rc.t("kiosks.stop.text")}>
		<div class="actions">
			{kiosk.status !== "pending" && (
				<form
					method="post"
					action={`/kiosks/${kiosk.id}/${kiosk.status === "suspended" ? "resume" : "suspend"}`}
				>
					<button type="submit" class="secondary">
						{rc.t(kiosk.status === "suspended" ? "kiosks.resume" : "kiosks.suspend")}
					</button>
				</form>
			)}
			<button type="button" class="danger-quiet" data-opens="revoke">
				{rc.t("kiosks.revoke")}
			</button>
		</div>
		<ConfirmDialog
			rc={rc}
			id="revoke"
			title={rc.t("kiosks.revoke.title", { name: kiosk.name })}
			action={`/kiosks/${kiosk.id}/revoke`}
			verb={rc.t("kiosks.revoke")}
			danger
		>
			<p>{rc.t("kiosks.revoke.text")}</p>
		</ConfirmDialog>
	</Card>
);

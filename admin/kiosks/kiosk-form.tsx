/** Fields of a kiosk, the page that adds one, and the page with the code to type at the tablet. */
import type { KioskRow } from "../../db/kiosk.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { DoorAddress } from "../../server/web/door-address.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { RadioCards, TextField, TickField } from "../frame/form-field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { QrCode } from "../trust/qr-code.tsx";
import { PendingKiosks } from "./kiosk-list.tsx";

export const DIRECTIONS = ["auto", "in", "out"] as const;

export interface KioskFieldsProps {
	readonly rc: SignedInContext;
	readonly name: string;
	readonly place: string;
	readonly direction: string;
	/** Left out for a new kiosk, which begins without. */
	readonly passing?: boolean;
	readonly errors?: FieldErrors;
}

export const KioskFields = ({ rc, name, place, direction, passing, errors }: KioskFieldsProps) => (
	<>
		<TextField
			rc={rc}
			name="name"
			label={rc.t("kiosks.name")}
			hint={rc.t("kiosks.name.hint")}
			value={name}
			errors={errors}
			input={{ maxlength: 40, autocomplete: "off" }}
		/>
		<TextField
			rc={rc}
			name="place"
			label={rc.t("kiosks.place")}
			hint={rc.t("kiosks.place.hint")}
			value={place}
			errors={errors}
			optional
			input={{ maxlength: 60, autocomplete: "off" }}
		/>
		<RadioCards
			rc={rc}
			name="direction"
			label={rc.t("kiosks.direction")}
			value={direction}
			errors={errors}
			choices={DIRECTIONS.map((value) => ({
				value,
				label: rc.t(`kiosks.direction.${value}`),
				hint: rc.t(`kiosks.direction.${value}_hint`),
			}))}
		/>
		{passing !== undefined && (
			<TickField
				rc={rc}
				name="passing"
				label={rc.t("kiosks.passing")}
				hint={rc.t("kiosks.passing.hint")}
				checked={passing}
			/>
		)}
	</>
);

export const NewKioskView = (props: KioskFieldsProps) => (
	<Layout
		rc={props.rc}
		title={props.rc.t("kiosks.add")}
		width="narrow"
		crumbs={[{ label: props.rc.t("kiosks.title"), href: "/kiosks" }, { label: props.rc.t("kiosks.add") }]}
	>
		<PageHeader title={props.rc.t("kiosks.add")} lead={props.rc.t("kiosks.add.lead")} />
		<Card>
			<form method="post" action="/kiosks/new">
				<KioskFields {...props} />
				<div class="form-foot">
					<a class="button secondary" href="/kiosks">
						{props.rc.t("app.cancel")}
					</a>
					<button type="submit">{props.rc.t("kiosks.make_code")}</button>
				</div>
			</form>
		</Card>
	</Layout>
);

export interface CodeViewProps {
	readonly rc: SignedInContext;
	readonly name: string;
	readonly code: string;
	readonly expiresMs: number;
	/** Address of the door page. */
	readonly url: DoorAddress;
	readonly kiosks: readonly KioskRow[];
}

export const CodeView = ({ rc, name, code, expiresMs, url, kiosks }: CodeViewProps) => (
	<Layout
		rc={rc}
		title={rc.t("kiosks.code.title", { name })}
		scripts={["admin/live.js", "admin/countdown.js"]}
		crumbs={[
			{ label: rc.t("kiosks.title"), href: "/kiosks" },
			{ label: rc.t("kiosks.code.title", { name }) },
		]}
	>
		<PageHeader title={rc.t("kiosks.code.title", { name })} lead={rc.t("kiosks.code.lead")} />
		<div id="kiosks" data-live="/kiosks/stream">
			<PendingKiosks rc={rc} kiosks={kiosks} nowMs={rc.nowMs} />
		</div>
		<div class="pairing">
			<section class="card pairing-code">
				<p class="muted">{rc.t("kiosks.code")}</p>
				<output class="mono" aria-label={rc.t("kiosks.code.spelt", { code: [...code].join(" ") })}>
					<span>{code.slice(0, 4)}</span>
					<span>{code.slice(4)}</span>
				</output>
				<p
					class="pairing-time"
					data-left-sec={Math.round((expiresMs - rc.nowMs) / 1000)}
					data-over={rc.t("kiosks.code.over")}
				>
					{rc.t("kiosks.code.minutes", { minutes: Math.max(1, Math.round((expiresMs - rc.nowMs) / 60_000)) })}
				</p>
				<a class="button secondary" href="/kiosks/new">
					{rc.t("kiosks.code.again")}
				</a>
			</section>
			<section class="card pairing-way">
				<QrCode text={`${url.best}#pair=${code}`} label={rc.t("kiosks.code.qr")} />
				<ol>
					<li>
						{rc.t("kiosks.code.step_open")} <strong class="mono">{url.best}</strong>
						{url.byAddress && (
							<small class="muted">{rc.t("kiosks.code.by_address", { address: url.byAddress })}</small>
						)}
					</li>
					<li>{rc.t("kiosks.code.step_trust")}</li>
					<li>{rc.t("kiosks.code.step_type")}</li>
					<li>{rc.t("kiosks.code.step_approve")}</li>
				</ol>
			</section>
		</div>
	</Layout>
);

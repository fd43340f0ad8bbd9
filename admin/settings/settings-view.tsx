/** The settings of the site, one form per subject. People who may only look see the values without buttons. */
import type { ComponentChildren } from "preact";
import { LANGS } from "../../server/base/translate.ts";
import {
	IDLE_SEC,
	PHOTO_DAYS,
	PIN_DIGITS,
	SESSION_HOURS,
	SESSION_IDLE_MIN,
	TURN_SHARE,
} from "../../server/services/choices.ts";
import { type Policy, TURN_POLICIES } from "../../server/services/policy.ts";
import type { SessionLimits } from "../../server/services/sessions.ts";
import { knownZones, type SiteSettings } from "../../server/services/site.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import type { NetworkFacts } from "../../server/web/network.ts";
import { Notice } from "../frame/badge.tsx";
import { SelectField, TextField, TickField } from "../frame/form-field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { ClockCard, type ClockCardProps } from "./clock-card.tsx";
import { NetworkCard } from "./network-card.tsx";
import { type Typed, tickedOr, typedOr } from "./typed.ts";

export interface SettingsValues {
	readonly site: SiteSettings;
	readonly policy: Policy;
	readonly faceOn: boolean;
	readonly pinDigits: number;
	readonly sessions: SessionLimits;
	readonly hosts: readonly string[];
}

export interface SettingsViewProps extends Omit<ClockCardProps, "rc"> {
	readonly rc: SignedInContext;
	readonly values: SettingsValues;
	/** Undefined where no doors are open. */
	readonly network: NetworkFacts | undefined;
	/** Of the form that was refused; the fields' names differ between forms. */
	readonly errors?: FieldErrors;
	/** The form that was refused. */
	readonly typed?: Typed;
}

export const SettingsView = (props: SettingsViewProps) => (
	<Layout rc={props.rc} title={props.rc.t("settings.title")} width="narrow">
		<PageHeader title={props.rc.t("settings.title")} lead={props.rc.t("settings.lead")} />
		{props.errors && <Refused rc={props.rc} errors={props.errors} />}
		<div class="stack">
			<SiteCard {...props} />
			<KioskCard {...props} />
			<NetCard rc={props.rc} />
			<SafetyCard {...props} />
			{props.network && <NetworkCard rc={props.rc} facts={props.network} />}
			<HostsCard {...props} />
			<ClockCard rc={props.rc} events={props.events} clock={props.clock} nowMs={props.nowMs} />
		</div>
	</Layout>
);

const Refused = ({ rc, errors }: { readonly rc: SignedInContext; readonly errors: FieldErrors }) => (
	<Notice tone="bad">
		{Object.values(errors).map((error) => (
			<p key={error.code}>{sayError(rc.t, error)}</p>
		))}
	</Notice>
);

interface FormCardProps {
	readonly rc: SignedInContext;
	readonly id: string;
	readonly title: string;
	readonly lead?: string;
	readonly children: ComponentChildren;
}

const FormCard = ({ rc, id, title, lead, children }: FormCardProps) => {
	const mayChange = mayUse(rc.viewer.role, "POST", "/settings/site");
	return (
		<Card id={id} title={title} lead={lead}>
			<form method="post" action={`/settings/${id}`}>
				<fieldset class="plain-set" disabled={!mayChange}>
					{children}
				</fieldset>
				{mayChange && (
					<div class="form-foot">
						<button type="submit">{rc.t("app.save")}</button>
					</div>
				)}
			</form>
		</Card>
	);
};

const SiteCard = ({ rc, values: { site }, errors, typed }: SettingsViewProps) => (
	<FormCard rc={rc} id="site" title={rc.t("settings.site")}>
		<TextField
			rc={rc}
			name="name"
			label={rc.t("settings.site.name")}
			hint={rc.t("settings.site.name_hint")}
			value={typedOr(typed, "name", site.name)}
			errors={errors}
			input={{ maxlength: 60 }}
		/>
		<div class="field-row">
			<SelectField
				rc={rc}
				name="zone"
				label={rc.t("settings.site.zone")}
				hint={rc.t("settings.site.zone_hint")}
				value={typedOr(typed, "zone", site.zone)}
				errors={errors}
				choices={[...new Set([site.zone, ...knownZones()])].map((value) => ({ value, label: value }))}
			/>
			<SelectField
				rc={rc}
				name="lang"
				label={rc.t("settings.site.lang")}
				hint={rc.t("settings.site.lang_hint")}
				value={typedOr(typed, "lang", site.lang)}
				errors={errors}
				choices={LANGS.map((value) => ({ value, label: rc.t(`app.language.${value}`) }))}
			/>
		</div>
	</FormCard>
);

const KioskCard = ({ rc, values: { policy, faceOn }, errors, typed }: SettingsViewProps) => (
	<FormCard rc={rc} id="kiosk" title={rc.t("settings.kiosk")} lead={rc.t("settings.kiosk.lead")}>
		<TickField
			rc={rc}
			name="faceOn"
			label={rc.t("settings.kiosk.face")}
			hint={rc.t("settings.kiosk.face_hint")}
			checked={tickedOr(typed, "faceOn", faceOn)}
		/>
		<TickField
			rc={rc}
			name="voice"
			label={rc.t("settings.kiosk.voice")}
			checked={tickedOr(typed, "voice", policy.voice)}
		/>
		<TickField
			rc={rc}
			name="elder"
			label={rc.t("settings.kiosk.elder")}
			hint={rc.t("settings.kiosk.elder_hint")}
			checked={tickedOr(typed, "elder", policy.elder)}
		/>
		<TickField
			rc={rc}
			name="selfEnrol"
			label={rc.t("settings.kiosk.self_enrol")}
			hint={rc.t("settings.kiosk.self_enrol_hint")}
			checked={tickedOr(typed, "selfEnrol", policy.selfEnrol)}
		/>
		<SelectField
			rc={rc}
			name="turn"
			label={rc.t("settings.turn")}
			hint={rc.t("settings.turn.hint")}
			value={typedOr(typed, "turn", policy.turn)}
			errors={errors}
			choices={TURN_POLICIES.map((value) => ({ value, label: rc.t(`settings.turn.${value}`) }))}
		/>
		<div class="field-row">
			<NumberField {...{ rc, errors, typed }} name="turnShare" range={TURN_SHARE} value={policy.turnShare} />
			<NumberField {...{ rc, errors, typed }} name="idleSec" range={IDLE_SEC} value={policy.idleSec} />
		</div>
	</FormCard>
);

const NetCard = ({ rc }: Pick<SettingsViewProps, "rc">) => (
	<Card
		id="net"
		title={rc.t("packs.title")}
		lead={rc.t("packs.card.lead")}
		actions={
			<a class="button secondary" href="/settings/net">
				{rc.t("packs.card.open")}
			</a>
		}
	>
		<p class="muted">{rc.t("packs.card.hint")}</p>
	</Card>
);

const SafetyCard = ({ values: { policy, pinDigits, sessions }, ...field }: SettingsViewProps) => (
	<FormCard rc={field.rc} id="safety" title={field.rc.t("settings.safety")}>
		<div class="field-row">
			<NumberField {...field} name="photoDays" range={PHOTO_DAYS} value={policy.photoDays} />
			<NumberField {...field} name="pinDigits" range={PIN_DIGITS} value={pinDigits} />
		</div>
		<div class="field-row">
			<NumberField {...field} name="idleMin" range={SESSION_IDLE_MIN} value={sessions.idleMin} />
			<NumberField {...field} name="absoluteHours" range={SESSION_HOURS} value={sessions.absoluteHours} />
		</div>
	</FormCard>
);

interface NumberFieldProps {
	readonly rc: SignedInContext;
	readonly name: "turnShare" | "idleSec" | "photoDays" | "pinDigits" | "idleMin" | "absoluteHours";
	readonly range: { readonly min: number; readonly max: number };
	readonly value: number;
	readonly errors?: FieldErrors;
	readonly typed?: Typed;
}

/** A refused one has the cursor, since the page is long. */
const NumberField = ({ rc, name, range, value, errors, typed }: NumberFieldProps) => (
	<TextField
		rc={rc}
		name={name}
		type="number"
		label={rc.t(`settings.field.${name}`)}
		hint={rc.t(`settings.hint.${name}`, range)}
		value={typedOr(typed, name, value)}
		errors={errors}
		input={{ ...range, inputmode: "numeric", autofocus: errors?.[name] !== undefined }}
	/>
);

const HostsCard = ({ rc, values: { hosts }, errors, typed }: SettingsViewProps) => (
	<FormCard rc={rc} id="hosts" title={rc.t("settings.hosts")} lead={rc.t("settings.hosts.lead")}>
		<div class="field">
			<label for="hosts-list">{rc.t("settings.hosts.label")}</label>
			<textarea
				id="hosts-list"
				name="hosts"
				rows={3}
				class="mono"
				spellcheck={false}
				aria-invalid={errors?.hosts ? "true" : undefined}
				aria-describedby="hosts-hint"
			>
				{typedOr(typed, "hosts", hosts.join("\n"))}
			</textarea>
			<small id="hosts-hint" class="hint">
				{rc.t("settings.hosts.hint")}
			</small>
		</div>
	</FormCard>
);

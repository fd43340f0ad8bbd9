/** The frame of one step of the first run, with the way so far. */
import type { ComponentChildren } from "preact";
import type { AssetName } from "../../build/assets.gen.ts";
import type { AppError } from "../../server/base/app-error.ts";
import { STEPS, type Step } from "../../server/services/first-run.ts";
import type { RequestContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";
import { PlainLayout } from "../frame/plain-layout.tsx";

/** What every step shows again after a refusal. */
export interface StepProps {
	readonly rc: RequestContext;
	readonly errors?: FieldErrors;
	/** What has nothing to do with one field. */
	readonly error?: AppError;
}

export interface StepLayoutProps extends StepProps {
	readonly step: Step;
	readonly title: string;
	readonly lead: string;
	readonly scripts?: readonly AssetName[];
	readonly children: ComponentChildren;
}

const NAMES = {
	code: "setup.code.name",
	site: "setup.site.name",
	owner: "setup.owner.name",
	factor: "setup.factor.name",
	recovery: "setup.recovery.name",
	face: "setup.face.name",
	shift: "setup.shift.name",
	ready: "setup.ready.name",
} as const;

export const StepLayout = ({ rc, step, title, lead, error, scripts, children }: StepLayoutProps) => (
	<PlainLayout rc={rc} title={title} width="wide" scripts={scripts} aside={<Way rc={rc} step={step} />}>
		<div class="plain-card">
			<p class="eyebrow tabular">
				{rc.t("setup.step", { step: STEPS.indexOf(step) + 1, steps: STEPS.length })}
			</p>
			<h1>{title}</h1>
			<p class="lead">{lead}</p>
			{error && <Notice tone="bad">{sayError(rc.t, error)}</Notice>}
			{children}
		</div>
	</PlainLayout>
);

const Way = ({ rc, step }: { rc: RequestContext; step: Step }) => {
	const now = STEPS.indexOf(step);
	return (
		<ol class="way" aria-label={rc.t("setup.title")}>
			{STEPS.map((name, i) => (
				<li key={name} class={i < now ? "done" : undefined} aria-current={i === now ? "step" : undefined}>
					{i < now ? <Icon name="check" /> : null}
					<span>{rc.t(NAMES[name])}</span>
				</li>
			))}
		</ol>
	);
};

/** The button at the end of a step. */
export const Onward = ({ label }: { readonly label: string }) => (
	<div class="form-foot">
		<button type="submit">
			{label}
			<Icon name="next" />
		</button>
	</div>
);

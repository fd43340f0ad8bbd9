/** One net: what it is, whose it is, what is doubtful about it, whether its files are as stated, and what can be done with it. */

import { recogniserTag } from "../../server/recognition/model.ts";
import type { NetView } from "../../server/services/face-nets.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { Card } from "../frame/page-header.tsx";
import { isBuiltIn, netName } from "./net-name.ts";

export interface NetCardProps {
	readonly rc: SignedInContext;
	readonly net: NetView;
	readonly nets: readonly NetView[];
	readonly mayChange: boolean;
}

export function NetCard({ rc, net, nets, mayChange }: NetCardProps) {
	const { t } = rc;
	const name = netName(rc, nets, net.id);
	return (
		<Card
			id={`net-${net.id}`}
			title={name}
			actions={
				<>
					{net.isInForce && <Badge tone="ok">{t("packs.in_force_badge")}</Badge>}
					{net.isPrevious && <Badge tone="quiet">{t("packs.previous_badge")}</Badge>}
				</>
			}
		>
			{isBuiltIn(net.id) ? <p>{t("packs.built_in.lead")}</p> : <PackFacts rc={rc} pack={net.pack!} />}
			<p class="muted">{t("packs.templates", { n: net.templates })}</p>
			{mayChange && <Actions rc={rc} net={net} name={name} nets={nets} />}
		</Card>
	);
}

const PackFacts = ({
	rc,
	pack,
}: {
	readonly rc: SignedInContext;
	readonly pack: NonNullable<NetView["pack"]>;
}) => {
	const { t } = rc;
	const { manifest, fault, bytes } = pack;
	return (
		<>
			{fault ? (
				<Notice tone="bad">
					<p>{sayError(t, fault)}</p>
				</Notice>
			) : (
				<p>
					<Badge tone="ok">{t("packs.checksum_fine")}</Badge>
				</p>
			)}
			{manifest && (
				<>
					<dl class="facts">
						<dt>{t("packs.fact.version")}</dt>
						<dd class="mono">{recogniserTag(manifest.recogniser)}</dd>
						<dt>{t("packs.fact.size")}</dt>
						<dd>{t("packs.megabytes", { mb: Math.round(bytes / 1e5) / 10 })}</dd>
						<dt>{t("packs.fact.origin")}</dt>
						<dd>{manifest.origin}</dd>
						<dt>{t("packs.fact.licence")}</dt>
						<dd>{manifest.licence.name}</dd>
					</dl>
					<TrainingNote rc={rc} note={manifest.trainingData} />
					<details>
						<summary>{t("packs.licence_text")}</summary>
						<pre class="licence-text">{manifest.licence.text}</pre>
					</details>
				</>
			)}
		</>
	);
};

export const TrainingNote = ({
	rc,
	note,
}: {
	readonly rc: SignedInContext;
	readonly note: Readonly<Record<"en" | "zh-CN", string>>;
}) => (
	<Notice tone="warn">
		<p>
			<strong>{rc.t("packs.training_data")}</strong>
		</p>
		<p>{note[rc.lang]}</p>
	</Notice>
);

const Actions = ({ rc, net, name, nets }: Omit<NetCardProps, "mayChange"> & { readonly name: string }) => {
	const { t } = rc;
	const usable = !net.pack?.fault;
	const hasOthers = nets.some((other) => other.id !== net.id && other.templates > 0);
	return (
		<div class="actions">
			{!net.isInForce && !isBuiltIn(net.id) && <RemoveButton rc={rc} net={net} name={name} />}
			{net.isInForce && hasOthers && <ForgetButton rc={rc} />}
			{!net.isInForce && usable && (
				<>
					<form method="post" action="/settings/net/compare">
						<input type="hidden" name="net" value={net.id} />
						<button type="submit" class="secondary">
							{t("packs.compare")}
						</button>
					</form>
					<SwitchButton rc={rc} net={net} name={name} />
				</>
			)}
		</div>
	);
};

/** Also on the card of the comparison, hence the id of its own. */
export const SwitchButton = ({
	rc,
	net,
	name,
	suffix = "",
	discouraged,
}: {
	readonly rc: SignedInContext;
	readonly net: Pick<NetView, "id" | "isPrevious">;
	readonly name: string;
	readonly suffix?: string;
	/** When the comparison speaks against it. */
	readonly discouraged?: boolean;
}) => {
	const { t } = rc;
	const id = `switch-${net.id}${suffix}`;
	const verb = t(net.isPrevious ? "packs.go_back" : "packs.switch");
	return (
		<>
			<button type="button" class={discouraged ? "secondary" : undefined} data-opens={id}>
				{verb}
			</button>
			<ConfirmDialog
				rc={rc}
				id={id}
				title={t("packs.switch.title", { name })}
				action="/settings/net/switch"
				verb={verb}
				values={{ net: net.id }}
			>
				<p>{t(net.isPrevious ? "packs.go_back.lead" : "packs.switch.lead")}</p>
			</ConfirmDialog>
		</>
	);
};

const RemoveButton = ({ rc, net, name }: Pick<NetCardProps, "rc" | "net"> & { readonly name: string }) => (
	<>
		<button type="button" class="quiet" data-opens={`remove-${net.id}`}>
			{rc.t("packs.remove")}
		</button>
		<ConfirmDialog
			rc={rc}
			id={`remove-${net.id}`}
			title={rc.t("packs.remove.title", { name })}
			action="/settings/net/remove"
			verb={rc.t("packs.remove")}
			values={{ net: net.id }}
			danger
		>
			<p>{rc.t("packs.remove.lead", { n: net.templates })}</p>
		</ConfirmDialog>
	</>
);

const ForgetButton = ({ rc }: { readonly rc: SignedInContext }) => (
	<>
		<button type="button" class="quiet" data-opens="forget-others">
			{rc.t("packs.forget")}
		</button>
		<ConfirmDialog
			rc={rc}
			id="forget-others"
			title={rc.t("packs.forget.title")}
			action="/settings/net/forget"
			verb={rc.t("packs.forget")}
			danger
		>
			<p>{rc.t("packs.forget.lead")}</p>
		</ConfirmDialog>
	</>
);

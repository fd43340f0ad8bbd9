/** Make-up requests: what is claimed, what the day shows otherwise, and the decision. */
import type { MakeupListRow } from "../../db/makeup-list.ts";
import type { PunchRow } from "../../db/punch.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { ago, clockTime, dayAndTime, longDate } from "../../server/web/format.ts";
import { sayCode } from "../../server/web/i18n.ts";
import { METHOD_ICONS } from "../days/punch-words.ts";
import { PersonLink } from "../frame/avatar.tsx";
import { Badge } from "../frame/badge.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { Pager, type Paging } from "../frame/pager.tsx";

export interface MakeupItem extends MakeupListRow {
	readonly workDate: string;
	/** The shift of that day in words; null without one. */
	readonly shift: string | null;
	/** Other punches of that day. */
	readonly punches: readonly PunchRow[];
	readonly isOwn: boolean;
}

export interface MakeupsViewProps {
	readonly rc: SignedInContext;
	readonly open: boolean;
	readonly items: readonly MakeupItem[];
	readonly paging: Paging;
	readonly total: number;
}

const LIST = "makeup-list";

export const MakeupsView = ({ rc, open, items, paging, total }: MakeupsViewProps) => (
	<Layout rc={rc} title={rc.t("makeups.title")}>
		<PageHeader title={rc.t("makeups.title")} lead={rc.t("makeups.lead")} />
		<nav class="tabs" aria-label={rc.t("makeups.state")}>
			<a href="/makeups" aria-current={open ? "page" : undefined}>
				{rc.t("makeups.open")}
			</a>
			<a href="/makeups?state=decided" aria-current={open ? undefined : "page"}>
				{rc.t("makeups.done")}
			</a>
		</nav>
		<div id={LIST}>
			{items.length === 0 ? (
				<EmptyState icon="ok" title={rc.t(open ? "makeups.none" : "makeups.none_decided")}>
					{rc.t(open ? "makeups.none.text" : "makeups.none_decided.text")}
				</EmptyState>
			) : (
				<ul class="doubt-list">
					{items.map((item) => (
						<Item key={item.id} rc={rc} item={item} />
					))}
				</ul>
			)}
			{total > items.length && <Pager rc={rc} paging={paging} target={LIST} />}
		</div>
	</Layout>
);

const Item = ({ rc, item }: { readonly rc: SignedInContext; readonly item: MakeupItem }) => (
	<li class="makeup card">
		<div class="doubt-text">
			<PersonLink
				id={item.employeeId}
				name={item.name}
				note={[item.number, item.department].filter(Boolean).join(" · ")}
			/>
			<p class="makeup-claim">
				<strong class="tabular">{clockTime(item.claimedMs, rc)}</strong>
				<span>{longDate(item.workDate, rc.lang)}</span>
			</p>
			<p class="muted">
				{[
					sayCode(rc.t, `makeups.reason.${item.reason}`),
					item.kiosk,
					item.status === "open" && ago(item.madeMs, rc.nowMs, rc.lang),
				]
					.filter(Boolean)
					.join(" · ")}
			</p>
		</div>
		<Evidence rc={rc} item={item} />
		<Decision rc={rc} item={item} />
	</li>
);

const Evidence = ({ rc, item }: { readonly rc: SignedInContext; readonly item: MakeupItem }) => (
	<dl class="facts makeup-evidence">
		<dt>{rc.t("makeups.shift")}</dt>
		<dd>{item.shift ?? rc.t("makeups.no_shift")}</dd>
		<dt>{rc.t("makeups.others")}</dt>
		<dd>
			{item.punches.length === 0 ? (
				rc.t("makeups.others.none")
			) : (
				<a class="makeup-punches" href={`/days/${item.workDate}/${item.employeeId}`}>
					{item.punches.map((punch) => (
						<span key={punch.id} class="tabular">
							<Icon name={METHOD_ICONS[punch.method]} />
							{`${clockTime(punch.atMs, rc)} ${rc.t(`punches.direction.${punch.direction}`)}`}
						</span>
					))}
				</a>
			)}
		</dd>
	</dl>
);

function Decision({ rc, item }: { readonly rc: SignedInContext; readonly item: MakeupItem }) {
	if (item.status !== "open")
		return (
			<div class="doubt-actions">
				<Badge tone={item.status === "approved" ? "ok" : "bad"}>
					{rc.t(`makeups.status.${item.status}`)}
				</Badge>
				<small class="muted">
					{[item.decider, item.decidedMs !== null && dayAndTime(item.decidedMs, rc)]
						.filter(Boolean)
						.join(" · ")}
				</small>
			</div>
		);
	if (!mayUse(rc.viewer.role, "POST", "/makeups/:id/approve")) return null;
	if (item.isOwn) return <p class="muted own-note">{rc.t("makeups.own_note")}</p>;
	return (
		<div class="doubt-actions">
			<form method="post" action={`/makeups/${item.id}/refuse`}>
				<button type="submit" class="danger-quiet">
					{rc.t("makeups.refuse")}
				</button>
			</form>
			<form method="post" action={`/makeups/${item.id}/approve`}>
				<button type="submit" class="secondary">
					<Icon name="check" />
					{rc.t("makeups.approve")}
				</button>
			</form>
		</div>
	);
}

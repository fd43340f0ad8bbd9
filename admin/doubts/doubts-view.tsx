/** The inbox of doubtful punches: photo, reason in words, and a decision in one tap that can be turned round. */
import type { DoubtRow } from "../../db/doubt.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockSeconds, longDate } from "../../server/web/format.ts";
import { PunchPhoto } from "../days/punch-photo.tsx";
import { explainReason, METHOD_ICONS, REASONS, reasonsOf, sayReason } from "../days/punch-words.ts";
import { PersonLink } from "../frame/avatar.tsx";
import { Badge, Notice } from "../frame/badge.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { FilterBar, SelectFilter } from "../frame/filter-bar.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { Pager } from "../frame/pager.tsx";
import { type DoubtsQuery, doubtsHref } from "./doubts-query.ts";

export interface DoubtItem extends DoubtRow {
	readonly photo: "there" | "erased" | "none";
	readonly isOwn: boolean;
}

export interface DoubtsViewProps {
	readonly rc: SignedInContext;
	readonly query: DoubtsQuery;
	readonly items: readonly DoubtItem[];
	/** Cursor of the next page. */
	readonly next: number | undefined;
	/** What was decided a moment ago. */
	readonly done: DoubtItem | undefined;
}

const LIST = "doubt-list";

export function DoubtsView(props: DoubtsViewProps) {
	const { rc, query, items, next, done } = props;
	const paging = {
		kind: "cursor" as const,
		first: query.before === undefined ? undefined : doubtsHref({ ...query, before: undefined }),
		next: next === undefined ? undefined : doubtsHref({ ...query, before: next }),
	};
	return (
		<Layout rc={rc} title={rc.t("doubts.title")}>
			<PageHeader title={rc.t("doubts.title")} lead={rc.t("doubts.lead")} />
			<Tabs rc={rc} query={query} />
			{done && <Done rc={rc} item={done} />}
			{(items.length > 0 || query.reason) && <Filters rc={rc} query={query} />}
			<div id={LIST}>
				{items.length === 0 ? (
					<Nothing rc={rc} query={query} />
				) : (
					<ul class="doubt-list">
						{items.map((item) => (
							<Item key={item.id} rc={rc} item={item} />
						))}
					</ul>
				)}
				{(paging.first || paging.next) && <Pager rc={rc} paging={paging} target={LIST} />}
			</div>
		</Layout>
	);
}

const Filters = ({ rc, query }: Pick<DoubtsViewProps, "rc" | "query">) => (
	<FilterBar rc={rc} action="/doubts" target={LIST}>
		{query.decided && <input type="hidden" name="state" value="decided" />}
		<SelectFilter
			name="reason"
			label={rc.t("doubts.reason")}
			value={query.reason}
			all={rc.t("app.filter.all")}
			choices={REASONS.map((value) => ({ value, label: sayReason(rc.t, value) }))}
		/>
	</FilterBar>
);

const Tabs = ({ rc, query }: Pick<DoubtsViewProps, "rc" | "query">) => (
	<nav class="tabs" aria-label={rc.t("doubts.state")}>
		<a href="/doubts" aria-current={query.decided ? undefined : "page"}>
			{rc.t("doubts.open")}
		</a>
		<a href="/doubts?state=decided" aria-current={query.decided ? "page" : undefined}>
			{rc.t("doubts.decided")}
		</a>
	</nav>
);

const Nothing = ({ rc, query }: Pick<DoubtsViewProps, "rc" | "query">) => (
	<EmptyState icon="ok" title={rc.t(query.decided ? "doubts.none_decided" : "doubts.none")}>
		{rc.t(query.decided ? "doubts.none_decided.text" : "doubts.none.text")}
	</EmptyState>
);

/** The way back after a slip of the finger. */
const Done = ({ rc, item }: { readonly rc: SignedInContext; readonly item: DoubtItem }) => (
	<Notice tone="info">
		<div class="done-line">
			<span>
				{rc.t(item.verdict === "voided" ? "doubts.done_voided" : "doubts.done_confirmed", {
					name: item.name,
					time: clockSeconds(item.atMs, rc),
				})}
			</span>
			<Decide rc={rc} item={item} act={item.verdict === "voided" ? "confirm" : "void"} quiet />
		</div>
	</Notice>
);

function Item({ rc, item }: { readonly rc: SignedInContext; readonly item: DoubtItem }) {
	const reasons = reasonsOf(item);
	return (
		<li class="doubt card">
			<PunchPhoto rc={rc} punchId={item.id} photo={item.photo} size="thumb" />
			<div class="doubt-text">
				<PersonLink
					id={item.employeeId}
					name={item.name}
					note={[item.number, item.department].filter(Boolean).join(" · ")}
				/>
				<a class="doubt-when tabular" href={`/days/${item.workDate}/${item.employeeId}#punch-${item.id}`}>
					<Icon name={METHOD_ICONS[item.method]} />
					{[
						longDate(item.workDate, rc.lang),
						clockSeconds(item.atMs, rc),
						rc.t(`punches.direction.${item.direction}`),
						item.kiosk,
					]
						.filter(Boolean)
						.join(" · ")}
				</a>
			</div>
			<ul class="reasons">
				{reasons.map((code) => (
					<li key={code}>
						<Icon name={code === "queued" ? "queue" : "warn"} />
						<span>
							<strong>{sayReason(rc.t, code)}</strong>
							<small class="muted">{explainReason(rc.t, code)}</small>
						</span>
					</li>
				))}
			</ul>
			<Decision rc={rc} item={item} />
		</li>
	);
}

function Decision({ rc, item }: { readonly rc: SignedInContext; readonly item: DoubtItem }) {
	if (item.verdict)
		return (
			<div class="doubt-actions">
				<Badge tone={item.verdict === "voided" ? "bad" : "ok"}>{rc.t(`punches.note.${item.verdict}`)}</Badge>
				<Decide rc={rc} item={item} act={item.verdict === "voided" ? "confirm" : "void"} quiet />
			</div>
		);
	return (
		<div class="doubt-actions">
			<Decide rc={rc} item={item} act="void" />
			<Decide rc={rc} item={item} act="confirm" />
		</div>
	);
}

/** Voiding sends the doubt as its reason, so that one tap is enough. */
function Decide({
	rc,
	item,
	act,
	quiet,
}: {
	readonly rc: SignedInContext;
	readonly item: DoubtItem;
	readonly act: "confirm" | "void";
	readonly quiet?: boolean;
}) {
	if (item.isOwn || !mayUse(rc.viewer.role, "POST", "/punches/:id/void")) return null;
	const reason = reasonsOf(item)
		.map((code) => sayReason(rc.t, code))
		.join(", ")
		.slice(0, 200);
	const words =
		act === "void" ? "punches.void" : item.verdict === "voided" ? "punches.unvoid" : "punches.confirm";
	const style = quiet ? "secondary" : act === "void" ? "danger-quiet" : "secondary";
	return (
		<form method="post" action={`/punches/${item.id}/${act}`}>
			<input type="hidden" name="back" value={`/doubts?done=${item.id}`} />
			{act === "void" && <input type="hidden" name="reason" value={reason || rc.t("punches.void")} />}
			<button type="submit" class={style}>
				{act === "confirm" && <Icon name="check" />}
				{rc.t(words)}
			</button>
		</form>
	);
}

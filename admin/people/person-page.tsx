/** One person on one page: details, ways of punching, days, history. Faces and days come from their own routes. */
import { localDate } from "../../server/base/units.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Avatar } from "../frame/avatar.tsx";
import { Badge, Notice } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { calendarDate } from "./calendar-date.ts";
import { CardSection } from "./person-cards.tsx";
import { HistorySection } from "./person-history.tsx";
import { LeaveDialog, RejoinDialog } from "./person-leave.tsx";
import { PinSection } from "./person-pin.tsx";
import { mayChange, type PersonPageProps } from "./person-view.ts";

export function PersonPage(props: PersonPageProps) {
	const { rc, person } = props;
	const crumbs = [{ label: rc.t("people.title"), href: "/people" }, { label: person.name }];
	const dateError = props.errors?.leftOn ?? props.errors?.joinedOn;
	const slots = `/people/${person.id}`;
	return (
		<Layout rc={rc} title={person.name} crumbs={crumbs} scripts={["admin/card-reader.js"]}>
			<PageHeader
				title={
					<span class="person-title">
						<Avatar name={person.name} seed={person.id} size="large" />
						<span>
							{person.name}
							<small class="muted">{person.number}</small>
						</span>
					</span>
				}
				actions={mayChange(rc) && <PersonActions {...props} />}
			/>
			<div class="stack">
				{dateError && <Notice tone="bad">{sayError(rc.t, dateError)}</Notice>}
				<div class="columns">
					<Details {...props} />
					<Slot href={`${slots}/face`} rc={rc} />
				</div>
				<div class="columns">
					<CardSection {...props} />
					<PinSection {...props} />
				</div>
				<Slot href={`${slots}/days`} rc={rc} />
				<HistorySection {...props} />
			</div>
			{mayChange(rc) && (person.leftOn ? <RejoinDialog {...props} /> : <LeaveDialog {...props} />)}
		</Layout>
	);
}

/** Filled by the page that owns the data; the person page does not wait for it. */
const Slot = ({ href, rc }: { readonly href: string; readonly rc: SignedInContext }) =>
	mayUse(rc.viewer.role, "GET", href.replace(/\/people\/[^/]+/, "/people/:id")) ? (
		<div hx-get={href} hx-trigger="load" hx-swap="outerHTML" class="card slot" aria-busy="true">
			{rc.t("app.loading")}
		</div>
	) : null;

const PersonActions = ({ rc, person }: PersonPageProps) => (
	<>
		<button type="button" class="secondary" data-opens={person.leftOn ? "rejoin" : "leave"}>
			<Icon name="out" />
			{person.leftOn ? rc.t("people.rejoin.open") : rc.t("people.leave.open")}
		</button>
		<a class="button" href={`/people/${person.id}/edit`}>
			<Icon name="edit" />
			{rc.t("app.edit")}
		</a>
	</>
);

function Details({ rc, person, departmentPath, shift }: PersonPageProps) {
	const none = <span class="muted">—</span>;
	const inherited = shift && person.shiftId !== shift.id;
	return (
		<Card title={rc.t("people.details")}>
			<dl class="facts">
				<dt>{rc.t("people.status")}</dt>
				<dd>
					<Standing rc={rc} person={person} />
				</dd>
				<dt>{rc.t("people.number")}</dt>
				<dd class="mono">{person.number}</dd>
				<dt>{rc.t("people.department")}</dt>
				<dd>{departmentPath ?? none}</dd>
				<dt>{rc.t("people.shift")}</dt>
				<dd>
					{shift?.name ?? none}
					{inherited && <small class="muted"> · {rc.t("people.shift.inherited")}</small>}
				</dd>
				<dt>{rc.t("people.joined")}</dt>
				<dd>
					<time datetime={person.joinedOn}>{calendarDate(person.joinedOn, rc.lang)}</time>
				</dd>
				{person.leftOn && (
					<>
						<dt>{rc.t("people.last_day")}</dt>
						<dd>
							<time datetime={person.leftOn}>{calendarDate(person.leftOn, rc.lang)}</time>
						</dd>
					</>
				)}
			</dl>
		</Card>
	);
}

function Standing({ rc, person }: Pick<PersonPageProps, "rc" | "person">) {
	const today = localDate(rc.nowMs, rc.zone);
	if (person.leftOn && person.leftOn < today) return <Badge tone="quiet">{rc.t("people.status.left")}</Badge>;
	if (person.joinedOn > today) return <Badge tone="info">{rc.t("people.status.upcoming")}</Badge>;
	return person.leftOn ? (
		<Badge tone="wait">{rc.t("people.status.leaving")}</Badge>
	) : (
		<Badge tone="ok">{rc.t("people.status.employed")}</Badge>
	);
}

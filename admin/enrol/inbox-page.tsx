/** Faces handed in at kiosks, waiting for somebody who knows the people: large photos beside name and number. */
import type { PendingEnrolment, PhotoFacts } from "../../db/enrolment.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { Avatar } from "../frame/avatar.tsx";
import { Notice } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";

export interface InboxItem extends PendingEnrolment {
	readonly photos: readonly PhotoFacts[];
	/** Why the last try to approve this one failed. */
	readonly problem?: string;
	/** A reason may be given to approve all the same. */
	readonly mayOverride?: boolean;
	/** The first of two has said why a face known under another number is right here too. */
	readonly excused?: { readonly by: string; readonly why: string; readonly mine: boolean };
}

export interface InboxPageProps {
	readonly rc: SignedInContext;
	readonly items: readonly InboxItem[];
	readonly counts: { readonly enrolled: number; readonly people: number };
	readonly faceOn: boolean;
}

export function InboxPage({ rc, items, counts, faceOn }: InboxPageProps) {
	const { t } = rc;
	const troubled = items.filter((item) => item.problem).length;
	return (
		<Layout rc={rc} title={t("enrol.inbox.title")} crumbs={[{ label: t("enrol.inbox.title") }]}>
			<PageHeader
				title={t("enrol.inbox.title")}
				lead={faceOn ? t("enrol.inbox.lead") : undefined}
				actions={
					faceOn && (
						<a class="button secondary" href="/enrolments/batch">
							{t("enrol.inbox.batch")}
						</a>
					)
				}
			/>
			{!faceOn && (
				<Notice tone="info">
					<strong>{t("enrol.off.title")}</strong>
					<p>{t("enrol.off.text")}</p>
				</Notice>
			)}
			{troubled > 0 && <Notice tone="warn">{t("enrol.inbox.left", { count: troubled })}</Notice>}
			<p class="muted">{t("enrol.inbox.progress", counts)}</p>
			{items.length === 0 ? <Nothing rc={rc} /> : <Items rc={rc} items={items} />}
		</Layout>
	);
}

const Nothing = ({ rc }: { rc: SignedInContext }) => (
	<EmptyState icon="face" title={rc.t("enrol.inbox.empty")}>
		{rc.t("enrol.inbox.empty_text")}
	</EmptyState>
);

const Items = ({ rc, items }: Pick<InboxPageProps, "rc" | "items">) => (
	<>
		<form id="approve-many" method="post" action="/enrolments/approve" />
		<div class="inbox">
			{items.map((item) => (
				<Item key={item.id} rc={rc} item={item} />
			))}
		</div>
		{items.length > 1 && (
			<div class="form-foot sticky-foot">
				<button type="submit" form="approve-many">
					{rc.t("enrol.inbox.approve_selected")}
				</button>
			</div>
		)}
	</>
);

function Item({ rc, item }: { rc: SignedInContext; item: InboxItem }) {
	const { t } = rc;
	const { id, name, number, employeeId } = item;
	return (
		<article class="card inbox-item">
			<header class="inbox-head">
				<label class="tick-row">
					<input
						type="checkbox"
						name="id"
						value={id}
						form="approve-many"
						disabled={item.excused !== undefined}
						aria-label={t("enrol.inbox.select", { name })}
					/>
				</label>
				<Avatar name={name} seed={employeeId} />
				<div>
					<h2>
						<a href={`/people/${employeeId}`}>{name}</a>
					</h2>
					<p class="muted tabular">
						{number} · {t("enrol.inbox.handed_in", { when: dayAndTime(item.createdMs, rc) })}
					</p>
				</div>
			</header>
			<div class="inbox-photos">
				{item.photos.map((photo, index) => (
					<img
						key={photo.id}
						src={`/people/${employeeId}/face/photos/${photo.id}`}
						alt={t("enrol.photo.alt", { index: index + 1, name })}
						loading="lazy"
					/>
				))}
			</div>
			{item.problem && <Notice tone="bad">{item.problem}</Notice>}
			{item.excused && (
				<Notice tone="warn">
					<p>{t("enrol.second.said", { by: item.excused.by, why: item.excused.why })}</p>
					<p>{t(item.excused.mine ? "enrol.second.mine" : "enrol.second.yours")}</p>
				</Notice>
			)}
			<Decision rc={rc} item={item} />
		</article>
	);
}

const Decision = ({ rc, item }: { rc: SignedInContext; item: InboxItem }) => {
	const { t } = rc;
	return (
		<>
			<form method="post" action={`/enrolments/${item.id}/approve`} class="inbox-decide">
				{item.mayOverride && (
					<label>
						{t("enrol.override.reason")}
						<input type="text" name="reason" maxLength={200} minLength={3} required autocomplete="off" />
					</label>
				)}
				<div class="actions">
					<button type="button" class="danger-quiet" data-opens={`reject-${item.id}`}>
						{t("enrol.inbox.reject")}
					</button>
					{!item.excused?.mine && (
						<button type="submit">
							{t(item.mayOverride ? "enrol.override.send" : "enrol.inbox.approve")}
						</button>
					)}
				</div>
			</form>
			<ConfirmDialog
				rc={rc}
				id={`reject-${item.id}`}
				title={t("enrol.inbox.reject_title", { name: item.name })}
				action={`/enrolments/${item.id}/reject`}
				verb={t("enrol.inbox.reject")}
				danger
			>
				<p>{t("enrol.inbox.reject_text")}</p>
			</ConfirmDialog>
		</>
	);
};

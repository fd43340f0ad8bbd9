/** The face of one person at a glance: enrolled or not, what to do next. Loaded into the person's page and reused on its own page. */

import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { Card } from "../frame/page-header.tsx";
import type { FaceFacts } from "./subject.ts";

interface Props {
	readonly rc: SignedInContext;
	readonly facts: FaceFacts;
}

/** True when the viewer may enrol and withdraw; readers see the state only. */
export const mayEnrol = (rc: SignedInContext): boolean =>
	mayUse(rc.viewer.role, "POST", "/people/:id/face/photos");

export const maySeePhotos = (rc: SignedInContext): boolean =>
	mayUse(rc.viewer.role, "GET", "/people/:id/face/photos/:photoId");

/** The part for the person's page. */
export const FaceCard = ({ rc, facts }: Props) => (
	<Card
		id="face"
		title={rc.t("enrol.title")}
		actions={
			<a class="button secondary" href={`/people/${facts.person.id}/face`}>
				{rc.t("enrol.open")}
			</a>
		}
	>
		<FaceState rc={rc} facts={facts} />
		<StartButtons rc={rc} facts={facts} />
	</Card>
);

/** Badge and one sentence. */
export function FaceState({ rc, facts }: Props) {
	const { t } = rc;
	const { approved, pending, photos } = facts;
	const when = (ms: number) => dayAndTime(ms, rc);
	if (!facts.faceOn)
		return (
			<Notice tone="info">
				<strong>{t("enrol.off.title")}</strong>
				<p>{t("enrol.off.text")}</p>
			</Notice>
		);
	return (
		<div class="face-state">
			{approved && <Badge tone="ok">{t("enrol.status.approved")}</Badge>}
			{pending && <Badge tone="wait">{t("enrol.status.pending")}</Badge>}
			{!approved && !pending && <Badge tone="quiet">{t("enrol.status.none")}</Badge>}
			{facts.needsCard && <Badge tone="warn">{t("enrol.status.needs_card")}</Badge>}
			<p class="muted">
				{approved &&
					t("enrol.status.approved_text", {
						when: when(approved.decidedMs ?? approved.createdMs),
						photos: photos.length,
					})}
				{!approved && pending && t("enrol.status.pending_text", { when: when(pending.createdMs) })}
				{!approved && !pending && t("enrol.status.none_text")}
			</p>
			{facts.needsCard && <p class="muted">{t("enrol.status.needs_card_text")}</p>}
		</div>
	);
}

/** Camera first; upload beside it. Nothing for readers, for leavers and while faces are off. */
export function StartButtons({ rc, facts }: Props) {
	const { person, faceOn, approved, pending } = facts;
	if (!faceOn || !mayEnrol(rc) || person.leftOn !== null) return null;
	const base = `/people/${person.id}/face`;
	return (
		<div class="actions">
			<a class={approved || pending ? "button secondary" : "button"} href={`${base}/enrol`}>
				{rc.t(approved ? "enrol.renew" : "enrol.start")}
			</a>
			<a class="button secondary" href={`${base}/upload`}>
				{rc.t("enrol.upload")}
			</a>
			{pending && (
				<a class="button" href="/enrolments">
					{rc.t("enrol.inbox.title")}
				</a>
			)}
		</div>
	);
}

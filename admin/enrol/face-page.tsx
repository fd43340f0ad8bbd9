/** Everything about one person's face: state, photos, consent, withdrawal in two taps. */
import type { ConsentRow } from "../../db/consent.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { Badge } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { FaceState, mayEnrol, maySeePhotos, StartButtons } from "./face-card.tsx";
import type { FaceFacts } from "./subject.ts";

export interface FacePageProps {
	readonly rc: SignedInContext;
	readonly facts: FaceFacts;
	readonly nameOf: (recorderId: string) => string;
}

/** Breadcrumbs of every face page of a person; `last` names the page below. */
export const faceCrumbs = (rc: SignedInContext, person: FaceFacts["person"], last?: string) => [
	{ label: rc.t("app.nav.people"), href: "/people" },
	{ label: person.name, href: `/people/${person.id}` },
	{ label: rc.t("enrol.title"), href: last ? `/people/${person.id}/face` : undefined },
	...(last ? [{ label: last }] : []),
];

export function FacePage({ rc, facts, nameOf }: FacePageProps) {
	const { person } = facts;
	const title = rc.t("enrol.page.title", { name: person.name });
	return (
		<Layout rc={rc} title={title} crumbs={faceCrumbs(rc, person)}>
			<PageHeader title={title} lead={rc.t("enrol.page.lead")} />
			<div class="columns face-columns">
				<div class="stack">
					<Card>
						<FaceState rc={rc} facts={facts} />
						<StartButtons rc={rc} facts={facts} />
					</Card>
					{facts.photos.length > 0 && <Photos rc={rc} facts={facts} />}
				</div>
				<ConsentCard rc={rc} facts={facts} nameOf={nameOf} />
			</div>
			{facts.consent && mayEnrol(rc) && <Withdraw rc={rc} facts={facts} />}
		</Layout>
	);
}

function Photos({ rc, facts: { person, photos } }: Omit<FacePageProps, "nameOf">) {
	const { t } = rc;
	const label = { front: "enrol.pose.front", left: "enrol.pose.left", right: "enrol.pose.right" } as const;
	return (
		<Card title={t("enrol.photos")} lead={t("enrol.photos.lead")}>
			{maySeePhotos(rc) ? (
				<ul class="face-photos">
					{photos.map((photo, index) => (
						<li key={photo.id}>
							<img
								src={`/people/${person.id}/face/photos/${photo.id}`}
								alt={t("enrol.photo.alt", { index: index + 1, name: person.name })}
								loading="lazy"
							/>
							<small class="muted">{t(label[photo.pose as keyof typeof label] ?? label.front)}</small>
						</li>
					))}
				</ul>
			) : (
				<p class="muted">{t("enrol.photos.hidden")}</p>
			)}
		</Card>
	);
}

function ConsentCard({ rc, facts: { consent, earlier }, nameOf }: FacePageProps) {
	const { t } = rc;
	return (
		<Card title={t("enrol.consent")}>
			{consent ? (
				<ConsentFacts rc={rc} row={consent} by={nameOf(consent.recordedBy)} />
			) : (
				<p class="muted">{t("enrol.consent.none")}</p>
			)}
			{earlier.length > 0 && (
				<details class="consent-history">
					<summary>{t("enrol.consent.history")}</summary>
					{earlier.map((row) => (
						<ConsentFacts key={row.id} rc={rc} row={row} by={nameOf(row.recordedBy)} />
					))}
				</details>
			)}
		</Card>
	);
}

const CHANNELS = {
	kiosk: "enrol.consent.channel.kiosk",
	admin: "enrol.consent.channel.admin",
	paper: "enrol.consent.channel.paper",
} as const;

function ConsentFacts({ rc, row, by }: { rc: SignedInContext; row: ConsentRow; by: string }) {
	const { t } = rc;
	const language = t(row.lang === "en" ? "app.language.en" : "app.language.zh-CN");
	return (
		<dl class="facts">
			<dt>{t("enrol.consent.given")}</dt>
			<dd>
				<time>{dayAndTime(row.givenMs, rc)}</time>
			</dd>
			<dt>{t("enrol.consent.how")}</dt>
			<dd>{t(CHANNELS[row.channel])}</dd>
			<dt>{t("enrol.consent.by")}</dt>
			<dd>{by}</dd>
			<dt>{t("enrol.consent.text")}</dt>
			<dd>{t("enrol.consent.version", { version: row.textVersion, language })}</dd>
			<dt>{t("enrol.consent.hash")}</dt>
			<dd class="mono consent-hash">{row.textHash.slice(0, 16)}</dd>
			{row.withdrawnMs !== null && (
				<>
					<dt>{t("enrol.consent.withdrawn")}</dt>
					<dd>
						<Badge tone="quiet">{dayAndTime(row.withdrawnMs, rc)}</Badge>
					</dd>
				</>
			)}
		</dl>
	);
}

const Withdraw = ({ rc, facts: { person } }: Omit<FacePageProps, "nameOf">) => (
	<div class="face-withdraw">
		<button type="button" class="danger-quiet" data-opens="withdraw">
			{rc.t("enrol.withdraw")}
		</button>
		<ConfirmDialog
			rc={rc}
			id="withdraw"
			title={rc.t("enrol.withdraw.title", { name: person.name })}
			action={`/people/${person.id}/face/withdraw`}
			verb={rc.t("enrol.withdraw.verb")}
			danger
		>
			<p>{rc.t("enrol.withdraw.text")}</p>
		</ConfirmDialog>
	</div>
);

/** One raw punch with everything known about it, its photo, and what may be decided. Used by the day page and the inbox of doubts. */
import type { PunchNoteRow, PunchRow } from "../../db/punch.ts";
import type { PunchStanding } from "../../server/attendance/punch-standing.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockSeconds, dayAndTime } from "../../server/web/format.ts";
import { Badge } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";
import { PunchActions } from "./punch-actions.tsx";
import { type PhotoState, PunchPhoto } from "./punch-photo.tsx";
import { explainReason, METHOD_ICONS, reasonsOf, sayReason } from "./punch-words.ts";

export interface PunchFacts {
	readonly punch: PunchRow;
	readonly notes: readonly (PunchNoteRow & { readonly author: string })[];
	/** Name and place of the kiosk; null for punches from elsewhere. */
	readonly kiosk: string | null;
	readonly photo: PhotoState;
	readonly standing: PunchStanding;
	/** The viewer's own record, which they may not decide on. */
	readonly isOwn: boolean;
}

export interface PunchCardProps extends PunchFacts {
	readonly rc: SignedInContext;
	/** Where to come back to after a decision. */
	readonly back: string;
}

export function PunchCard(props: PunchCardProps) {
	const { rc, punch, standing } = props;
	const { counts, verdict } = standing;
	const isDoubted = !counts || reasonsOf({ ...punch, notes: props.notes.map(({ kind }) => kind) }).length > 0;
	return (
		<article class={`punch-card card${counts ? "" : " not-counted"}`} id={`punch-${punch.id}`}>
			<PunchPhoto rc={rc} punchId={punch.id} photo={props.photo} size="full" />
			<div class="punch-body">
				<header class="punch-head">
					<h3 class="tabular">
						<time datetime={new Date(punch.atMs).toISOString()}>
							{clockSeconds(punch.atMs, { lang: rc.lang, zone: punch.zone })}
						</time>
					</h3>
					<Badge
						tone={punch.direction === "in" ? "ok" : "quiet"}
						icon={punch.direction === "in" ? "ok" : "out"}
					>
						{rc.t(`punches.direction.${punch.direction}`)}
					</Badge>
					<Badge tone="quiet" icon={METHOD_ICONS[punch.method]}>
						{rc.t(`punches.method.${punch.method}`)}
					</Badge>
					{verdict && (
						<Badge tone={verdict === "voided" ? "bad" : "ok"}>{rc.t(`punches.note.${verdict}`)}</Badge>
					)}
					{!counts && !verdict && <Badge tone="warn">{rc.t("punches.not_counted")}</Badge>}
				</header>
				<Reasons {...props} />
				<Facts {...props} />
				<Notes {...props} />
				{mayUse(rc.viewer.role, "POST", "/punches/:id/void") && (
					<PunchActions {...props} verdict={verdict} isDoubted={isDoubted} />
				)}
			</div>
		</article>
	);
}

function Reasons({ rc, punch, notes }: PunchCardProps) {
	const reasons = reasonsOf({ ...punch, notes: notes.map(({ kind }) => kind) });
	if (reasons.length === 0) return null;
	return (
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
	);
}

const Facts = ({ rc, punch, kiosk }: PunchCardProps) => (
	<dl class="facts punch-facts">
		<dt>{rc.t("punches.source")}</dt>
		<dd>{[rc.t(`punches.source.${punch.source}`), kiosk].filter(Boolean).join(" · ")}</dd>
		<dt>{rc.t("punches.clock")}</dt>
		<dd>{`${rc.t(`punches.clock.${punch.clock}`)} · ${punch.zone}`}</dd>
		{punch.source === "queued" && (
			<>
				<dt>{rc.t("punches.received")}</dt>
				<dd>{dayAndTime(punch.receivedMs, rc)}</dd>
			</>
		)}
		<dt>{rc.t("punches.receipt")}</dt>
		<dd class="mono">#{punch.seq}</dd>
	</dl>
);

const Notes = ({ rc, notes }: PunchCardProps) =>
	notes.length === 0 ? null : (
		<ul class="punch-notes">
			{notes.map((note) => (
				<li key={note.id}>
					<span>
						<strong>{rc.t(`punches.note.${note.kind}`)}</strong>
						{(note.kind === "confirmed" || note.kind === "voided") && note.reason && ` · ${note.reason}`}
					</span>
					<small class="muted">{`${note.author} · ${dayAndTime(note.atMs, rc)} · #${note.seq}`}</small>
				</li>
			))}
		</ul>
	);

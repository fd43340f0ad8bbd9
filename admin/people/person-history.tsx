/** Who did what to this person's record, newest first; looks included. */
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { actText } from "../audit/audit-act.ts";
import { Card } from "../frame/page-header.tsx";
import type { HistoryRow, PersonPageProps } from "./person-view.ts";

function said(rc: SignedInContext, { action, times }: HistoryRow): string {
	const what = actText(rc, action);
	return times === 1 ? what : rc.t("people.history.times", { action: what, count: times });
}

export const HistorySection = ({ rc, person, history, hasMore }: PersonPageProps) => (
	<Card id="history" title={rc.t("people.history")} lead={rc.t("people.history.lead")}>
		<ol class="timeline">
			{history.map((row) => (
				<li key={row.id}>
					<time class="muted" datetime={new Date(row.atMs).toISOString()}>
						{dayAndTime(row.atMs, rc)}
					</time>
					<span>
						{said(rc, row)}
						<small class="muted"> · {row.actorName}</small>
					</span>
				</li>
			))}
		</ol>
		{hasMore && mayUse(rc.viewer.role, "GET", "/audit") && (
			<a href={`/audit?object=${person.id}`}>{rc.t("people.history.more")}</a>
		)}
	</Card>
);

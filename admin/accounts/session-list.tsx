/** Where an account is signed in. */
import type { SessionRow } from "../../db/session.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { ago, dayAndTime } from "../../server/web/format.ts";
import { Badge } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";

export interface SessionListProps {
	readonly rc: SignedInContext;
	readonly sessions: readonly SessionRow[];
}

export const SessionList = ({ rc, sessions }: SessionListProps) =>
	sessions.length === 0 ? (
		<p class="muted">{rc.t("accounts.sessions.none")}</p>
	) : (
		<ul class="rows">
			{sessions.map((session) => (
				<li key={session.createdMs}>
					<Icon name={/Mobile|Android|iPhone/.test(session.agent) ? "phone" : "kiosk"} />
					<div>
						<strong>
							{browserOf(session.agent)} · <span class="mono">{session.address}</span>
						</strong>
						<small class="muted" title={dayAndTime(session.createdMs, rc)}>
							{rc.t("accounts.sessions.used", { when: ago(session.usedMs, rc.nowMs, rc.lang) })}
						</small>
					</div>
					{isSame(session, rc.session) && <Badge tone="ok">{rc.t("accounts.sessions.this")}</Badge>}
				</li>
			))}
		</ul>
	);

const isSame = (a: SessionRow, b: SessionRow): boolean => Buffer.compare(a.tokenHash, b.tokenHash) === 0;

/** The browser's family, which is all that helps to recognise a session. */
const browserOf = (agent: string): string =>
	/(Edg|OPR|Firefox|Chrome|Safari)/.exec(agent)?.[1]?.replace("Edg", "Edge").replace("OPR", "Opera") ?? "?";

/** How the box is reached: its links, its name on the network, its certificate, each in words with what to do. */
import type { SignedInContext } from "../../server/web/context.ts";
import { doorAddress } from "../../server/web/door-address.ts";
import { dayOf } from "../../server/web/format.ts";
import { urlOf } from "../../server/web/host-check.ts";
import { sayError } from "../../server/web/i18n.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import type { NetworkFacts } from "../../server/web/network.ts";
import { Badge } from "../frame/badge.tsx";
import { Card } from "../frame/page-header.tsx";
import { type NetworkFinding, networkFindings } from "./network-findings.ts";

export interface NetworkCardProps {
	readonly rc: SignedInContext;
	readonly facts: NetworkFacts;
}

export const NetworkCard = ({ rc, facts }: NetworkCardProps) => (
	<Card id="network" title={rc.t("settings.network")} lead={rc.t("settings.network.lead")}>
		<ul class="network-findings">
			{networkFindings(facts, rc.nowMs).map((finding) => (
				<Finding key={`${finding.code}|${finding.vars.link ?? ""}`} rc={rc} finding={finding} />
			))}
		</ul>
		<dl class="facts">
			<dt>{rc.t("settings.network.door")}</dt>
			<dd class="mono">{doorUrl(facts)}</dd>
			<dt>{rc.t("settings.network.trust")}</dt>
			<dd class="mono">{trustUrl(facts)}</dd>
		</dl>
	</Card>
);

function Finding({ rc, finding }: { readonly rc: SignedInContext; readonly finding: NetworkFinding }) {
	const { code, tone, endsMs, problem } = finding;
	const date = endsMs === undefined ? "" : dayOf(endsMs, rc);
	const vars = { ...finding.vars, date, reason: problem ? sayError(rc.t, problem) : "" };
	const next = `settings.network.${code}.next`;
	return (
		<li>
			<Badge tone={tone}>{rc.t(`settings.network.tone.${tone === "quiet" ? "info" : tone}`)}</Badge>
			<div>
				<p>{rc.t(`settings.network.${code}`, vars)}</p>
				{isMessageKey(next) && <small class="muted">{rc.t(next, vars)}</small>}
			</div>
		</li>
	);
}

const doorUrl = (facts: NetworkFacts): string =>
	doorAddress(urlOf("https", "localhost", facts.httpsPort), facts).best;

/** Plain HTTP, since a new device does not trust the box yet. */
function trustUrl({ name, links, httpPort }: NetworkFacts): string {
	const address = links.find(({ isUp }) => isUp)?.addresses[0];
	const host = name.phase === "announced" ? name.name : (address ?? "localhost");
	return urlOf("http", host, httpPort, "/trust");
}

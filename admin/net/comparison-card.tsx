/** Two nets on the people of this site, in words and in one picture. Nobody is named. */
import { type NetFigures, upperShareOfNone } from "../../server/recognition/net-comparison.ts";
import type { NetView } from "../../server/services/face-nets.ts";
import type { NetComparison } from "../../server/services/net-switching.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Notice, type Tone } from "../frame/badge.tsx";
import { Card } from "../frame/page-header.tsx";
import { SwitchButton } from "./net-card.tsx";
import { netName } from "./net-name.ts";

export interface ComparisonCardProps {
	readonly rc: SignedInContext;
	readonly comparison: NetComparison;
	readonly nets: readonly NetView[];
	readonly mayChange: boolean;
}

const VERDICTS = {
	better: { tone: "ok", key: "packs.verdict.better" },
	worse: { tone: "bad", key: "packs.verdict.worse" },
	alike: { tone: "info", key: "packs.verdict.alike" },
	too_few: { tone: "info", key: "packs.verdict.too_few" },
} as const satisfies Record<NetComparison["verdict"], { tone: Tone; key: string }>;

export function ComparisonCard({ rc, comparison, nets, mayChange }: ComparisonCardProps) {
	const { t } = rc;
	const { netId, current, candidate, verdict } = comparison;
	const name = netName(rc, nets, netId);
	const inForce = nets.find((net) => net.isInForce);
	const net = nets.find((one) => one.id === netId);
	const { tone, key } = VERDICTS[verdict];
	return (
		<Card id="comparison" title={t("packs.comparison.title")} lead={t("packs.comparison.lead")}>
			<Notice tone={tone}>
				<p>{t(key, { name })}</p>
			</Notice>
			<div class="net-columns">
				<Figures
					rc={rc}
					name={inForce ? netName(rc, nets, inForce.id) : t("packs.built_in")}
					figures={current}
				/>
				<Figures rc={rc} name={name} figures={candidate} />
			</div>
			{mayChange && net && !net.isInForce && (
				<div class="form-foot">
					<SwitchButton rc={rc} net={net} name={name} suffix="-compared" discouraged={verdict === "worse"} />
				</div>
			)}
		</Card>
	);
}

const Figures = ({ rc, name, figures }: { rc: SignedInContext; name: string; figures: NetFigures }) => {
	const { t } = rc;
	const { people, tries } = figures;
	return (
		<section class="net-figures">
			<h3>{name}</h3>
			<p>{t("packs.figures.base", { people, tries })}</p>
			{tries > 0 && <Tried rc={rc} figures={figures} />}
		</section>
	);
};

const Tried = ({ rc, figures }: { rc: SignedInContext; figures: NetFigures }) => {
	const { t } = rc;
	const { tries, recognised, asked, mistaken, strangers, letIn } = figures;
	const wrong = mistaken + letIn;
	const inHundred = (part: number) => Math.round((100 * part) / Math.max(1, tries));
	const most = Math.ceil(1000 * upperShareOfNone(tries + strangers)) / 10;
	return (
		<>
			<ul>
				<li>{t("packs.figures.recognised", { n: inHundred(recognised) })}</li>
				<li>{t("packs.figures.asked", { n: inHundred(asked) })}</li>
				<li>
					{wrong === 0
						? t("packs.figures.none_wrong", { of: tries + strangers, most })
						: t("packs.figures.wrong", { mistaken, tries, letIn, strangers })}
				</li>
				<li>{t("packs.figures.separation", { d: Math.round(figures.separation * 10) / 10 })}</li>
			</ul>
			<Histogram rc={rc} figures={figures} />
		</>
	);
};

const [WIDTH, HEIGHT] = [240, 90];

/** Own photos and strangers by distance: the further the two hills lie apart, the better. */
const Histogram = ({ rc, figures }: { rc: SignedInContext; figures: NetFigures }) => {
	const { ownShares, strangerShares } = figures;
	const top = Math.max(0.01, ...ownShares, ...strangerShares);
	const bar = WIDTH / ownShares.length;
	const bars = (shares: readonly number[], kind: string) =>
		shares.map((share, i) => (
			<rect
				key={`${kind}${i * bar}`}
				class={kind}
				x={i * bar}
				y={HEIGHT - (share / top) * HEIGHT}
				width={bar - 1}
				height={(share / top) * HEIGHT}
			/>
		));
	return (
		<figure class="net-histogram">
			<svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={rc.t("packs.figures.picture")}>
				{bars(strangerShares, "stranger")}
				{bars(ownShares, "own")}
			</svg>
			<figcaption class="muted">
				<span class="key own">{rc.t("packs.figures.own")}</span>
				<span class="key stranger">{rc.t("packs.figures.stranger")}</span>
			</figcaption>
		</figure>
	);
};

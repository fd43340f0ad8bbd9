/** The two pictures of the page, drawn as SVG, each with its numbers as a table for whoever cannot see it or wants them. */
import type { ComponentChildren } from "preact";
import type { CalibrationFigures } from "../../server/recognition/calibration-figures.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Card } from "../frame/page-header.tsx";

const [WIDTH, HEIGHT] = [600, 220];

const signed = (n: number): string => `${n < 0 ? "−" : "+"}${Math.abs(n).toFixed(2)}`;

const inHundred = (share: number): number => Math.round(1000 * share) / 10;

interface ChartProps {
	readonly rc: SignedInContext;
	readonly label: string;
	/** Names of the lines or bars, with the class that colours them. */
	readonly keys: readonly (readonly [cls: string, name: string])[];
	readonly ends: readonly [string, string];
	readonly heads: readonly string[];
	readonly rows: readonly (readonly (string | number)[])[];
	readonly children: ComponentChildren;
}

const Chart = ({ rc, label, keys, ends, heads, rows, children }: ChartProps) => (
	<figure class="faces-chart">
		<svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
			{children}
		</svg>
		<p class="faces-ends muted" aria-hidden="true">
			<span>{ends[0]}</span>
			<span>{ends[1]}</span>
		</p>
		<figcaption>
			<ul class="faces-keys">
				{keys.map(([cls, name]) => (
					<li key={cls} class={`key ${cls}`}>
						{name}
					</li>
				))}
			</ul>
			<details>
				<summary>{rc.t("faces.as_table")}</summary>
				<NumberTable label={label} heads={heads} rows={rows} />
			</details>
		</figcaption>
	</figure>
);

const NumberTable = ({ label, heads, rows }: Pick<ChartProps, "label" | "heads" | "rows">) => (
	// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
	<section class="table-scroll faces-table" aria-label={label} tabIndex={0}>
		<table>
			<thead>
				<tr>
					{heads.map((head) => (
						<th key={head} scope="col">
							{head}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row[0]}>
						{row.map((cell, i) => (
							<td key={heads[i]} class="tabular">
								{cell}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	</section>
);

export interface DistancesCardProps {
	readonly rc: SignedInContext;
	readonly figures: CalibrationFigures;
	/** The largest distance the door ever accepts. */
	readonly accept: number;
}

/** Photos of one person against photos of different people: the further apart the two hills, the better. */
export function DistancesCard({ rc, figures, accept }: DistancesCardProps) {
	const { t } = rc;
	const { ownPairs, otherPairs, stepSize } = figures;
	const [own, other] = [sharesOf(ownPairs), sharesOf(otherPairs)];
	const top = Math.max(0.01, ...own.shares, ...other.shares);
	const limitX = (accept / (stepSize * ownPairs.length)) * WIDTH;
	return (
		<Card title={t("faces.distances")} lead={t("faces.distances.lead")}>
			<Chart
				rc={rc}
				label={t("faces.distances.picture", { own: own.total, other: other.total })}
				keys={[
					["own", t("faces.distances.own")],
					["other", t("faces.distances.other")],
					["limit", t("faces.distances.limit")],
				]}
				ends={[t("faces.distances.alike"), t("faces.distances.unlike")]}
				heads={[t("faces.distances.head"), t("faces.distances.own"), t("faces.distances.other")]}
				rows={own.shares.map((share, i) => [
					`${(i * stepSize).toFixed(2)}–${((i + 1) * stepSize).toFixed(2)}`,
					`${inHundred(share)} %`,
					`${inHundred(other.shares[i]!)} %`,
				])}
			>
				<Bars shares={other.shares} top={top} cls="other" />
				<Bars shares={own.shares} top={top} cls="own" />
				<line class="limit" x1={limitX} x2={limitX} y1={0} y2={HEIGHT} />
			</Chart>
		</Card>
	);
}

function sharesOf(counts: readonly number[]): { readonly total: number; readonly shares: number[] } {
	const total = counts.reduce((sum, n) => sum + n, 0);
	return { total, shares: counts.map((n) => n / Math.max(1, total)) };
}

const Bars = ({ shares, top, cls }: { shares: readonly number[]; top: number; cls: string }) => {
	const bar = WIDTH / shares.length;
	return (
		<g class={cls}>
			{shares.map((share, i) => {
				const height = (share / top) * (HEIGHT - 8);
				return <rect key={i * bar} x={i * bar} y={HEIGHT - height} width={bar - 1} height={height} />;
			})}
		</g>
	);
};

export interface CurveCardProps {
	readonly rc: SignedInContext;
	readonly figures: CalibrationFigures;
	readonly siteLimit?: number;
}

/** Strangers let in and own people asked, over the limit: what is gained on one side is lost on the other. */
export function CurveCard({ rc, figures: { curve, limit }, siteLimit }: CurveCardProps) {
	const { t } = rc;
	const [first, last] = [curve[0]!.limit, curve.at(-1)!.limit];
	const x = (at: number) => ((Math.min(last, Math.max(first, at)) - first) / (last - first)) * WIDTH;
	const line = (shareOf: (point: (typeof curve)[number]) => number) =>
		curve
			.map(
				(point) => `${x(point.limit).toFixed(1)},${(HEIGHT - 4 - shareOf(point) * (HEIGHT - 8)).toFixed(1)}`,
			)
			.join(" ");
	const inForce = Math.min(limit, siteLimit ?? limit);
	return (
		<Card title={t("faces.curve")} lead={t("faces.curve.lead")}>
			<Chart
				rc={rc}
				label={t("faces.curve.picture")}
				keys={[
					["own", t("faces.curve.asked")],
					["other", t("faces.curve.let_in")],
					["limit", t("faces.curve.limit")],
				]}
				ends={[t("faces.curve.strict"), t("faces.curve.lax")]}
				heads={[t("faces.curve.head"), t("faces.curve.asked"), t("faces.curve.let_in")]}
				rows={curve.map((point) => [
					signed(point.limit - inForce),
					`${inHundred(point.asked)} %`,
					`${inHundred(point.letIn)} %`,
				])}
			>
				<polyline class="other" points={line((point) => point.letIn)} />
				<polyline class="own" points={line((point) => point.asked)} />
				<line class="limit" x1={x(inForce)} x2={x(inForce)} y1={0} y2={HEIGHT} />
			</Chart>
		</Card>
	);
}

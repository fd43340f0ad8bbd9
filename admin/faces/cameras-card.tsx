/** The doors' cameras: advice in plain words, light and sharpness over the weeks, and drawings of what good and bad look like. */
import type { KioskRow } from "../../db/kiosk.ts";
import type { DoorAdvice, DoorHealth, DoorPoint } from "../../server/services/door-health.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Badge } from "../frame/badge.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Card } from "../frame/page-header.tsx";
import { DRAWINGS, FaceDrawing } from "./face-drawing.tsx";

export interface CamerasCardProps {
	readonly rc: SignedInContext;
	readonly doors: readonly { readonly kiosk: KioskRow; readonly health: DoorHealth }[];
}

const ADVICE = {
	dark: "faces.camera.dark",
	bright: "faces.camera.bright",
	glare: "faces.camera.glare",
	side_light: "faces.camera.side_light",
	blurry: "faces.camera.blurry",
	dirty: "faces.camera.dirty",
	far: "faces.camera.far",
} as const satisfies Record<DoorAdvice, string>;

const EXAMPLES = {
	good: "faces.example.good",
	dark: "faces.example.dark",
	bright: "faces.example.bright",
	glare: "faces.example.glare",
	side_light: "faces.example.side_light",
	blurry: "faces.example.blurry",
	dirty: "faces.example.dirty",
	far: "faces.example.far",
} as const;

export const CamerasCard = ({ rc, doors }: CamerasCardProps) => (
	<Card id="cameras" title={rc.t("faces.cameras")} lead={rc.t("faces.cameras.lead")}>
		{doors.length === 0 && (
			<EmptyState icon="camera" title={rc.t("faces.cameras.none")}>
				{rc.t("faces.cameras.none_text")}
			</EmptyState>
		)}
		<div class="faces-doors">
			{doors.map(({ kiosk, health }) => (
				<Door key={kiosk.id} rc={rc} kiosk={kiosk} health={health} />
			))}
		</div>
		<h3>{rc.t("faces.examples")}</h3>
		<ul class="faces-examples">
			{DRAWINGS.map((kind) => (
				<li key={kind}>
					<FaceDrawing kind={kind} />
					<span>{rc.t(EXAMPLES[kind])}</span>
				</li>
			))}
		</ul>
	</Card>
);

const Door = ({ rc, kiosk, health }: { rc: SignedInContext; kiosk: KioskRow; health: DoorHealth }) => {
	const { t } = rc;
	const { advice, faces, trend } = health;
	return (
		<section class="faces-door">
			<h3>
				<a href={`/kiosks/${kiosk.id}`}>{kiosk.name}</a>
			</h3>
			{advice === undefined ? (
				<p class="muted">{t("faces.camera.unknown")}</p>
			) : advice.length === 0 ? (
				<p>
					<Badge tone="ok">{t("faces.camera.fine")}</Badge>
				</p>
			) : (
				<ul class="faces-advice">
					{advice.map((one) => (
						<li key={one}>
							<Badge tone="warn">{t(EXAMPLES[one])}</Badge> {t(ADVICE[one])}
						</li>
					))}
				</ul>
			)}
			{trend.length > 1 && (
				<div class="faces-trends">
					<Trend
						rc={rc}
						label={t("faces.trend.light")}
						points={trend}
						of={(point) => point.luma}
						most={255}
					/>
					<Trend
						rc={rc}
						label={t("faces.trend.sharpness")}
						points={trend}
						of={(point) => point.sharpness}
						most={Math.max(...trend.map((point) => point.sharpness))}
					/>
				</div>
			)}
			<p class="muted">{t("faces.camera.basis", { faces })}</p>
		</section>
	);
};

const [WIDTH, HEIGHT] = [160, 40];

interface TrendProps {
	readonly rc: SignedInContext;
	readonly label: string;
	readonly points: readonly DoorPoint[];
	readonly of: (point: DoorPoint) => number;
	readonly most: number;
}

const Trend = ({ rc, label, points, of, most }: TrendProps) => {
	const [first, last] = [of(points[0]!), of(points.at(-1)!)];
	const line = points
		.map(
			(point, i) =>
				`${((i * WIDTH) / (points.length - 1)).toFixed(1)},${(HEIGHT - (of(point) / Math.max(1, most)) * HEIGHT).toFixed(1)}`,
		)
		.join(" ");
	const words = rc.t("faces.trend.words", {
		label,
		days: points.length,
		first: Math.round(first),
		last: Math.round(last),
	});
	return (
		<figure>
			<svg viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} role="img" aria-label={words}>
				<polyline points={line} />
			</svg>
			<figcaption class="muted">{label}</figcaption>
		</figure>
	);
};

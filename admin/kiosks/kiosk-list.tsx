/** The live part of the kiosks page: those that wait for approval, and how the others are. */
import type { KioskRow } from "../../db/kiosk.ts";
import { toBase64Url } from "../../server/base/bytes.ts";
import { keyFingerprint } from "../../server/services/kiosks.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { ago, dayAndTime } from "../../server/web/format.ts";
import { sayCode } from "../../server/web/i18n.ts";
import { durationText } from "../days/durations.ts";
import { Badge } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";
import { VERDICT_TONES, verdictOf } from "./kiosk-health.ts";

export const PENDING = "kiosks-pending";
export const LIST = "kiosks-list";

export interface KioskListProps {
	readonly rc: SignedInContext;
	readonly kiosks: readonly KioskRow[];
	readonly nowMs: number;
}

export function PendingKiosks({ rc, kiosks, nowMs }: KioskListProps) {
	const pending = kiosks.filter((kiosk) => kiosk.status === "pending");
	return (
		<div id={PENDING}>
			{pending.map((kiosk) => (
				<section key={kiosk.id} class="card kiosk-pending">
					<div>
						<h2>{rc.t("kiosks.pending", { name: kiosk.name })}</h2>
						<p class="muted">
							{[kiosk.place, kiosk.label, ago(kiosk.createdMs, nowMs, rc.lang)].filter(Boolean).join(" · ")}
						</p>
						<p class="fingerprint">
							<small>{rc.t("kiosks.fingerprint")}</small>
							<b class="mono">{grouped(keyFingerprint(toBase64Url(kiosk.publicKey)))}</b>
						</p>
						<p class="muted">{rc.t("kiosks.fingerprint.text")}</p>
					</div>
					{mayUse(rc.viewer.role, "POST", "/kiosks/:id/approve") && (
						<div class="actions">
							<form method="post" action={`/kiosks/${kiosk.id}/refuse`}>
								<button type="submit" class="danger-quiet">
									{rc.t("kiosks.refuse")}
								</button>
							</form>
							<form method="post" action={`/kiosks/${kiosk.id}/approve`}>
								<button type="submit">
									<Icon name="check" />
									{rc.t("kiosks.approve")}
								</button>
							</form>
						</div>
					)}
				</section>
			))}
		</div>
	);
}

/** Four and four, as the kiosk's screen is read aloud. */
const grouped = (hex: string): string => hex.match(/.{1,4}/g)?.join(" ") ?? hex;

export const KioskList = ({ rc, kiosks, nowMs }: KioskListProps) => (
	<ul id={LIST} class="kiosk-cards">
		{kiosks
			.filter(({ status }) => status === "active" || status === "suspended")
			.map((kiosk) => (
				<KioskCard key={kiosk.id} rc={rc} kiosk={kiosk} nowMs={nowMs} />
			))}
	</ul>
);

interface KioskCardProps {
	readonly rc: SignedInContext;
	readonly kiosk: KioskRow;
	readonly nowMs: number;
}

function KioskCard({ rc, kiosk, nowMs }: KioskCardProps) {
	const verdict = verdictOf(kiosk, nowMs);
	return (
		<li class={`card kiosk-card ${verdict}`}>
			<header>
				<span class="kiosk-icon">
					<Icon name="kiosk" />
				</span>
				<div>
					<h2>
						<a href={`/kiosks/${kiosk.id}`}>{kiosk.name}</a>
					</h2>
					<small class="muted">
						{[kiosk.place, rc.t(`kiosks.direction.${kiosk.direction}`)].filter(Boolean).join(" · ")}
					</small>
				</div>
				<Badge tone={VERDICT_TONES[verdict]}>{rc.t(`kiosks.verdict.${verdict}`)}</Badge>
			</header>
			<p class="kiosk-advice">{rc.t(`kiosks.advice.${verdict}`)}</p>
			{kiosk.seenMs !== null && <HealthFacts rc={rc} kiosk={kiosk} nowMs={nowMs} />}
		</li>
	);
}

/** Numbers a technician asks for first; the sentence above is for everyone else. */
export function HealthFacts({ rc, kiosk, nowMs }: KioskCardProps) {
	const { camera, queued = 0, oldestQueuedMs, driftMs, backend, frameMs, version, address } = kiosk.health;
	const waitMin =
		oldestQueuedMs === undefined ? 0 : Math.max(0, Math.round((nowMs - oldestQueuedMs) / 60_000));
	const facts: [string, string | undefined][] = [
		[rc.t("kiosks.seen"), kiosk.seenMs === null ? undefined : seenText(rc, kiosk.seenMs, nowMs)],
		[rc.t("kiosks.camera"), camera && sayCode(rc.t, `kiosks.camera.${camera}`)],
		[
			rc.t("kiosks.queue"),
			queued === 0
				? rc.t("kiosks.queue.none")
				: rc.t("kiosks.queue.some", { count: queued, age: durationText(rc, waitMin) }),
		],
		[
			rc.t("kiosks.drift"),
			driftMs === undefined
				? undefined
				: rc.t("kiosks.drift.seconds", { seconds: Math.round(driftMs / 100) / 10 }),
		],
		[
			rc.t("kiosks.speed"),
			backend && (frameMs ? rc.t("kiosks.speed.value", { backend, ms: Math.round(frameMs) }) : backend),
		],
		[rc.t("kiosks.version"), version?.slice(0, 12)],
		[rc.t("kiosks.address"), address],
	];
	return (
		<dl class="kiosk-facts">
			{facts
				.filter(([, value]) => value)
				.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
		</dl>
	);
}

const seenText = (rc: SignedInContext, seenMs: number, nowMs: number): string =>
	nowMs - seenMs < 60_000
		? rc.t("kiosks.seen.now")
		: `${ago(seenMs, nowMs, rc.lang)} (${dayAndTime(seenMs, rc)})`;

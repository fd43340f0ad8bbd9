/** The edge of every screen: whose door this is, how link, queue and camera stand, and the visitor's switches. */
import { timeText } from "../clock-text.ts";
import { Icon, type IconName } from "../icons.tsx";
import { translatorOf } from "../texts.ts";
import { type View, zoneOf } from "../view.ts";

export function Header({ state, t }: View) {
	const { settings } = state;
	const place = settings?.kiosk.place || settings?.kiosk.name;
	return (
		<header class="top">
			<p class="site">
				<Mark />
				<span class="site-name">{settings?.site.name ?? t("kiosk.brand")}</span>
				{place && <span class="place">{place}</span>}
			</p>
			<Status {...{ state, t }} />
		</header>
	);
}

/** The product's mark: the dial of twelve double hours with the hour of dawn lit, and a tick. */
export function Mark() {
	const dots = Array.from({ length: 12 }, (_, i) => {
		const angle = (i * Math.PI) / 6;
		return { x: 32 + 22 * Math.sin(angle), y: 32 - 22 * Math.cos(angle), lit: i === 3 };
	});
	return (
		<svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
			{dots.map(({ x, y, lit }) => (
				<circle key={`${x} ${y}`} class={lit ? "lit" : ""} cx={x} cy={y} r={lit ? 5 : 2.4} />
			))}
			<path d="M22 33l7.5 7.5L43 25" />
		</svg>
	);
}

const LINK_ICON = { online: "online", reconnecting: "turn", offline: "offline" } as const;
const LINK_KEY = {
	online: "kiosk.status.online",
	reconnecting: "kiosk.status.reconnecting",
	offline: "kiosk.status.offline",
} as const;

function Status({ state, t }: Pick<View, "state" | "t">) {
	const { link, queue, camera, settings } = state;
	const since = queue.oldestMs === undefined ? "" : timeText(queue.oldestMs, zoneOf(state));
	const cameraBad = settings?.policy.faceOn && camera !== "ok" && camera !== "starting";
	return (
		<ul class="status" aria-live="polite">
			{cameraBad && <Chip kind="warn" icon="camera_off" text={t("kiosk.status.camera")} />}
			{queue.count > 0 && (
				<Chip kind="warn" icon="hold" text={t("kiosk.status.queued", { count: queue.count, since })} />
			)}
			{state.standing !== "unpaired" && (
				<Chip kind={link === "online" ? "good" : "warn"} icon={LINK_ICON[link]} text={t(LINK_KEY[link])} />
			)}
		</ul>
	);
}

function Chip({ kind, icon, text }: { kind: "good" | "warn"; icon: IconName; text: string }) {
	return (
		<li class={`chip ${kind}`} aria-label={text}>
			<Icon name={icon} />
			<span>{text}</span>
		</li>
	);
}

/** Sentences that must stay on screen until somebody acts. */
export function Warnings({ state, t }: View) {
	const { queue, settings } = state;
	return (
		<aside class="banners">
			{settings?.policy.demo && <p class="banner demo">{t("kiosk.demo.banner")}</p>}
			{queue.storageFailed && <p class="banner warn">{t("kiosk.status.storage")}</p>}
			{queue.stuck > 0 && <p class="banner warn">{t("kiosk.status.stuck", { count: queue.stuck })}</p>}
		</aside>
	);
}

export function Tools({ state, t, send }: View) {
	const other = state.lang === "en" ? "zh-CN" : "en";
	const flip = (what: "lang" | "elder" | "sound") => () => send({ kind: "switch", what });
	return (
		<footer class="tools">
			<button type="button" lang={other} onClick={flip("lang")}>
				<Icon name="language" />
				<span>{translatorOf(other)("kiosk.lang.name")}</span>
			</button>
			<button type="button" aria-pressed={state.elder} onClick={flip("elder")}>
				<Icon name="letters" />
				<span>{t(state.elder ? "kiosk.switch.elder_off" : "kiosk.switch.elder")}</span>
			</button>
			<button type="button" aria-pressed={state.muted} onClick={flip("sound")}>
				<Icon name={state.muted ? "mute" : "sound"} />
				<span>{t(state.muted ? "kiosk.switch.unmute" : "kiosk.switch.mute")}</span>
			</button>
		</footer>
	);
}

/** The waiting page: clock, mirror and three ways of equal size. */
import { dateText, hourOf, timeText } from "../clock-text.ts";
import { Icon, type IconName } from "../icons.tsx";
import { type View, zoneOf } from "../view.ts";

export function Clock({ state, t }: Pick<View, "state" | "t">) {
	const zone = zoneOf(state);
	const [hours, minutes] = timeText(state.nowMs, zone).split(":");
	const hour = hourOf(state.nowMs, zone);
	const greeting =
		hour < 11
			? "kiosk.waiting.greeting_morning"
			: hour < 18
				? "kiosk.waiting.greeting_day"
				: "kiosk.waiting.greeting_evening";
	return (
		<section class="clock">
			<time class="time">
				{hours}
				<i>:</i>
				{minutes}
			</time>
			<p class="date">
				<span>{dateText(state.nowMs, zone, state.lang)}</span>
				<span class="greeting">{t(greeting)}</span>
			</p>
		</section>
	);
}

export function Ways({ state, t, send }: View) {
	const { policy } = state.settings ?? {};
	const faceWorks = state.camera === "ok" || state.camera === "starting";
	return (
		<section class="ways">
			{policy?.faceOn && (
				<Way
					icon={faceWorks ? "face" : "camera_off"}
					title={t("kiosk.way.face")}
					hint={t(faceWorks ? "kiosk.way.face_hint" : "kiosk.way.face_off")}
					onClick={() => send({ kind: "home" })}
				/>
			)}
			<Way
				icon="card"
				title={t("kiosk.way.card")}
				hint={t("kiosk.way.card_hint")}
				onClick={() => send({ kind: "open", what: "card" })}
			/>
			<Way
				icon="pin"
				title={t("kiosk.way.pin")}
				hint={t("kiosk.way.pin_hint")}
				onClick={() => send({ kind: "open", what: "pin" })}
			/>
		</section>
	);
}

interface WayProps {
	readonly icon: IconName;
	readonly title: string;
	readonly hint?: string;
	readonly onClick: () => void;
}

/** One large way to clock; all are of the same size. */
export function Way({ icon, title, hint, onClick }: WayProps) {
	return (
		<button type="button" class="way" onClick={onClick}>
			<Icon name={icon} />
			<b>{title}</b>
			{hint && <small>{hint}</small>}
		</button>
	);
}

/** Less frequent wishes. */
export function MoreWays({ state, t, send }: View) {
	const { policy } = state.settings ?? {};
	return (
		<nav class="more">
			{policy?.selfEnrol && policy.faceOn && (
				<button type="button" onClick={() => send({ kind: "open", what: "enrol" })}>
					{t("kiosk.way.enrol")}
				</button>
			)}
			<button type="button" onClick={() => send({ kind: "open", what: "makeup" })}>
				{t("kiosk.way.makeup")}
			</button>
		</nav>
	);
}

/** Invented people to try, in a demo shop only. */
export function DemoCards({ state, t, send }: View) {
	const cards = state.settings?.policy.demo ? (state.settings.demoCards ?? []) : [];
	if (cards.length === 0) return null;
	return (
		<section class="demo-cards">
			<p>{t("kiosk.demo.try")}</p>
			<div>
				{cards.map(({ label, card }) => (
					<button type="button" key={card} onClick={() => send({ kind: "card_read", text: card })}>
						<Icon name="card" />
						<span>{label}</span>
					</button>
				))}
			</div>
		</section>
	);
}

/** The clock alone, somewhere else each minute, so that the panel does not wear in. */
export function Saver({ state, t, send }: View) {
	const minute = Math.floor(state.nowMs / 60_000);
	const place = { "--drift-x": `${(minute * 7) % 11}`, "--drift-y": `${(minute * 5) % 13}` };
	return (
		<button type="button" class="saver" onClick={() => send({ kind: "touch" })}>
			<span class="drifting" style={place}>
				<Clock state={state} t={t} />
				<span class="saver-site">{state.settings?.site.name}</span>
			</span>
		</button>
	);
}

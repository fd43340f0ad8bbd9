/** Short pages with one message: one moment, saved here, not accepted, noted, and the choice of ways. */
import { timeText } from "../clock-text.ts";
import { Icon, type IconName } from "../icons.tsx";
import type { Because, Screen } from "../state.ts";
import { type KioskKey, sayCode } from "../texts.ts";
import { type View, zoneOf } from "../view.ts";
import { MoreWays, Way } from "./home.tsx";

type Of<At extends Screen["at"]> = Extract<Screen, { at: At }>;

export function Sending({ t }: View) {
	return (
		<section class="full sending" role="status">
			<span class="pulse" />
			<h1>{t("kiosk.sending")}</h1>
		</section>
	);
}

interface MessageProps {
	readonly icon: IconName;
	readonly title: string;
	readonly text: string;
	readonly children?: preact.ComponentChildren;
}

export function Message({ icon, title, text, children }: MessageProps) {
	return (
		<section class="full message" role="status">
			<span class="emblem">
				<Icon name={icon} />
			</span>
			<h1>{title}</h1>
			<p>{text}</p>
			{children}
		</section>
	);
}

/** Amber, never green: the box has not confirmed. */
export function Saved({ state, t, send }: View) {
	const time = timeText(state.nowMs, zoneOf(state));
	return (
		<Message icon="hold" title={t("kiosk.saved.title")} text={t("kiosk.saved.text", { time })}>
			<p class="tag">{t("kiosk.saved.note")}</p>
			<Close t={t} send={send} />
		</Message>
	);
}

function Close({ t, send }: Pick<View, "t" | "send">) {
	return (
		<button type="button" class="quiet" onClick={() => send({ kind: "home" })}>
			{t("kiosk.key.close")}
		</button>
	);
}

/** Nothing is kept of a passer-by: without the box a face is saved only on request. */
export function OfflineFace({ t, send }: View) {
	return (
		<Message icon="offline" title={t("kiosk.offline_face.title")} text={t("kiosk.offline_face.text")}>
			<button type="button" class="primary" onClick={() => send({ kind: "save_offline" })}>
				{t("kiosk.offline_face.save")}
			</button>
			<button type="button" class="quiet" onClick={() => send({ kind: "home" })}>
				{t("kiosk.key.cancel")}
			</button>
		</Message>
	);
}

export function Problem({ screen, state, t, send }: View & { screen: Of<"problem"> }) {
	const seconds = screen.waitSec;
	return (
		<Message icon="stop" title={t("kiosk.problem.title")} text={sayCode(t, screen.code)}>
			{seconds !== undefined && <p class="tag">{t("kiosk.problem.wait", { seconds })}</p>}
			<WaysAgain {...{ state, t, send }} />
		</Message>
	);
}

export function Noted({ screen, t, send }: View & { screen: Of<"noted"> }) {
	const enrol = screen.what === "enrol";
	const title = t(enrol ? "kiosk.enrol.pending" : "kiosk.makeup.noted");
	const text = t(enrol ? "kiosk.enrol.pending_text" : "kiosk.makeup.noted_text");
	return (
		<Message icon="note" title={title} text={text}>
			<Close t={t} send={send} />
		</Message>
	);
}

const TITLES: Readonly<Record<Because, KioskKey>> = {
	chosen: "kiosk.choices.chosen",
	ambiguous: "kiosk.choices.ambiguous",
	unknown: "kiosk.choices.unknown",
	not_me: "kiosk.choices.not_me",
	camera: "kiosk.choices.camera",
	turn: "kiosk.choices.ambiguous",
};
const TEXTS: Readonly<Partial<Record<Because, KioskKey>>> = {
	unknown: "kiosk.choices.unknown_text",
	not_me: "kiosk.choices.not_me_text",
};

export function Choices({ screen, state, t, send }: View & { screen: Of<"choices"> }) {
	const text = TEXTS[screen.because];
	return (
		<section class="full choices">
			<h1>{t(TITLES[screen.because])}</h1>
			{text && <p>{t(text)}</p>}
			<WaysAgain {...{ state, t, send }} />
			<MoreWays {...{ state, t, send }} />
		</section>
	);
}

function WaysAgain({ state, t, send }: View) {
	return (
		<div class="ways">
			{state.settings?.policy.faceOn && (
				<Way icon="face" title={t("kiosk.choices.again")} onClick={() => send({ kind: "home" })} />
			)}
			<Way icon="card" title={t("kiosk.way.card")} onClick={() => send({ kind: "open", what: "card" })} />
			<Way icon="pin" title={t("kiosk.way.pin")} onClick={() => send({ kind: "open", what: "pin" })} />
		</div>
	);
}

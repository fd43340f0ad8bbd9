/** Self-enrolment: the consent text with a box nobody has ticked for you, then guided pictures. */
import type { Pose } from "../../../server/recognition/quality.ts";
import { ENOUGH_SHOTS, POSES } from "../machine-enrol.ts";
import type { Screen } from "../state.ts";
import type { KioskKey } from "../texts.ts";
import type { View } from "../view.ts";
import { PoseDial } from "./pose-dial.tsx";

type Of<At extends Screen["at"]> = Extract<Screen, { at: At }>;

export function Consent({ screen, t, send }: View & { screen: Of<"consent"> }) {
	const { text, agreed } = screen;
	if (!text) return <section class="full message">{t("kiosk.enrol.loading")}</section>;
	return (
		<section class="full consent">
			<h1>{text.title}</h1>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
			<article lang={text.lang} tabIndex={0}>
				{text.paragraphs.map((paragraph) => (
					<p key={paragraph}>{paragraph}</p>
				))}
			</article>
			<label class="agree">
				<input
					type="checkbox"
					checked={agreed}
					onChange={(event) => send({ kind: "consent_agreed", agreed: event.currentTarget.checked })}
				/>
				<span>{t("kiosk.enrol.agree")}</span>
			</label>
			<p class="refusable">{t("kiosk.enrol.refusable")}</p>
			<div class="row">
				<button type="button" class="quiet" onClick={() => send({ kind: "home" })}>
					{t("kiosk.key.cancel")}
				</button>
				<button
					type="button"
					class="primary"
					disabled={!agreed}
					onClick={() => send({ kind: "consent_given" })}
				>
					{t("kiosk.enrol.start")}
				</button>
			</div>
		</section>
	);
}

const GUIDES: Readonly<Record<Pose, KioskKey>> = {
	front: "kiosk.enrol.front",
	left: "kiosk.enrol.left",
	right: "kiosk.enrol.right",
};

/** What to do for the next picture, shown under the mirror. */
export function guideOf(screen: Screen, t: View["t"]): string | undefined {
	if (screen.at !== "shots") return undefined;
	const pose = POSES[screen.shots.length];
	return screen.busy || !pose ? t("kiosk.enrol.sending") : t(GUIDES[pose]);
}

export function ShotsProgress({ screen, state, t, send }: View & { screen: Of<"shots"> }) {
	const pose = screen.busy ? undefined : POSES[screen.shots.length];
	const yaw = state.sight.kind === "face" ? state.sight.yaw : undefined;
	const done = Math.min(screen.shots.length + 1, POSES.length);
	return (
		<section class="shots-progress">
			{pose && <PoseDial pose={pose} yaw={yaw} />}
			<p>{t("kiosk.enrol.progress", { done, all: POSES.length })}</p>
			{screen.shots.length >= ENOUGH_SHOTS && !screen.busy && (
				<button type="button" onClick={() => send({ kind: "enough_shots" })}>
					{t("kiosk.enrol.enough")}
				</button>
			)}
			<button type="button" class="quiet" onClick={() => send({ kind: "home" })}>
				{t("kiosk.key.cancel")}
			</button>
		</section>
	);
}

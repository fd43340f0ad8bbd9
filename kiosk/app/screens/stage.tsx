/** The mirror: the live picture in an oval, twelve dots that light up as frames agree, and what to do in words. */
import type { Advice } from "../../../server/recognition/quality.ts";
import { Icon, type IconName } from "../icons.tsx";
import type { KioskState } from "../state.ts";
import type { KioskKey } from "../texts.ts";
import type { View } from "../view.ts";
import type { CameraState } from "../vision-port.ts";
import { TurnArrow } from "./turn.tsx";

const ADVICE: Readonly<Record<Advice, readonly [IconName, KioskKey]>> = {
	ok: ["still", "kiosk.advice.ok"],
	low_score: ["face", "kiosk.advice.low_score"],
	off_centre: ["face", "kiosk.advice.off_centre"],
	too_far: ["closer", "kiosk.advice.too_far"],
	too_close: ["back", "kiosk.advice.too_close"],
	too_dark: ["dark", "kiosk.advice.too_dark"],
	too_bright: ["sun", "kiosk.advice.too_bright"],
	glare: ["sun", "kiosk.advice.glare"],
	side_light: ["sun", "kiosk.advice.side_light"],
	turn_to_front: ["turn", "kiosk.advice.turn_to_front"],
	turn_left: ["left", "kiosk.advice.turn_left"],
	turn_right: ["right", "kiosk.advice.turn_right"],
	tilt: ["turn", "kiosk.advice.tilt"],
	moving: ["still", "kiosk.advice.moving"],
	blurry: ["still", "kiosk.advice.blurry"],
};

const CAMERA: Readonly<Record<Exclude<CameraState, "ok">, KioskKey>> = {
	starting: "kiosk.camera.starting",
	denied: "kiosk.camera.denied",
	lost: "kiosk.camera.lost",
	black: "kiosk.camera.black",
	frozen: "kiosk.camera.frozen",
	insecure: "kiosk.camera.insecure",
};

export interface StageProps extends View {
	readonly video: (element: HTMLVideoElement | null) => void;
	readonly onRetryCamera: () => void;
	/** Replaces the hint while an enrolment or a turn guides the person. */
	readonly guide?: string;
}

export function Stage({ state, t, video, onRetryCamera, guide }: StageProps) {
	const { camera, settings } = state;
	const faceOn = settings?.policy.faceOn ?? false;
	const showsPicture = faceOn && (camera === "ok" || camera === "black" || camera === "frozen");
	const emblem = camera === "starting" ? "camera" : "camera_off";
	return (
		<section class={`stage sight-${state.sight.kind} camera-${camera}`}>
			<div class="oval">
				<video ref={video} muted playsInline hidden={!showsPicture} />
				{!showsPicture && <Icon name={faceOn ? emblem : "card"} />}
				<Dial lit={litDots(state)} />
				{state.screen.at === "turn" && <TurnArrow screen={state.screen} />}
			</div>
			{faceOn && camera !== "ok" ? (
				<CameraNotice camera={camera} t={t} onRetry={onRetryCamera} />
			) : (
				<p class="advice" aria-live="polite">
					<AdviceWords state={state} t={t} guide={guide} />
				</p>
			)}
		</section>
	);
}

function AdviceWords({ state, t, guide }: Pick<StageProps, "state" | "t" | "guide">) {
	const { sight, settings } = state;
	if (sight.kind === "several") return <Words icon="people" text={t("kiosk.advice.several")} />;
	if (guide && (sight.kind !== "face" || sight.advice === "ok" || sight.advice.startsWith("turn")))
		return <Words icon="face" text={guide} />;
	if (sight.kind === "face" && !settings?.policy.passing) {
		const [icon, key] = ADVICE[sight.advice];
		return <Words icon={icon} text={t(key)} />;
	}
	return settings?.policy.faceOn ? (
		<Words
			icon="face"
			text={t(settings.policy.passing ? "kiosk.waiting.hint_passing" : "kiosk.waiting.hint")}
		/>
	) : (
		<Words icon="card" text={t("kiosk.waiting.hint_no_face")} />
	);
}

function Words({ icon, text }: { icon: IconName; text: string }) {
	return (
		<span>
			<Icon name={icon} />
			{text}
		</span>
	);
}

function CameraNotice({ camera, t, onRetry }: { camera: CameraState; t: View["t"]; onRetry: () => void }) {
	if (camera === "ok") return null;
	if (camera === "starting") return <p class="advice">{t(CAMERA.starting)}</p>;
	return (
		<button type="button" class="advice trouble" onClick={onRetry}>
			<Icon name="warn" />
			<span>
				{t(CAMERA[camera])} <b>{t("kiosk.camera.meanwhile")}</b>
			</span>
		</button>
	);
}

function litDots({ sight, screen }: KioskState): number {
	if (screen.at === "shots") return Math.round((screen.shots.length / 5) * 12);
	return sight.kind === "face" ? Math.round((sight.agreed / Math.max(sight.needed, 1)) * 12) : 0;
}

function Dial({ lit }: { lit: number }) {
	return (
		<svg class="dial" viewBox="-60 -75 120 150" aria-hidden="true">
			{Array.from({ length: 12 }, (_, i) => {
				const angle = (i * Math.PI) / 6;
				const [x, y] = [54 * Math.sin(angle), -69 * Math.cos(angle)];
				return <circle key={`${x} ${y}`} class={i < lit ? "lit" : ""} cx={x} cy={y} r={1.8} />;
			})}
		</svg>
	);
}

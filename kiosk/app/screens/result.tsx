/** The answer of the box, readable from two metres: name, direction, time, and how it stands against the shift. */
import type { AcceptedPunch, PunchHint } from "../../../server/protocol/kiosk.ts";
import { timeText } from "../clock-text.ts";
import { Icon, type IconName } from "../icons.tsx";
import type { KioskKey } from "../texts.ts";
import { type View, zoneOf } from "../view.ts";

const HINTS: Readonly<Record<PunchHint, readonly [IconName, KioskKey]>> = {
	on_time: ["check", "kiosk.result.on_time"],
	late: ["clock", "kiosk.result.late"],
	early: ["clock", "kiosk.result.early"],
	done: ["check", "kiosk.result.done"],
	repeat: ["turn", "kiosk.result.repeat"],
	no_shift: ["note", "kiosk.result.no_shift"],
};

const CALM: ReadonlySet<PunchHint> = new Set(["on_time", "done", "no_shift"]);

/** True for a punch that needs nobody's attention. */
export const isCalm = (hint: PunchHint): boolean => CALM.has(hint);

export function Result({ punch, state, t, send }: View & { punch: AcceptedPunch }) {
	const [icon] = HINTS[punch.hint];
	return (
		<section class="full result" role="status">
			<div class="avatar" style={{ "--hue": String(punch.avatar.hue) }} aria-hidden="true">
				{punch.avatar.initials}
				<span class="badge">
					<Icon name={icon} />
				</span>
			</div>
			<h1 class={nameSize(punch.name)}>{punch.name}</h1>
			<p class="direction">
				<Icon name={punch.direction} />
				{t(punch.direction === "in" ? "kiosk.result.in" : "kiosk.result.out")}
			</p>
			<p class="moment">{timeText(punch.atMs, zoneOf(state))}</p>
			<p class="hint">
				<span>
					<Icon name={icon} />
					{hintText(t, punch)}
				</span>
			</p>
			{punch.doubtful && <p class="doubtful">{t("kiosk.result.doubtful")}</p>}
			<div class="result-foot">
				<button type="button" class="quiet" onClick={() => send({ kind: "not_me", punchId: punch.punchId })}>
					{t("kiosk.result.not_me")}
				</button>
				<small>{t("kiosk.result.receipt", { seq: punch.seq })}</small>
			</div>
		</section>
	);
}

/** From an hour on, minutes alone say little. */
function hintText(t: View["t"], { hint, minutes }: AcceptedPunch): string {
	if (minutes >= 60 && (hint === "late" || hint === "early"))
		return t(`kiosk.result.${hint}_hours`, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
	return t(HINTS[hint][1], { minutes });
}

/** Long names step down so that they never break the page; Han characters are twice as wide. */
export function nameSize(name: string): "" | "long" | "longer" {
	const width = [...name].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
	if (width <= 10) return "";
	return width <= 20 ? "long" : "longer";
}

/** The punch before this one, still within reach of "not me". */
export function Earlier({ state, t, send }: View) {
	const { earlier } = state;
	if (!earlier) return null;
	const { punchId, name } = earlier.punch;
	return (
		<button type="button" class="earlier" onClick={() => send({ kind: "not_me", punchId })}>
			{t("kiosk.result.not_me_earlier", { name })}
		</button>
	);
}

/** The strip of people walking by: name, direction and time, or a kind word to stop; "not me" is a touch on the name. */
import { timeText } from "../clock-text.ts";
import { Icon, type IconName } from "../icons.tsx";
import type { Pass } from "../state.ts";
import { type View, zoneOf } from "../view.ts";

const ICONS: Readonly<Record<Pass["step"], IconName>> = {
	asking: "face",
	done: "check",
	saved: "hold",
	stop: "still",
};

export function Passing({ state, t, send }: View) {
	if (state.passing.length === 0) return null;
	return (
		<ul class="passing" aria-live="polite">
			{state.passing.map((pass) => (
				<li key={pass.track} class={`pass pass-${pass.step}`}>
					<Icon name={ICONS[pass.step]} />
					<span>
						{pass.punch && <b>{pass.punch.name}</b>}
						<small>{wordsOf(pass, { state, t, send })}</small>
					</span>
					{pass.punch && (
						<button
							type="button"
							class="quiet"
							onClick={() => send({ kind: "not_me", punchId: pass.punch!.punchId })}
						>
							{t("kiosk.result.not_me")}
						</button>
					)}
				</li>
			))}
		</ul>
	);
}

function wordsOf({ step, punch }: Pass, { state, t }: View): string {
	if (!punch || step !== "done")
		return t(
			step === "stop" ? "kiosk.pass.stop" : step === "saved" ? "kiosk.pass.saved" : "kiosk.pass.asking",
		);
	const time = timeText(punch.atMs, zoneOf(state));
	return t(punch.direction === "in" ? "kiosk.pass.in" : "kiosk.pass.out", { time });
}

/** Asking for a make-up punch: number given, one touch for the reason. */
import { timeText } from "../clock-text.ts";
import { Icon, type IconName } from "../icons.tsx";
import type { MakeupReason, Screen } from "../state.ts";
import type { KioskKey } from "../texts.ts";
import { type View, zoneOf } from "../view.ts";

const REASONS: readonly (readonly [MakeupReason, IconName, KioskKey])[] = [
	["not_recognised", "face", "kiosk.makeup.not_recognised"],
	["card_lost", "card", "kiosk.makeup.card_lost"],
	["pin_forgotten", "pin", "kiosk.makeup.pin_forgotten"],
	["device_fault", "warn", "kiosk.makeup.device_fault"],
];

export function Makeup({ screen, state, t, send }: View & { screen: Extract<Screen, { at: "makeup" }> }) {
	const time = timeText(state.nowMs, zoneOf(state));
	return (
		<section class="full choices">
			<h1>{t("kiosk.makeup.title")}</h1>
			<p>{t("kiosk.makeup.text", { number: screen.number, time })}</p>
			<div class="ways four">
				{REASONS.map(([reason, icon, key]) => (
					<button
						type="button"
						key={reason}
						class="way"
						disabled={screen.busy}
						onClick={() => send({ kind: "reason", reason })}
					>
						<Icon name={icon} />
						<b>{t(key)}</b>
					</button>
				))}
			</div>
			<button type="button" class="quiet" onClick={() => send({ kind: "home" })}>
				{t("kiosk.key.cancel")}
			</button>
		</section>
	);
}

/** "Turn your head a little": under the mirror an arrow in plain words, and card and PIN, which are just as good. */
import { Icon } from "../icons.tsx";
import type { Screen } from "../state.ts";
import type { View } from "../view.ts";
import { Way } from "./home.tsx";

type TurnScreen = Extract<Screen, { at: "turn" }>;

/** The words under the mirror. */
export const turnGuide = ({ ask }: TurnScreen, t: View["t"]): string =>
	t(ask.side === "left" ? "kiosk.turn.left" : "kiosk.turn.right");

/** Beside the mirrored picture: the person's own left is the left of the page. */
export const TurnArrow = ({ screen }: { screen: TurnScreen }) => (
	<span class={`turn-arrow to-${screen.ask.side}`} aria-hidden="true">
		<Icon name={screen.ask.side} />
	</span>
);

export function TurnBelow({ screen, t, send }: View & { screen: TurnScreen }) {
	return (
		<section class="turn-below">
			<p>{t(screen.ask.again ? "kiosk.turn.again" : "kiosk.turn.why")}</p>
			<div class="ways">
				<Way
					icon="card"
					title={t("kiosk.way.card")}
					hint={t("kiosk.turn.instead")}
					onClick={() => send({ kind: "open", what: "card" })}
				/>
				<Way
					icon="pin"
					title={t("kiosk.way.pin")}
					hint={t("kiosk.turn.instead")}
					onClick={() => send({ kind: "open", what: "pin" })}
				/>
			</div>
		</section>
	);
}

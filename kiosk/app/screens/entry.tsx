/** Card, employee number and PIN. */
import { Icon } from "../icons.tsx";
import type { Purpose, Screen } from "../state.ts";
import type { KioskKey } from "../texts.ts";
import type { View } from "../view.ts";
import { DemoCards } from "./home.tsx";
import { Keypad } from "./keypad.tsx";

type Of<At extends Screen["at"]> = Extract<Screen, { at: At }>;

function Cancel({ t, send }: Pick<View, "t" | "send">) {
	return (
		<button type="button" class="quiet cancel" onClick={() => send({ kind: "home" })}>
			{t("kiosk.key.cancel")}
		</button>
	);
}

interface FieldProps {
	readonly label: string;
	readonly text: string;
	readonly masked?: boolean;
}

/** Shows what was typed; never focused, so no system keyboard opens. */
function Field({ label, text, masked }: FieldProps) {
	return (
		<output class={`field ${text ? "" : "empty"}`} aria-label={label}>
			{masked ? [...text].map((_, i) => <i key={`dot ${i + 1}`} class="dot" />) : text || label}
			<span class="caret" />
		</output>
	);
}

export function CardEntry({ screen, state, t, send }: View & { screen: Of<"card"> }) {
	return (
		<section class="full entry">
			<div class="entry-words">
				<span class="emblem tap">
					<Icon name="card" />
				</span>
				<h1>{t("kiosk.card.title")}</h1>
				<p>{t("kiosk.card.hint")}</p>
				<DemoCards {...{ state, t, send }} />
			</div>
			<div class="entry-keys">
				<Field label={t("kiosk.card.field")} text={screen.text} />
				<Keypad t={t} send={send} kind="number" enter={t("kiosk.key.enter")} ready={screen.text !== ""} />
				<Cancel t={t} send={send} />
			</div>
		</section>
	);
}

const TITLES: Readonly<Record<Purpose, KioskKey>> = {
	pin: "kiosk.number.title",
	makeup: "kiosk.number.title",
	enrol: "kiosk.enrol.number_title",
};

export function NumberEntry({ screen, t, send }: View & { screen: Of<"number"> }) {
	const confirms = screen.purpose === "pin" && (screen.because === "ambiguous" || screen.because === "turn");
	return (
		<section class="full entry">
			<div class="entry-words">
				{confirms && (
					<span class="emblem tap">
						<Icon name="card" />
					</span>
				)}
				<h1>{t(confirms ? "kiosk.number.title_confirm" : TITLES[screen.purpose])}</h1>
				{confirms && <p>{t("kiosk.number.confirm_text")}</p>}
			</div>
			<div class="entry-keys">
				<Field label={t("kiosk.number.field")} text={screen.text} />
				<Keypad t={t} send={send} kind="number" enter={t("kiosk.key.next")} ready={screen.text !== ""} />
				<Cancel t={t} send={send} />
			</div>
		</section>
	);
}

export function PinEntry({ screen, state, t, send }: View & { screen: Of<"pin"> }) {
	const digits = state.settings?.policy.pinMinDigits ?? 6;
	const ready = screen.pin.length >= digits;
	return (
		<section class="full entry">
			<div class="entry-words">
				<span class="emblem">
					<Icon name="lock" />
				</span>
				<h1>{t("kiosk.pin.title")}</h1>
				<p class="who">{screen.number}</p>
				<p>{t("kiosk.pin.least", { digits })}</p>
			</div>
			<div class="entry-keys">
				<Field label={t("kiosk.pin.field", { typed: screen.pin.length })} text={screen.pin} masked />
				<Keypad t={t} send={send} kind="digits" enter={t("kiosk.key.enter")} ready={ready} />
				<Cancel t={t} send={send} />
			</div>
		</section>
	);
}

/** Large keys for fingers; real keyboards work as well (see `card-burst.ts`). */
import { useState } from "preact/hooks";
import { Icon } from "../icons.tsx";
import type { View } from "../view.ts";

/** Letters without I, L, O, U, as in pairing codes; rarely needed in employee numbers. */
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ-"];
const CODE_KEYS = [..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"];
const DIGITS = [..."123456789"];

interface KeypadProps extends Pick<View, "t" | "send"> {
	readonly kind: "digits" | "number" | "code";
	readonly enter: string;
	readonly ready: boolean;
}

export function Keypad({ t, send, kind, enter, ready }: KeypadProps) {
	const [letters, setLetters] = useState(false);
	const press = (key: string) => () => send({ kind: "key", key });
	const keys = kind === "code" ? CODE_KEYS : letters ? LETTERS : DIGITS;
	return (
		<div class={`keypad ${kind === "code" ? "code-keys" : letters ? "wide" : "digits"}`}>
			{keys.map((key) => (
				<button type="button" key={key} class="key" onClick={press(key)}>
					{key}
				</button>
			))}
			{kind === "number" && (
				<button type="button" class="key small" onClick={() => setLetters(!letters)}>
					{t(letters ? "kiosk.key.digits" : "kiosk.key.letters")}
				</button>
			)}
			{kind === "digits" && (
				<button type="button" class="key small" onClick={press("clear")}>
					{t("kiosk.key.clear")}
				</button>
			)}
			{kind !== "code" && !letters && (
				<button type="button" class="key" onClick={press("0")}>
					0
				</button>
			)}
			<button type="button" class="key erase" aria-label={t("kiosk.key.back")} onClick={press("back")}>
				<Icon name="erase" />
			</button>
			<button type="button" class="key enter" disabled={!ready} onClick={press("enter")}>
				{enter}
			</button>
		</div>
	);
}

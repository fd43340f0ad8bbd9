/**
 * Tells a card reader that types like a keyboard from a person who types. Readers send a key every 1–20 ms and end with Enter;
 * fast typists need 80 ms. Uses physical key codes, so an input method in Chinese mode changes nothing.
 */

/** A reader's keys follow each other within this, slow USB readers included; longer means a person. */
export const BURST_GAP_MS = 60;
/** Shortest card number taken for a reader. */
const BURST_LEAST = 4;

export interface Burst {
	readonly text: string;
	readonly lastMs: number;
}

export const NO_BURST: Burst = { text: "", lastMs: 0 };

export interface BurstStep {
	readonly burst: Burst;
	/** Keys that turned out to be typed by a person, in order. */
	readonly typed: readonly string[];
	readonly card?: string;
}

/** The key a physical code stands for on the US layout readers use: a character, `enter`, `back`, or undefined. */
export function keyOf(code: string): string | undefined {
	const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
	if (digit) return digit;
	const letter = /^Key([A-Z])$/.exec(code)?.[1];
	if (letter) return letter;
	if (code === "Enter" || code === "NumpadEnter" || code === "Tab") return "enter";
	if (code === "Backspace" || code === "Delete") return "back";
	if (code === "Minus" || code === "NumpadSubtract") return "-";
	return undefined;
}

/** Takes one key at `atMs`. Characters are held back until the pace tells who types. */
export function pushKey(burst: Burst, key: string, atMs: number): BurstStep {
	const quick = atMs - burst.lastMs <= BURST_GAP_MS;
	if (key === "enter" && quick && burst.text.length >= BURST_LEAST)
		return { burst: NO_BURST, typed: [], card: burst.text };
	if (key === "enter" || key === "back") return { burst: NO_BURST, typed: [...burst.text, key] };
	if (quick) return { burst: { text: burst.text + key, lastMs: atMs }, typed: [] };
	return { burst: { text: key, lastMs: atMs }, typed: [...burst.text] };
}

/** Called when no key came for a while: a long quick run is a reader that sends no Enter, the rest was typed. */
export function settleBurst(burst: Burst, atMs: number): BurstStep {
	if (atMs - burst.lastMs <= BURST_GAP_MS) return { burst, typed: [] };
	if (burst.text.length >= BURST_LEAST) return { burst: NO_BURST, typed: [], card: burst.text };
	return { burst: NO_BURST, typed: [...burst.text] };
}

/** Listens to the whole page; returns the function that stops. */
export function listenForKeys(onCard: (text: string) => void, onKey: (key: string) => void): () => void {
	let burst = NO_BURST;
	let timer: ReturnType<typeof setTimeout> | undefined;
	/** A busy page may have keys still waiting: they come first, since their time stamps tell the pace. */
	const settle = () => {
		if (isInputPending()) timer = setTimeout(settle, 0);
		else apply(settleBurst(burst, performance.now()));
	};
	const apply = (step: BurstStep) => {
		burst = step.burst;
		step.typed.forEach(onKey);
		if (step.card) onCard(step.card);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const key = keyOf(event.code);
		if (!key || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
		const onButton = event.target instanceof HTMLElement && event.target.matches("button, a, input");
		if (onButton && burst.text === "" && (key === "enter" || event.code === "Tab")) return;
		if (event.code === "Tab" && burst.text === "") return;
		event.preventDefault();
		apply(pushKey(burst, key, event.timeStamp));
		clearTimeout(timer);
		timer = setTimeout(settle, BURST_GAP_MS * 2);
	};
	addEventListener("keydown", onKeyDown, true);
	return () => {
		clearTimeout(timer);
		removeEventListener("keydown", onKeyDown, true);
	};
}

/** Chromium only; elsewhere input is simply assumed to be handled before timers. */
const isInputPending = (): boolean =>
	(navigator as { scheduling?: { isInputPending?(): boolean } }).scheduling?.isInputPending?.() ?? false;

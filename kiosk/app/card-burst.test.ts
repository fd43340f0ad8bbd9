import { expect, test } from "bun:test";
import { type Burst, keyOf, NO_BURST, pushKey, settleBurst } from "./card-burst.ts";

/** Feeds keys at a fixed pace and collects what came out. */
function type(keys: readonly string[], paceMs: number) {
	let burst: Burst = NO_BURST;
	const typed: string[] = [];
	const cards: string[] = [];
	let atMs = 1_000;
	const take = (step: { burst: Burst; typed: readonly string[]; card?: string }) => {
		burst = step.burst;
		typed.push(...step.typed);
		if (step.card) cards.push(step.card);
	};
	for (const key of keys) {
		atMs += paceMs;
		take(pushKey(burst, key, atMs));
	}
	take(settleBurst(burst, atMs + 100));
	return { typed: typed.join(" "), cards };
}

test.each([
	["a reader with Enter", [..."0012345678", "enter"], 8, "", ["0012345678"]],
	["a reader without Enter", [..."A1B2C3D4"], 15, "", ["A1B2C3D4"]],
	["a person typing a number", [..."1024", "enter"], 140, "1 0 2 4 enter", []],
	["a fast person", [..."482913", "enter"], 80, "4 8 2 9 1 3 enter", []],
	["two keys at once", ["1", "2"], 5, "1 2", []],
	["deleting", ["1", "back"], 120, "1 back", []],
	["enter alone", ["enter"], 120, "enter", []],
])("%s", (_, keys, paceMs, typed, cards) => {
	expect(type(keys, paceMs)).toEqual({ typed, cards });
});

test("a reader may follow a typed digit", () => {
	const first = pushKey(NO_BURST, "7", 1_000);
	const next = pushKey(first.burst, "0", 1_500);
	expect(next.typed).toEqual(["7"]);
	expect(next.burst.text).toBe("0");
});

test("keys are read by place, not by what an input method makes of them", () => {
	expect(["Digit7", "Numpad7", "KeyQ", "NumpadEnter", "Tab", "Backspace", "ShiftLeft"].map(keyOf)).toEqual([
		"7",
		"7",
		"Q",
		"enter",
		"enter",
		"back",
		undefined,
	]);
});

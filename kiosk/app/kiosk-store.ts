/** Holds the state, feeds events to the machine and hands its effects on. */
import { step } from "./machine.ts";
import type { Effect, KioskEvent, KioskState } from "./state.ts";

export interface KioskStore {
	state(): KioskState;
	send(event: KioskEvent): void;
}

/** `onChange` runs after each event that changed something; `onEffect` once per effect, in order. */
export function makeKioskStore(
	first: KioskState,
	onChange: (state: KioskState, before: KioskState) => void,
	onEffect: (effect: Effect) => void,
): KioskStore {
	let state = first;
	return {
		state: () => state,
		send(event) {
			const before = state;
			const next = step(state, event);
			state = next.state;
			if (state !== before) onChange(state, before);
			next.effects.forEach(onEffect);
		},
	};
}

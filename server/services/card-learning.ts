/**
 * Tap to learn: for a minute the next card a kiosk does not know belongs to one person. Known cards go on as punches,
 * so nobody at the door is held up. People hold a card there a moment longer: the taps right after belong to the same one.
 * Lives in memory: a restart ends every window.
 */
import { employeeByCard } from "../../db/employee.ts";
import type { AppError } from "../base/app-error.ts";
import { conflict } from "../base/app-error.ts";
import { toHex } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, MINUTE_MS, SECOND_MS } from "../base/units.ts";
import type { By } from "./author.ts";
import { type CardInput, type Cards, type CardsDeps, cardLookup } from "./cards.ts";

export const LEARN_WINDOW_MS = MINUTE_MS;
/** A reader repeats a resting card about once a second; nobody learns a card and leaves for home within this. */
export const SAME_CARD_MS = 5 * SECOND_MS;

export interface CardLearningDeps extends Pick<CardsDeps, "store" | "vault"> {
	readonly clock: Clock;
	readonly cards: Cards;
}

export interface LearnRequest extends Pick<CardInput, "employeeId" | "maySee"> {
	readonly kioskId: string;
}

/** What the admin page shows. `gone`: never opened, cancelled, or a result already old. */
export type LearnStatus =
	| { readonly state: "waiting"; readonly kioskId: string; readonly leftSec: number }
	| { readonly state: "learned"; readonly tail: string }
	| { readonly state: "refused"; readonly error: AppError }
	| { readonly state: "expired" }
	| { readonly state: "gone" };

export interface CardLearning {
	/** One window per kiosk; a second person's is a conflict, the same person's starts anew. */
	open(request: LearnRequest, by: By): Result<void>;
	cancel(employeeId: string): void;
	status(employeeId: string): LearnStatus;
	/**
	 * Called by punching before the look-up of a live tap. `learned`: the tap is spent, no punch follows; so is the same
	 * card's for `SAME_CARD_MS` at this kiosk, counted from when it was learned.
	 */
	offer(kioskId: string, cardText: string): Promise<"not_learning" | "learned">;
}

interface Window {
	readonly request: LearnRequest;
	readonly by: By;
	readonly untilMono: number;
	/** Someone's card is being bound right now. */
	busy: boolean;
	result?: LearnStatus;
}

export function makeCardLearning(deps: CardLearningDeps): CardLearning {
	const { clock } = deps;
	const windows = new Map<string, Window>();
	const spent = makeSpentCards(deps);
	const isOpen = (window: Window): boolean => !window.result && clock.monoMs() < window.untilMono;
	const isStale = (window: Window): boolean => clock.monoMs() > window.untilMono + LEARN_WINDOW_MS;
	const sweep = (): void => {
		for (const [kioskId, window] of windows) if (isStale(window)) windows.delete(kioskId);
	};
	const ofPerson = (employeeId: string): [string, Window] | undefined =>
		[...windows].find(([, window]) => window.request.employeeId === employeeId);
	const cancel = (employeeId: string): void => {
		const found = ofPerson(employeeId);
		if (found) windows.delete(found[0]);
	};
	return {
		open(request, by) {
			sweep();
			const other = windows.get(request.kioskId);
			if (other && isOpen(other) && other.request.employeeId !== request.employeeId)
				return fail(conflict("people.learn_busy", "kioskId"));
			cancel(request.employeeId);
			const untilMono = clock.monoMs() + LEARN_WINDOW_MS;
			windows.set(request.kioskId, { request, by, untilMono, busy: false });
			return ok(undefined);
		},
		cancel,
		status(employeeId) {
			sweep();
			const [kioskId, window] = ofPerson(employeeId) ?? [];
			if (!window || !kioskId) return { state: "gone" };
			if (window.result) return window.result;
			if (!isOpen(window)) return { state: "expired" };
			return { state: "waiting", kioskId, leftSec: Math.ceil((window.untilMono - clock.monoMs()) / 1000) };
		},
		async offer(kioskId, cardText) {
			if (spent.has(kioskId, cardText)) return "learned";
			const window = windows.get(kioskId);
			if (!window || window.busy || !isOpen(window)) return "not_learning";
			if (isKnown(deps, window, cardText)) return "not_learning";
			await spent.during(kioskId, cardText, () => learn(deps, window, cardText));
			return "learned";
		},
	};
}

/** A card of somebody else in use is a punch; the person's own card answers the admin's question. */
function isKnown(deps: CardLearningDeps, window: Window, cardText: string): boolean {
	const lookup = cardLookup(deps.vault, cardText);
	const holder = lookup && employeeByCard(deps.store, lookup);
	return !!holder && holder.leftOn === null && holder.id !== window.request.employeeId;
}

async function learn(deps: CardLearningDeps, window: Window, text: string): Promise<boolean> {
	window.busy = true;
	const { employeeId, maySee } = window.request;
	try {
		const added = await deps.cards.add({ employeeId, text, maySee }, window.by);
		window.result = added.ok
			? { state: "learned", tail: added.value.tail }
			: { state: "refused", error: added.error };
		return added.ok;
	} finally {
		window.busy = false;
	}
}

/** The last card learned at each kiosk, for a few seconds. Holds one fingerprint per kiosk, never a card's text. */
function makeSpentCards({ clock, vault }: CardLearningDeps) {
	const last = new Map<string, { readonly print: string; readonly untilMono: number }>();
	const printOf = (text: string): string => toHex(cardLookup(vault, text) ?? new Uint8Array());
	return {
		has(kioskId: string, text: string): boolean {
			const card = last.get(kioskId);
			if (!card) return false;
			if (clock.monoMs() < card.untilMono) return card.print === printOf(text);
			last.delete(kioskId);
			return false;
		},
		/** The card is spent while `bind` runs, and for a while after it bound it. */
		async during(kioskId: string, text: string, bind: () => Promise<boolean>): Promise<void> {
			const note = () =>
				last.set(kioskId, { print: printOf(text), untilMono: clock.monoMs() + SAME_CARD_MS });
			note();
			const isBound = await bind().catch((error) => {
				last.delete(kioskId);
				throw error;
			});
			if (isBound) note();
			else last.delete(kioskId);
		},
	};
}

/**
 * Tap to learn: for a minute the next card a kiosk does not know belongs to one person. Known cards go on as punches,
 * so nobody at the door is held up. Lives in memory: a restart ends every window.
 */
import { employeeByCard } from "../../db/employee.ts";
import type { AppError } from "../base/app-error.ts";
import { conflict } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, MINUTE_MS } from "../base/units.ts";
import type { By } from "./author.ts";
import { type CardInput, type Cards, type CardsDeps, cardLookup } from "./cards.ts";

export const LEARN_WINDOW_MS = MINUTE_MS;

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
	/** Called by punching before the look-up. `learned`: the tap is spent, no punch follows. */
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
			const window = windows.get(kioskId);
			if (!window || window.busy || !isOpen(window)) return "not_learning";
			if (isKnown(deps, window, cardText)) return "not_learning";
			return learn(deps, window, cardText);
		},
	};
}

/** A card of somebody else in use is a punch; the person's own card answers the admin's question. */
function isKnown(deps: CardLearningDeps, window: Window, cardText: string): boolean {
	const lookup = cardLookup(deps.vault, cardText);
	const holder = lookup && employeeByCard(deps.store, lookup);
	return !!holder && holder.leftOn === null && holder.id !== window.request.employeeId;
}

async function learn(deps: CardLearningDeps, window: Window, text: string): Promise<"learned"> {
	window.busy = true;
	const { employeeId, maySee } = window.request;
	try {
		const added = await deps.cards.add({ employeeId, text, maySee }, window.by);
		window.result = added.ok
			? { state: "learned", tail: added.value.tail }
			: { state: "refused", error: added.error };
	} finally {
		window.busy = false;
	}
	return "learned";
}

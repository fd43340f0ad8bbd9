/** What happened, told after the commit: the live board, alarms and caches listen. Ids only; readers look up the rest. */
import type { AlarmKind } from "../../db/alarm.ts";
import { type EventBus, makeEventBus } from "../base/event-bus.ts";

export interface DomainEvents {
	punch: { readonly punchId: string; readonly employeeId: string; readonly workDate: string };
	/** A note was added to a punch. */
	note: { readonly punchId: string; readonly employeeId: string; readonly workDate: string };
	/** A kiosk was paired, approved, changed, suspended, revoked, or reported health. */
	kiosk: { readonly kioskId: string };
	/** An employee, department, shift, card or PIN changed. */
	people: { readonly employeeId: string | null };
	enrolment: { readonly employeeId: string };
	makeup: { readonly requestId: string };
	clock: { readonly deltaMs: number };
	/** One refused try: an unknown face or card, a wrong PIN, a forged request. `kioskId` is empty for an unpaired device. */
	alarm: {
		readonly kind: AlarmKind;
		readonly kioskId: string;
		/** Whose PIN is locked. */
		readonly employeeId?: string;
		/** Where a forged request came from. */
		readonly address?: string;
	};
	/** The counted alarms changed. */
	alarms: object;
}

export type DomainBus = EventBus<DomainEvents>;

export const makeDomainBus = (onListenerError: (error: unknown) => void): DomainBus =>
	makeEventBus<DomainEvents>(onListenerError);

/** Notes beside a punch: "not me" from the door, confirming and voiding from the office. The punch itself never changes. */
import { hasNote, insertNote, type NoteKind, type PunchRow, punchById } from "../../db/punch.ts";
import type { Store } from "../../db/store.ts";
import { forbidden, invalid, notFound } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { refreshDay } from "./refresh-day.ts";
import { sealEvent } from "./sealing.ts";

export interface PunchNotesDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
}

export interface PunchNotes {
	/** Said at the kiosk that took the punch. The same request id twice is one note. */
	notMe(punchId: string, noteId: string, kioskId: string, address: string): Promise<Result<void>>;
	/** An admin looked and the punch counts. */
	confirm(punchId: string, reason: string, by: By): Promise<Result<void>>;
	/** An admin looked and the punch does not count; needs a reason. */
	void(punchId: string, reason: string, by: By): Promise<Result<void>>;
}

interface NewNote {
	readonly id: string;
	readonly kind: NoteKind;
	readonly reason: string;
	readonly by: By;
}

export function makePunchNotes(deps: PunchNotesDeps): PunchNotes {
	const decide = (kind: "confirmed" | "voided") => async (punchId: string, reason: string, by: By) => {
		const text = reason.trim();
		if (kind === "voided" && text.length < 2) return fail(invalid("punches.reason_missing", "reason"));
		if (text.length > 200) return fail(invalid("punches.reason_long", "reason"));
		const punch = punchById(deps.store, punchId);
		if (!punch) return fail(notFound("punches.not_found"));
		return addNote(deps, punch, { id: newId(deps.clock.nowMs()), kind, reason: text, by });
	};
	return {
		async notMe(punchId, noteId, kioskId, address) {
			const punch = punchById(deps.store, punchId);
			if (!punch) return fail(notFound("punches.not_found"));
			if (punch.deviceId !== kioskId) return fail(forbidden("punches.not_yours"));
			const by = { actor: { kind: "kiosk" as const, id: kioskId }, address };
			return addNote(deps, punch, { id: noteId, kind: "not_me", reason: "said_at_kiosk", by });
		},
		confirm: decide("confirmed"),
		void: decide("voided"),
	};
}

async function addNote(
	{ store, clock, bus }: PunchNotesDeps,
	punch: PunchRow,
	note: NewNote,
): Promise<Result<void>> {
	const { id: punchId, employeeId, workDate, zone, seq: ref } = punch;
	const nowMs = clock.nowMs();
	await store.commit((tx) => {
		if (hasNote(tx, note.id)) return;
		const { kind, reason, by } = note;
		const detail = { ref, note: kind, reason, emp: employeeId };
		const on = { objectKind: "punch", objectId: punchId, nowMs };
		const seq = sealEvent(tx, { type: "correction", ...by, action: `punches.${kind}`, ...on, detail });
		insertNote(tx, {
			id: note.id,
			punchId,
			kind,
			reason,
			madeBy: `${by.actor.kind}:${by.actor.id}`,
			atMs: nowMs,
			seq,
		});
		refreshDay(tx, employeeId, workDate, { zone, nowMs });
	});
	bus.emit("note", { punchId, employeeId, workDate });
	return ok(undefined);
}

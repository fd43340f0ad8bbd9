/** Records consents to face recognition. Withdrawal erases data and therefore lives in `face-withdrawal.ts`. */
import {
	type ConsentChannel,
	type ConsentRow,
	closeConsent,
	consentInForce,
	insertConsent,
} from "../../db/consent.ts";
import { employeeById } from "../../db/employee.ts";
import { enrolmentOf } from "../../db/enrolment.ts";
import type { Store, Tx } from "../../db/store.ts";
import { conflict, notFound, unavailable } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import type { Clock } from "../base/units.ts";
import type { ConsentText } from "../protocol/kiosk.ts";
import type { By } from "./author.ts";
import { consentHash } from "./consent-text.ts";
import type { DomainBus } from "./events.ts";
import { sealEvent } from "./sealing.ts";

export interface ConsentsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	isFaceOn(): boolean;
	text(lang: Lang): ConsentText;
}

/** What the person agreed to, and how. */
export interface GivenConsent {
	/** Version of the text that was on the screen or on the paper. */
	readonly version: string;
	readonly lang: Lang;
	readonly channel: ConsentChannel;
}

export interface Consents {
	/** The text in force. */
	text(lang: Lang): ConsentText;
	inForce(employeeId: string): ConsentRow | undefined;
	/**
	 * Stores that the person agreed. An older consent is closed and replaced, one to the very same text is kept.
	 * Fails with `enrol.face_off`, `people.not_found`, or `enrol.consent_changed` when the text has a newer version.
	 */
	give(employeeId: string, given: GivenConsent, by: By): Promise<Result<ConsentRow>>;
	/**
	 * Closes a consent that led to no enrolment, so that nothing needs erasing. Leaves it alone when somebody else enrolled the
	 * person under it in the meantime.
	 */
	drop(employeeId: string, by: By): Promise<void>;
}

export function makeConsents(deps: ConsentsDeps): Consents {
	const { store, clock, text } = deps;
	return {
		text,
		inForce: (employeeId) => consentInForce(store, employeeId),
		give: (employeeId, given, by) => give(deps, employeeId, given, by),
		async drop(employeeId, by) {
			await store.commit((tx) => {
				if (enrolmentOf(tx, employeeId, "approved") || enrolmentOf(tx, employeeId, "pending")) return;
				if (closeConsent(tx, employeeId, by.actor.id, clock.nowMs()))
					seal(tx, "withdraw", "face-consent.drop", employeeId, {}, by, clock.nowMs());
			});
		},
	};
}

async function give(
	deps: ConsentsDeps,
	employeeId: string,
	given: GivenConsent,
	by: By,
): Promise<Result<ConsentRow>> {
	if (!deps.isFaceOn()) return fail(unavailable("enrol.face_off"));
	const text = deps.text(given.lang);
	if (text.version !== given.version) return fail(conflict("enrol.consent_changed"));
	const nowMs = deps.clock.nowMs();
	const textHash = consentHash(text);
	const result = await deps.store.commit((tx): Result<ConsentRow> => {
		if (!employeeById(tx, employeeId)) return fail(notFound("people.not_found"));
		const known = consentInForce(tx, employeeId);
		if (known?.textHash === textHash) return ok(known);
		if (known) closeConsent(tx, employeeId, "replaced", nowMs);
		const { lang, channel, version: textVersion } = given;
		const row = { id: newId(nowMs), employeeId, textVersion, textHash, lang, channel, givenMs: nowMs };
		insertConsent(tx, { ...row, recordedBy: by.actor.id });
		seal(tx, "consent", "face-consent.give", employeeId, { textVersion, textHash, lang, channel }, by, nowMs);
		return ok(consentInForce(tx, employeeId)!);
	});
	if (result.ok) deps.bus.emit("enrolment", { employeeId });
	return result;
}

function seal(
	tx: Tx,
	type: "consent" | "withdraw",
	action: string,
	objectId: string,
	detail: Record<string, string>,
	by: By,
	nowMs: number,
): void {
	sealEvent(tx, { type, action, objectKind: "employee", objectId, detail, ...by, nowMs });
}

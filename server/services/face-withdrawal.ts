/**
 * Withdrawal of the consent to face recognition, and the erasure that follows: refused at once, rows and key destroyed, journal
 * emptied. Also for people who have left, and at the start for erasures a power cut has interrupted. Punches stay.
 */
import { closeConsent, consentInForce } from "../../db/consent.ts";
import { employeeById } from "../../db/employee.ts";
import { withdrawEnrolments } from "../../db/enrolment.ts";
import {
	deleteBiometricRows,
	type ErasedRows,
	emptyJournal,
	peopleWithBiometrics,
	withdrawnWithoutRows,
} from "../../db/erasure.ts";
import type { Store } from "../../db/store.ts";
import { notFound } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock, DateText } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import type { FaceIndex } from "./face-index.ts";
import { sealEvent } from "./sealing.ts";
import type { Turns } from "./turns.ts";

export interface FaceWithdrawalDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly vault: Vault;
	readonly faces: FaceIndex;
	readonly turns: Turns;
	/** Receives a journal that could not be emptied (a full disk); the next sweep tries again. */
	readonly onError: (error: unknown) => void;
	today(): DateText;
}

export interface FaceWithdrawal {
	/**
	 * Takes the consent back and erases templates, enrolment photos, evidence photos and the person's key. The face is unknown
	 * before this resolves; the same call again erases nothing more. Fails only with `people.not_found`.
	 */
	withdrawFace(employeeId: string, by: By): Promise<Result<ErasedRows>>;
	/** Does the same for everyone whose last working day has passed; returns how many. For a daily job and after a change. */
	eraseLeavers(): Promise<number>;
	/** Empties the journal when an erasure could not (a reader, a full disk). Never throws; cheap when there is nothing to do. */
	sweepJournal(): void;
	/** At the start: finishes interrupted erasures; the people whose templates have no key (lost key file). */
	checkAtStart(): { readonly finished: number; readonly keyless: readonly string[] };
}

const BOX: By = { actor: { kind: "box", id: "box" }, address: "local" };

export function makeFaceWithdrawal(deps: FaceWithdrawalDeps): FaceWithdrawal {
	const { store, vault } = deps;
	let journalDue = false;
	const sweepJournal = (): void => {
		try {
			if (journalDue) journalDue = !emptyJournal(store);
		} catch (error) {
			deps.onError(error);
		}
	};
	const withdrawFace = (employeeId: string, by: By) =>
		deps.turns(employeeId, async () => {
			const erased = await erase(deps, employeeId, by);
			journalDue = true;
			sweepJournal();
			return erased;
		});
	return {
		withdrawFace,
		sweepJournal,
		async eraseLeavers() {
			const today = deps.today();
			let count = 0;
			for (const { employeeId } of peopleWithBiometrics(store)) {
				const leftOn = employeeById(store, employeeId)?.leftOn;
				if (!leftOn || leftOn >= today) continue;
				await withdrawFace(employeeId, BOX);
				count++;
			}
			return count;
		},
		checkAtStart() {
			const unfinished = withdrawnWithoutRows(store);
			for (const employeeId of unfinished) vault.destroyBio(employeeId);
			const keyless = peopleWithBiometrics(store)
				.filter(({ templates }) => templates > 0)
				.filter(({ employeeId }) => !vault.hasBio(employeeId))
				.map(({ employeeId }) => employeeId);
			return { finished: unfinished.length, keyless };
		},
	};
}

async function erase(deps: FaceWithdrawalDeps, employeeId: string, by: By): Promise<Result<ErasedRows>> {
	const { store, clock, faces, vault, bus } = deps;
	if (!employeeById(store, employeeId)) return fail(notFound("people.not_found"));
	faces.forget(employeeId);
	const erased = await store
		.commit((tx) => {
			const nowMs = clock.nowMs();
			const on = { objectKind: "employee", objectId: employeeId, ...by, nowMs };
			const consent = consentInForce(tx, employeeId);
			if (consent) {
				closeConsent(tx, employeeId, by.actor.id, nowMs);
				sealEvent(tx, {
					type: "withdraw",
					action: "face-consent.withdraw",
					...on,
					detail: { consent: consent.id },
				});
			}
			withdrawEnrolments(tx, employeeId, by.actor.id, nowMs);
			const removed = deleteBiometricRows(tx, employeeId);
			sealEvent(tx, { type: "erase", action: "enrolment.erase", ...on, detail: { ...removed } });
			return removed;
		})
		.catch((error) => {
			faces.reload(employeeId);
			throw error;
		});
	vault.destroyBio(employeeId);
	faces.reload(employeeId);
	bus.emit("enrolment", { employeeId });
	return ok(erased);
}

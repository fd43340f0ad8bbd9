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
	leaversWithBiometrics,
	peopleWithBiometrics,
	withdrawnWithoutRows,
} from "../../db/erasure.ts";
import type { Db, Store, Tx } from "../../db/store.ts";
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
	 * before this resolves; the same call again erases nothing more and seals nothing. Fails only with `people.not_found`.
	 */
	withdrawFace(employeeId: string, by: By): Promise<Result<ErasedRows>>;
	/**
	 * Does the same for everyone whose last working day has passed; returns of how many something was erased.
	 * For a daily job and after a change; calls may overlap.
	 */
	eraseLeavers(): Promise<number>;
	/** Empties the journal when an erasure could not (a reader, a full disk). Never throws; cheap when there is nothing to do. */
	sweepJournal(): void;
	/** At the start: how many interrupted erasures were finished; the people whose templates have no key (lost key file). */
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
	const eraseNow = async (employeeId: string, by: By, isDue?: IsDue): Promise<Result<ErasedRows>> => {
		const erased = await erase(deps, employeeId, by, isDue);
		journalDue = true;
		sweepJournal();
		return erased;
	};
	/** Looked at in the transaction itself: meanwhile somebody may have erased it, or the person come back. */
	const isLeaver = (tx: Db, employeeId: string): boolean =>
		leaversWithBiometrics(tx, deps.today()).includes(employeeId);
	return {
		withdrawFace: (employeeId, by) => deps.turns(employeeId, () => eraseNow(employeeId, by)),
		sweepJournal,
		async eraseLeavers() {
			let count = 0;
			for (const employeeId of leaversWithBiometrics(store, deps.today()))
				if ((await deps.turns(employeeId, () => eraseNow(employeeId, BOX, isLeaver))).ok) count++;
			return count;
		},
		checkAtStart() {
			const unfinished = withdrawnWithoutRows(store).filter((id) => vault.hasBio(id));
			for (const employeeId of unfinished) vault.destroyBio(employeeId);
			const keyless = peopleWithBiometrics(store)
				.filter(({ templates }) => templates > 0)
				.filter(({ employeeId }) => !vault.hasBio(employeeId))
				.map(({ employeeId }) => employeeId);
			return { finished: unfinished.length, keyless };
		},
	};
}

type IsDue = (tx: Db, employeeId: string) => boolean;

const nobody = () => notFound("people.not_found");

async function erase(
	deps: FaceWithdrawalDeps,
	employeeId: string,
	by: By,
	isDue: IsDue = () => true,
): Promise<Result<ErasedRows>> {
	const { store, faces, vault, bus } = deps;
	if (!employeeById(store, employeeId)) return fail(nobody());
	faces.forget(employeeId);
	const erased = await store
		.commit((tx) =>
			isDue(tx, employeeId) ? ok(eraseRows(tx, employeeId, by, deps.clock.nowMs())) : fail(nobody()),
		)
		.catch((error) => {
			faces.reload(employeeId);
			throw error;
		});
	if (erased.ok) vault.destroyBio(employeeId);
	faces.reload(employeeId);
	if (erased.ok) bus.emit("enrolment", { employeeId });
	return erased;
}

/** Seals what it did, and nothing when there was nothing to do. */
function eraseRows(tx: Tx, employeeId: string, by: By, nowMs: number): ErasedRows {
	const on = { objectKind: "employee", objectId: employeeId, ...by, nowMs };
	const consent = consentInForce(tx, employeeId);
	if (consent) {
		closeConsent(tx, employeeId, by.actor.id, nowMs);
		const detail = { consent: consent.id };
		sealEvent(tx, { type: "withdraw", action: "face-consent.withdraw", ...on, detail });
	}
	const ended = withdrawEnrolments(tx, employeeId, by.actor.id, nowMs);
	const removed = deleteBiometricRows(tx, employeeId);
	if (consent || ended + removed.templates + removed.photos + removed.punchPhotos > 0)
		sealEvent(tx, { type: "erase", action: "enrolment.erase", ...on, detail: { ...removed } });
	return removed;
}

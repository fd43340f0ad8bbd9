/**
 * PINs of people: set, drawn, removed, checked. Stored as argon2id over a fingerprint keyed by the box, so a copied
 * database alone cannot be searched for six digits. Counting wrong tries is the caller's business.
 */
import { type Employee, employeeById } from "../../db/employee.ts";
import { deletePin, pinHash, writePin } from "../../db/pin.ts";
import { readSetting } from "../../db/setting.ts";
import type { Db, Store } from "../../db/store.ts";
import { invalid, notFound } from "../base/app-error.ts";
import { toBase64Url, utf8 } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import type { Hashing } from "./hashing.ts";
import { checkPin } from "./pin-rules.ts";
import { sealEvent } from "./sealing.ts";

export interface PinsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly vault: Pick<Vault, "hostMac">;
	readonly hashing: Hashing;
}

export interface Pins {
	set(employeeId: string, pin: string, by: By): Promise<Result<void>>;
	/** Draws a PIN, stores its hash and hands it back once. */
	draw(employeeId: string, by: By): Promise<Result<string>>;
	remove(employeeId: string, by: By): Promise<Result<void>>;
	/**
	 * Fails with `people.pin_wrong` for a wrong PIN, a person without one and nobody at all, each after the same work;
	 * with `unavailable` when too many checks wait already.
	 */
	verifyPin(employeeId: string | null, pin: string): Promise<Result<void>>;
}

export const MIN_DIGITS_SETTING = "pin.min_digits";
const DEFAULT_MIN_DIGITS = 6;

/** The fewest digits a PIN may have; never below 6 (NIST SP 800-63B §5.1.1.1 for memorised secrets made of digits). */
export const minPinDigits = (db: Db): number =>
	Math.min(12, Math.max(DEFAULT_MIN_DIGITS, readSetting<number>(db, MIN_DIGITS_SETTING) ?? 0));

export function makePins(deps: PinsDeps): Pins {
	const { store, vault, hashing } = deps;
	const peppered = (employeeId: string, pin: string): string =>
		toBase64Url(vault.hostMac("pin", utf8(`${employeeId}\n${pin}`)));
	let decoy: Promise<Result<string>> | undefined;
	const set = async (employeeId: string, pin: string, by: By): Promise<Result<void>> => {
		const person = employeeById(store, employeeId);
		if (!person) return fail(notFound("people.not_found"));
		const checked = checkPin(pin, person.number, minPinDigits(store));
		if (!checked.ok) return checked;
		const hash = await hashing.hash(peppered(employeeId, pin), "pin");
		if (!hash.ok) return hash;
		await save(deps, person, hash.value, by);
		return ok(undefined);
	};
	return {
		set,
		async draw(employeeId, by) {
			const person = employeeById(store, employeeId);
			if (!person) return fail(notFound("people.not_found"));
			const pin = drawPin(person.number, minPinDigits(store));
			const result = await set(employeeId, pin, by);
			return result.ok ? ok(pin) : result;
		},
		remove: (employeeId, by) => remove(deps, employeeId, by),
		async verifyPin(employeeId, pin) {
			const stored = employeeId === null ? null : pinHash(store, employeeId);
			decoy ??= hashing.hash(peppered("nobody", "decoy"), "pin");
			// Waited for on every path: the first try after a start must not tell either.
			const spare = await decoy;
			if (!spare.ok) {
				decoy = undefined;
				return spare;
			}
			const right = await hashing.verify(peppered(employeeId ?? "nobody", pin), stored ?? spare.value);
			if (!right.ok) return right;
			return right.value && stored !== null ? ok(undefined) : fail(invalid("people.pin_wrong", "pin"));
		},
	};
}

/** Uniform over the PINs that `checkPin` lets pass. */
function drawPin(ownNumber: string, digits: number): string {
	for (;;) {
		const bytes = crypto.getRandomValues(new Uint8Array(digits * 4));
		const pin = [...bytes].filter((byte) => byte < 250).map((byte) => byte % 10);
		const text = pin.slice(0, digits).join("");
		if (text.length === digits && checkPin(text, ownNumber, digits).ok) return text;
	}
}

async function save({ store, clock, bus }: PinsDeps, person: Employee, hash: string, by: By): Promise<void> {
	const nowMs = clock.nowMs();
	await store.commit((tx) => {
		writePin(tx, person.id, hash, nowMs);
		sealEvent(tx, {
			type: "enrol",
			action: "people.pin_set",
			objectKind: "employee",
			objectId: person.id,
			detail: { method: "pin" },
			...by,
			nowMs,
		});
	});
	bus.emit("people", { employeeId: person.id });
}

async function remove({ store, clock, bus }: PinsDeps, employeeId: string, by: By): Promise<Result<void>> {
	const removed = await store.commit((tx) => {
		if (!deletePin(tx, employeeId)) return false;
		sealEvent(tx, {
			type: "unenrol",
			action: "people.pin_remove",
			objectKind: "employee",
			objectId: employeeId,
			detail: { method: "pin" },
			...by,
			nowMs: clock.nowMs(),
		});
		return true;
	});
	if (!removed) return fail(notFound("people.pin_none"));
	bus.emit("people", { employeeId });
	return ok(undefined);
}

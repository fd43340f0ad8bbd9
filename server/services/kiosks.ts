/** Pairing, approving, renaming, suspending and revoking kiosks; and what they report about themselves. */
import { createHash, createPublicKey } from "node:crypto";
import * as rows from "../../db/kiosk.ts";
import type { Store, Tx } from "../../db/store.ts";
import { conflict, forbidden, invalid, notFound } from "../base/app-error.ts";
import { fromBase64Url, utf8 } from "../base/bytes.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, MINUTE_MS } from "../base/units.ts";
import type { HelloRequest, PairRequest } from "../protocol/kiosk.ts";
import type { PairCode } from "../protocol/refusals.ts";
import type { By } from "./author.ts";
import type { DoorDays } from "./door-days.ts";
import type { DomainBus } from "./events.ts";
import { sealEvent } from "./sealing.ts";

export interface KiosksDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly doorDays: Pick<DoorDays, "noteSight">;
}

export interface KioskPlan {
	readonly name: string;
	readonly place: string;
	readonly direction: "auto" | "in" | "out";
	/** People are named as they pass. Left out: as it is, and off for a new kiosk. */
	readonly passing?: boolean;
}

export interface Kiosks {
	/** A one-time code (40 bits, 5 minutes) for the admin to type or show at the kiosk. */
	makeCode(plan: KioskPlan, by: By): Promise<Result<{ code: string; expiresMs: number }>>;
	/** A kiosk shows its key and the code; it waits for approval afterwards. */
	pair(request: PairRequest, address: string): Promise<Result<{ kioskId: string }>>;
	approve(id: string, by: By): Promise<Result<void>>;
	change(id: string, plan: KioskPlan, by: By): Promise<Result<void>>;
	suspend(id: string, by: By): Promise<Result<void>>;
	/** Takes effect with the next request (≤ 1 s); cannot be undone, the device pairs anew. */
	revoke(id: string, by: By): Promise<Result<void>>;
	noteHello(id: string, hello: HelloRequest, address: string): Promise<void>;
}

/** 32 letters without I, L, O, U: 8 of them hold 40 bits and read well aloud. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const PAIRING_CODE_LIFE_MS = 5 * MINUTE_MS;

/** Upper case, no separators, and the letters people confuse mapped to the digit they look like. */
export const normaliseCode = (typed: string): string =>
	typed.toUpperCase().replace(/[\s-]/g, "").replace(/[OU]/g, "0").replace(/[IL]/g, "1");

const codeHash = (code: string): Uint8Array => createHash("sha256").update(`pairing\n${code}`).digest();

export function makeKiosks(deps: KiosksDeps): Kiosks {
	const { store, clock, bus } = deps;
	const decide = async (
		id: string,
		status: rows.KioskStatus,
		from: readonly rows.KioskStatus[],
		by: By,
	): Promise<Result<void>> => {
		const done = await store.commit((tx): Result<void> => {
			// Looked at inside the transaction: of two decisions at once the second sees the first.
			const row = rows.kioskById(tx, id);
			if (!row) return fail(notFound("kiosks.not_found"));
			if (!from.includes(row.status)) return fail(conflict("kiosks.wrong_state"));
			const nowMs = clock.nowMs();
			rows.decideKiosk(tx, id, status, by.actor.id, nowMs);
			const type = status === "active" ? "device-pair" : "device-revoke";
			seal(tx, type, `kiosks.${status}`, id, {}, by, nowMs);
			return ok(undefined);
		});
		if (done.ok) bus.emit("kiosk", { kioskId: id });
		return done;
	};
	return {
		makeCode: (plan, by) => makeCode(deps, plan, by),
		pair: (request, address) => pair(deps, request, address),
		approve: (id, by) => decide(id, "active", ["pending", "suspended"], by),
		suspend: (id, by) => decide(id, "suspended", ["active"], by),
		revoke: (id, by) => decide(id, "revoked", ["pending", "active", "suspended"], by),
		async change(id, plan, by) {
			const checked = checkPlan(plan);
			if (!checked.ok) return checked;
			if (!rows.kioskById(store, id)) return fail(notFound("kiosks.not_found"));
			await store.commit((tx) => {
				rows.renameKiosk(tx, id, checked.value);
				seal(tx, "setting", "kiosks.change", id, wordsOf(checked.value), by, clock.nowMs());
			});
			bus.emit("kiosk", { kioskId: id });
			return ok(undefined);
		},
		noteHello: (id, hello, address) => noteHello(deps, id, hello, address),
	};
}

/** As the audit keeps it: text alone. */
const wordsOf = ({ passing, ...plan }: KioskPlan): Record<string, string> =>
	passing === undefined ? plan : { ...plan, passing: passing ? "yes" : "no" };

function checkPlan(plan: KioskPlan): Result<KioskPlan> {
	const name = plan.name.trim();
	const place = plan.place.trim();
	if (name.length === 0 || name.length > 40) return fail(invalid("kiosks.name_length", "name"));
	if (place.length > 60) return fail(invalid("kiosks.place_length", "place"));
	const { direction, passing } = plan;
	return ok({ name, place, direction, ...(passing !== undefined && { passing }) });
}

async function makeCode({ store, clock }: KiosksDeps, plan: KioskPlan, by: By) {
	const checked = checkPlan(plan);
	if (!checked.ok) return checked;
	const code = Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => ALPHABET[b % 32]).join("");
	const nowMs = clock.nowMs();
	const expiresMs = nowMs + PAIRING_CODE_LIFE_MS;
	const hash = Buffer.from(codeHash(code));
	await store.commit((tx) => {
		rows.deleteOldPairingCodes(tx, nowMs - PAIRING_CODE_LIFE_MS);
		rows.insertPairingCode(tx, { hash, ...checked.value, madeBy: by.actor.id, expiresMs });
		seal(tx, "device-pair", "kiosks.code", "new", wordsOf(checked.value), by, nowMs);
	});
	return ok({ code, expiresMs });
}

async function pair({ store, clock, bus }: KiosksDeps, request: PairRequest, address: string) {
	const nowMs = clock.nowMs();
	const hash = codeHash(normaliseCode(request.code));
	const code = rows.pairingCodeByHash(store, hash, nowMs);
	if (!code) return fail(forbidden("kiosk.pair.wrong_code" satisfies PairCode));
	const publicKey = readPublicKey(request.publicKey);
	if (!publicKey) return fail(invalid("kiosk.pair.bad_key" satisfies PairCode));
	const id = newId(nowMs);
	const by = { actor: { kind: "kiosk" as const, id }, address };
	const done = await store.commit((tx) => {
		if (!rows.pairingCodeByHash(tx, hash, nowMs)) return false;
		rows.usePairingCode(tx, hash, nowMs);
		const { name, place } = code;
		const direction = code.direction as KioskPlan["direction"];
		const plain = { id, name, place, direction, publicKey, label: request.label };
		rows.insertKiosk(tx, { ...plain, status: "pending", counter: 0, createdMs: nowMs, health: {} });
		seal(tx, "device-pair", "kiosks.pair", id, { key: keyFingerprint(request.publicKey) }, by, nowMs);
		return true;
	});
	if (!done) return fail(forbidden("kiosk.pair.wrong_code" satisfies PairCode));
	bus.emit("kiosk", { kioskId: id });
	return ok({ kioskId: id });
}

function readPublicKey(text: string): Buffer | undefined {
	try {
		const der = Buffer.from(fromBase64Url(text));
		const key = createPublicKey({ key: der, format: "der", type: "spki" });
		return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? der : undefined;
	} catch {
		return undefined;
	}
}

/** Sixteen hex digits over the key's text: the kiosk shows the same while it waits. */
export const keyFingerprint = (publicKey: string): string =>
	createHash("sha256").update(utf8(publicKey)).digest("hex").slice(0, 16).toUpperCase();

async function noteHello(
	{ store, clock, bus, doorDays }: KiosksDeps,
	id: string,
	hello: HelloRequest,
	address: string,
) {
	const nowMs = clock.nowMs();
	if (hello.sight) doorDays.noteSight(id, hello.sight);
	const { camera, queued, oldestQueuedMs, stuck, version, backend, frameMs, atMs } = hello;
	const health = {
		camera,
		queued,
		oldestQueuedMs,
		stuck,
		version,
		backend,
		frameMs,
		driftMs: atMs - nowMs,
		address,
	};
	await store.commit((tx) => {
		rows.noteHealth(tx, id, health, nowMs);
		if (camera === "ok") rows.noteCameraProved(tx, id, nowMs);
	});
	bus.emit("kiosk", { kioskId: id });
}

function seal(
	tx: Tx,
	type: "device-pair" | "device-revoke" | "setting",
	action: string,
	objectId: string,
	detail: Record<string, string>,
	{ actor, address }: By,
	nowMs: number,
): void {
	sealEvent(tx, { type, actor, action, objectKind: "kiosk", objectId, detail, address, nowMs });
}

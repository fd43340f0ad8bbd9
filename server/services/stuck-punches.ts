/**
 * Punches that a kiosk keeps and the box cannot take in: unreadable since the box's key was replaced, or refused for good.
 * An owner has them sent once more, or handed over as they are and kept in the box, sealed, for as long as it lives.
 * Nothing here opens one, and nothing ever deletes one.
 */
import { createHash } from "node:crypto";
import { kioskById } from "../../db/kiosk.ts";
import type { Store, Tx } from "../../db/store.ts";
import * as rows from "../../db/stuck.ts";
import { conflict, notFound } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { HelloRequest } from "../protocol/kiosk.ts";
import type { SetAsideReply, SetAsideRequest, StuckOrder } from "../protocol/stuck.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { sealEvent } from "./sealing.ts";

export interface StuckPunchesDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
}

export interface StuckPunches {
	/** Fails with `kiosks.not_found`, or `kiosks.nothing_stuck` when its last report names none. */
	order(kioskId: string, what: StuckOrder["what"], by: By): Promise<Result<void>>;
	/** What the kiosk is to do, once its report is taken in: ends an order that is done or has no object left. */
	afterHello(kioskId: string, hello: HelloRequest): Promise<StuckOrder | undefined>;
	/** Keeps what the kiosk hands over while an owner wants it; the same entry again is kept once. */
	setAside(kioskId: string, request: SetAsideRequest, address: string): Promise<SetAsideReply>;
	/** One entry as a file for safe keeping or for whoever holds the old key. Fails with `kiosks.not_found`. */
	file(kioskId: string, id: string, by: By): Promise<Result<string>>;
}

/** Far more than any outage leaves behind; a kiosk that hands over more is broken or hostile, and keeps the rest itself. */
const MOST_PER_KIOSK = 2_000;

export function makeStuckPunches(deps: StuckPunchesDeps): StuckPunches {
	const { store, clock, bus } = deps;
	return {
		async order(kioskId, what, by) {
			const kiosk = kioskById(store, kioskId);
			if (!kiosk) return fail(notFound("kiosks.not_found"));
			if (!kiosk.health.stuck?.length) return fail(conflict("kiosks.nothing_stuck"));
			const count = kiosk.health.stuck.reduce((sum, group) => sum + group.count, 0);
			await store.commit((tx) => {
				const nowMs = clock.nowMs();
				rows.putStuckOrder(tx, { kioskId, what, orderedBy: by.actor.id, orderedMs: nowMs });
				const on = { objectKind: "kiosk", objectId: kioskId, detail: { count } };
				sealEvent(tx, { type: "setting", action: `kiosks.stuck_${what}`, ...on, ...by, nowMs });
			});
			bus.emit("kiosk", { kioskId });
			return ok(undefined);
		},
		async afterHello(kioskId, { stuck, doneOrder }) {
			const order = rows.stuckOrderOf(store, kioskId);
			if (!order) return undefined;
			if (stuck?.length && doneOrder !== order.orderedMs) return { id: order.orderedMs, what: order.what };
			await store.commit((tx) => rows.endStuckOrder(tx, kioskId));
			return undefined;
		},
		async setAside(kioskId, { entries }, address) {
			if (rows.stuckOrderOf(store, kioskId)?.what !== "hand_over") return { kept: [] };
			const kept = await store.commit((tx) =>
				entries.filter((entry) => keep(tx, kioskId, entry, address, clock.nowMs())).map(({ id }) => id),
			);
			bus.emit("kiosk", { kioskId });
			return { kept };
		},
		file: (kioskId, id, by) => handOut(deps, kioskId, id, by),
	};
}

type Entry = SetAsideRequest["entries"][number];

function keep(tx: Tx, kioskId: string, entry: Entry, address: string, nowMs: number): boolean {
	const { id, sealed, madeMs, code } = entry;
	const stored = rows.setAsideById(tx, kioskId, id);
	if (stored) return stored.sealed === sealed;
	if (rows.countSetAside(tx, kioskId) >= MOST_PER_KIOSK) return false;
	const detail = {
		entry: id,
		at: new Date(madeMs).toISOString(),
		why: code,
		sha256: createHash("sha256").update(sealed).digest("hex"),
	};
	const seq = sealEvent(tx, {
		type: "import",
		actor: { kind: "kiosk", id: kioskId },
		action: "kiosks.set_aside",
		objectKind: "kiosk",
		objectId: kioskId,
		detail,
		address,
		nowMs,
	});
	rows.insertSetAside(tx, { id, kioskId, sealed, code, madeMs, receivedMs: nowMs, seq });
	return true;
}

async function handOut(
	{ store, clock }: StuckPunchesDeps,
	kioskId: string,
	id: string,
	by: By,
): Promise<Result<string>> {
	const row = rows.setAsideById(store, kioskId, id);
	if (!row) return fail(notFound("kiosks.not_found"));
	const on = { objectKind: "kiosk", objectId: kioskId, detail: { entry: id } };
	await store.commit((tx) =>
		sealEvent(tx, { type: "export", action: "kiosks.set_aside_file", ...on, ...by, nowMs: clock.nowMs() }),
	);
	const times = {
		madeAt: new Date(row.madeMs).toISOString(),
		receivedAt: new Date(row.receivedMs).toISOString(),
	};
	const { code, seq, sealed } = row;
	return ok(
		`${JSON.stringify({ format: "attqueue/v1", id, kiosk: kioskId, ...times, code, seq, sealed }, null, 2)}\n`,
	);
}

/**
 * Writes into the evidence log: every act becomes a leaf in the same transaction as its row, and each transaction ends
 * with a signed checkpoint. The only place that appends leaves.
 */
import { randomBytes } from "node:crypto";
import { type ActorKind, insertAudit } from "../../db/audit.ts";
import * as ledger from "../../db/ledger.ts";
import type { Store, Tx } from "../../db/store.ts";
import { utf8 } from "../base/bytes.ts";
import type { Clock } from "../base/units.ts";
import { signCheckpoint } from "../ledger/checkpoint.ts";
import { commitBody, formatTime, type LeafType, leafHash, sealTimeMs } from "../ledger/entry.ts";
import { canonicalJson, type JsonValue } from "../ledger/json.ts";
import { appendLeaf, rootHash } from "../ledger/tree.ts";
import type { Signer } from "../ledger/vkey.ts";

/** Who acts: a signed-in account, a paired kiosk, or the box itself. */
export interface Actor {
	readonly kind: ActorKind;
	readonly id: string;
}

/** An act that changes something; sealed in the ledger and listed in the audit. */
export interface SealedEvent {
	readonly type: LeafType;
	readonly actor: Actor;
	/** Stable name of the act, `area.verb`, e.g. `people.create`. */
	readonly action: string;
	readonly objectKind: string;
	readonly objectId: string;
	/** No names, no photos, no secrets: ids, old and new values of plain settings. */
	readonly detail: { readonly [key: string]: JsonValue };
	readonly address: string;
	readonly nowMs: number;
}

/** A look at personal data; listed in the audit, not sealed. */
export type Look = Omit<SealedEvent, "type">;

/** Appends one leaf and returns its sequence number. Must run inside `store.commit`. O(log n) reads. */
export function sealLeaf(tx: Tx, type: LeafType, body: JsonValue, nowMs: number): number {
	const seq = ledger.ledgerSize(tx);
	const last = ledger.lastLeaf(tx);
	const previous = last ? { type: last.type, timeMs: Date.parse(last.time) } : undefined;
	const timeMs = sealTimeMs(previous, nowMs);
	const salt = randomBytes(32);
	const bytes = utf8(canonicalJson(body));
	const commitment = commitBody(salt, bytes);
	const leaf = leafHash({ seq, type, timeMs, commitment });
	ledger.insertNodes(tx, appendLeaf(seq, ledger.nodeReader(tx), leaf));
	ledger.insertLeaf(tx, { seq, type, time: formatTime(timeMs), salt, body: bytes, commitment, leaf });
	return seq;
}

/** Seals an act and lists it in the audit; returns the leaf's sequence number. */
export function sealEvent(tx: Tx, event: SealedEvent): number {
	const { actor, action, objectKind, objectId, detail, nowMs } = event;
	const body = {
		v: 1,
		by: `${actor.kind}:${actor.id}`,
		act: action,
		on: `${objectKind}:${objectId}`,
		...detail,
	};
	const seq = sealLeaf(tx, event.type, body, nowMs);
	insertAudit(tx, {
		atMs: nowMs,
		actorKind: actor.kind,
		actorId: actor.id,
		action,
		objectKind,
		objectId,
		detail,
		address: event.address,
		seq,
	});
	return seq;
}

/** Lists a look at personal data in the audit. */
export function noteLook(tx: Tx, look: Look): void {
	const { actor, action, objectKind, objectId, detail, address, nowMs } = look;
	const who = { actorKind: actor.kind, actorId: actor.id };
	insertAudit(tx, { atMs: nowMs, ...who, action, objectKind, objectId, detail, address, seq: null });
}

/** From now on each transaction that grows the log ends with a checkpoint signed by `signer`. */
export function attachCheckpoints(store: Store, signer: Signer, clock: Clock): void {
	store.beforeCommit((tx) => {
		const size = ledger.ledgerSize(tx);
		const latest = ledger.latestCheckpoint(tx);
		if (size === (latest?.size ?? 0)) return;
		const root = rootHash(size, ledger.nodeReader(tx));
		const note = signCheckpoint({ origin: signer.name, size, root }, signer);
		ledger.insertCheckpoint(tx, { size, note, atMs: clock.nowMs() });
	});
}

/** Cards of people. A card's text is opaque: nothing in it is parsed, and only a keyed fingerprint of it is stored. */
import { type Card, cardById, cardInUse, endCardRow, insertCard } from "../../db/card.ts";
import { type Employee, employeeByCard, employeeById } from "../../db/employee.ts";
import type { Store, Tx } from "../../db/store.ts";
import { conflict, invalid, notFound } from "../base/app-error.ts";
import { utf8 } from "../base/bytes.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, localDate } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { refuseWhileImporting } from "./people-import-lock.ts";
import { sealEvent } from "./sealing.ts";

export interface CardsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly vault: Pick<Vault, "hostMac">;
	/** IANA zone of the site, for "today". */
	readonly zone: () => string;
}

export interface CardInput {
	readonly employeeId: string;
	/** As typed by a hand or a reader. */
	readonly text: string;
	/** May the asker see that person? Decides whether a conflict names the holder. */
	readonly maySee: (holder: Employee) => boolean;
}

export interface Cards {
	/** Binds a card. One that a person who has left still holds is taken from them; one in use elsewhere is a conflict. */
	add(input: CardInput, by: By): Promise<Result<Card>>;
	end(cardId: string, by: By): Promise<Result<Card>>;
}

/** Bytes of UTF-8; the wire's limit too (`server/protocol/kiosk.ts`). */
const CARD_MAX_BYTES = 64;
const TAIL_LENGTH = 4;

/** The form in which a card's text is fingerprinted: trimmed, upper case. Undefined for nothing, more than 64 bytes, or control characters. */
export function normaliseCard(text: string): string | undefined {
	if (text.length > CARD_MAX_BYTES * 4) return undefined;
	const plain = text.trim().toUpperCase();
	return plain !== "" && utf8(plain).length <= CARD_MAX_BYTES && !/\p{Cc}/u.test(plain) ? plain : undefined;
}

/** The last characters, for people's eyes; never so many that the rest could be guessed. */
export const cardTail = (plain: string): string => {
	const letters = [...plain];
	return letters.slice(-Math.min(TAIL_LENGTH, Math.floor(letters.length / 2))).join("");
};

/** The value `employeeByCard` looks for; undefined when the text cannot be a card. */
export function cardLookup(vault: Pick<Vault, "hostMac">, text: string): Uint8Array | undefined {
	const plain = normaliseCard(text);
	return plain === undefined ? undefined : vault.hostMac("card", utf8(plain));
}

export function makeCards(deps: CardsDeps): Cards {
	const { store, clock, bus } = deps;
	return {
		async add(input, by) {
			const result = await store.commit((tx) => addCard(tx, deps, input, by));
			if (result.ok) bus.emit("people", { employeeId: input.employeeId });
			return result;
		},
		async end(cardId, by) {
			const result = await store.commit((tx): Result<Card> => {
				const card = cardById(tx, cardId);
				if (!card) return fail(notFound("people.card_not_found"));
				const busy = refuseWhileImporting(tx);
				if (busy) return fail(busy);
				if (card.endedMs === null) endOne(tx, card, by, clock.nowMs());
				return ok(card);
			});
			if (result.ok) bus.emit("people", { employeeId: result.value.employeeId });
			return result;
		},
	};
}

/** Binds a card inside the caller's transaction; the import uses it too. */
export function addCard(
	tx: Tx,
	deps: Pick<CardsDeps, "clock" | "vault" | "zone">,
	input: CardInput,
	by: By,
): Result<Card> {
	const plain = normaliseCard(input.text);
	if (plain === undefined) return fail(invalid("people.card_wrong", "card", { max: CARD_MAX_BYTES }));
	if (!employeeById(tx, input.employeeId)) return fail(notFound("people.not_found"));
	const busy = refuseWhileImporting(tx);
	if (busy) return fail(busy);
	const nowMs = deps.clock.nowMs();
	const lookup = deps.vault.hostMac("card", utf8(plain));
	const free = freeCard(tx, lookup, input, localDate(nowMs, deps.zone()), by, nowMs);
	if (!free.ok) return free;
	const card = {
		id: newId(nowMs),
		employeeId: input.employeeId,
		lookup,
		tail: cardTail(plain),
		addedMs: nowMs,
		endedMs: null,
	};
	insertCard(tx, card);
	seal(tx, "people.card_add", "enrol", card, by, nowMs);
	return ok(card);
}

function freeCard(
	tx: Tx,
	lookup: Uint8Array,
	{ employeeId, maySee }: CardInput,
	today: string,
	by: By,
	nowMs: number,
): Result<void> {
	const holder = employeeByCard(tx, lookup);
	if (!holder) return ok(undefined);
	if (holder.id === employeeId) return fail(conflict("people.card_already", "card"));
	const hasLeft = holder.leftOn !== null && holder.leftOn < today;
	if (!hasLeft)
		return fail(
			maySee(holder)
				? conflict("people.card_taken", "card", { name: holder.name, number: holder.number })
				: conflict("people.card_taken_elsewhere", "card"),
		);
	endOne(tx, cardInUse(tx, lookup)!, by, nowMs);
	return ok(undefined);
}

function endOne(tx: Tx, card: Card, by: By, nowMs: number): void {
	endCardRow(tx, card.id, nowMs);
	seal(tx, "people.card_end", "unenrol", card, by, nowMs);
}

function seal(tx: Tx, action: string, type: "enrol" | "unenrol", card: Card, by: By, nowMs: number): void {
	const detail = { method: "card", card: card.id };
	sealEvent(tx, { type, action, objectKind: "employee", objectId: card.employeeId, detail, ...by, nowMs });
}

/** What accounts have in common: the shape of a login, the rule of the last owner, the seal of an act. */
import { type AccountRow, countActiveOwners, findAccountByLogin } from "../../db/account.ts";
import type { Db, Tx } from "../../db/store.ts";
import { type AppError, conflict, invalid } from "../base/app-error.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { By } from "./author.ts";
import { sealEvent } from "./sealing.ts";

/** Letters of any script, digits and the signs of mail addresses; no spaces. */
const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{1,63}$/u;

/** The reason to refuse a login; undefined when it is free. `selfId` may keep its own. */
export function refuseLogin(db: Db, login: string, selfId?: string): AppError | undefined {
	if (!LOGIN.test(login)) return invalid("accounts.login_shape", "login");
	const other = findAccountByLogin(db, login);
	return other && other.id !== selfId ? conflict("accounts.login_taken", "login") : undefined;
}

/** True when this account's going would leave the box without an owner. */
export const isLastOwner = (db: Db, account: AccountRow): boolean =>
	account.role === "owner" && account.disabledMs === null && countActiveOwners(db) <= 1;

/** Seals a change of accounts as a `role` leaf. */
export function sealAccount(
	tx: Tx,
	action: string,
	objectId: string,
	detail: Record<string, JsonValue>,
	by: By,
	nowMs: number,
): void {
	sealEvent(tx, { type: "role", action, objectKind: "account", objectId, detail, ...by, nowMs });
}

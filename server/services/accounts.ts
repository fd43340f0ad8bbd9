/** The owner's work on accounts: invite, change, disable, enable, reset, end sessions. What people do to their own is in `own-account.ts`. */
import {
	type AccountRow,
	deletePasskeys,
	findAccount,
	insertAccount,
	type Role,
	replaceDepartments,
	replaceInvite,
	replaceRecoveryCodes,
	updateAccount,
} from "../../db/account.ts";
import { departmentById } from "../../db/department.ts";
import { employeeByNumber } from "../../db/employee.ts";
import { deleteSessionsOf } from "../../db/session.ts";
import type { Store, Tx } from "../../db/store.ts";
import { conflict, invalid, notFound } from "../base/app-error.ts";
import { newId, randomToken } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import { type Clock, DAY_MS } from "../base/units.ts";
import { isLastOwner, refuseLogin, sealAccount } from "./account-rules.ts";
import type { By } from "./author.ts";
import { hashToken } from "./sessions.ts";

export interface AccountInput {
	readonly name: string;
	readonly role: Role;
	/** Only managers are limited to departments. */
	readonly departmentIds: readonly string[];
	/** The number of the account's holder on the staff, when they punch themselves: nobody decides about their own record. */
	readonly employeeNumber?: string;
}

export interface NewAccount extends AccountInput {
	readonly login: string;
	readonly lang: Lang;
}

export interface Invited {
	readonly id: string;
	/** Goes into the one-time link; only its hash is stored. */
	readonly token: string;
}

export interface Accounts {
	/** Fails with `accounts.employee_unknown` or `accounts.department_gone` for what is not on record, as `change` does. */
	invite(input: NewAccount, by: By): Promise<Result<Invited>>;
	change(id: string, input: AccountInput, by: By): Promise<Result<void>>;
	/** Ends all sessions at once. Refused for the last owner. */
	disable(id: string, by: By): Promise<Result<void>>;
	enable(id: string, by: By): Promise<Result<void>>;
	/** Forgets password, codes and passkeys, ends all sessions and makes a new invitation. Refused for the last owner. */
	reset(id: string, by: By): Promise<Result<Invited>>;
	endSessions(id: string, by: By): Promise<Result<void>>;
}

/** An unused link is a key under the mat. */
export const INVITE_MS = 3 * DAY_MS;

export function makeAccounts({ store, clock }: { readonly store: Store; readonly clock: Clock }): Accounts {
	/** Runs `work` on an existing account. */
	const on = <T>(id: string, work: (tx: Tx, account: AccountRow, nowMs: number) => Result<T>) =>
		store.commit((tx): Result<T> => {
			const account = findAccount(tx, id);
			return account ? work(tx, account, clock.nowMs()) : fail(notFound("accounts.not_found"));
		});
	return {
		invite: (input, by) => store.commit((tx) => invite(tx, input, by, clock.nowMs())),
		change: (id, input, by) => on(id, (tx, account, nowMs) => change(tx, account, input, by, nowMs)),
		disable: (id, by) =>
			on(id, (tx, account, nowMs) => {
				if (isLastOwner(tx, account)) return fail(conflict("accounts.last_owner"));
				updateAccount(tx, id, { disabledMs: nowMs });
				deleteSessionsOf(tx, id);
				sealAccount(tx, "accounts.disable", id, {}, by, nowMs);
				return ok(undefined);
			}),
		enable: (id, by) =>
			on(id, (tx, _, nowMs) => {
				updateAccount(tx, id, { disabledMs: null });
				sealAccount(tx, "accounts.enable", id, {}, by, nowMs);
				return ok(undefined);
			}),
		reset: (id, by) => on(id, (tx, account, nowMs) => reset(tx, account, by, nowMs)),
		endSessions: (id, by) =>
			on(id, (tx, _, nowMs) => {
				deleteSessionsOf(tx, id);
				sealAccount(tx, "accounts.sessions_end", id, {}, by, nowMs);
				return ok(undefined);
			}),
	};
}

function invite(tx: Tx, input: NewAccount, by: By, nowMs: number): Result<Invited> {
	const refused = refuseLogin(tx, input.login);
	if (refused) return fail(refused);
	const holder = holderOf(tx, input);
	if (!holder.ok) return holder;
	const departments = departmentsOf(tx, input);
	if (!departments.ok) return departments;
	const { login, name, role, lang } = input;
	const id = newId(nowMs);
	const nothing = { passwordHash: null, totpSealed: null, totpStep: 0, disabledMs: null };
	insertAccount(tx, { id, login, name, role, lang, createdMs: nowMs, employeeId: holder.value, ...nothing });
	replaceDepartments(tx, id, departments.value);
	const detail = { role, departments: departments.value, employee: holder.value };
	sealAccount(tx, "accounts.invite", id, detail, by, nowMs);
	return ok({ id, token: newInvite(tx, id, nowMs) });
}

function holderOf(tx: Tx, { employeeNumber = "" }: AccountInput): Result<string | null> {
	if (employeeNumber === "") return ok(null);
	const person = employeeByNumber(tx, employeeNumber);
	return person ? ok(person.id) : fail(invalid("accounts.employee_unknown", "employeeNumber"));
}

/** The departments of a manager, each once; none for other roles. */
function departmentsOf(tx: Tx, { role, departmentIds }: AccountInput): Result<string[]> {
	if (role !== "manager") return ok([]);
	const ids = [...new Set(departmentIds)];
	return ids.every((id) => departmentById(tx, id))
		? ok(ids)
		: fail(invalid("accounts.department_gone", "departmentIds"));
}

function change(tx: Tx, account: AccountRow, input: AccountInput, by: By, nowMs: number): Result<void> {
	if (input.role !== "owner" && isLastOwner(tx, account))
		return fail(conflict("accounts.last_owner", "role"));
	const holder = holderOf(tx, input);
	if (!holder.ok) return holder;
	const departments = departmentsOf(tx, input);
	if (!departments.ok) return departments;
	updateAccount(tx, account.id, { name: input.name, role: input.role, employeeId: holder.value });
	replaceDepartments(tx, account.id, departments.value);
	const detail = {
		from: account.role,
		to: input.role,
		departments: departments.value,
		employee: holder.value,
	};
	sealAccount(tx, "accounts.change", account.id, detail, by, nowMs);
	return ok(undefined);
}

function reset(tx: Tx, account: AccountRow, by: By, nowMs: number): Result<Invited> {
	if (isLastOwner(tx, account)) return fail(conflict("accounts.last_owner"));
	updateAccount(tx, account.id, { passwordHash: null, totpSealed: null, totpStep: 0 });
	deletePasskeys(tx, account.id);
	replaceRecoveryCodes(tx, account.id, []);
	deleteSessionsOf(tx, account.id);
	sealAccount(tx, "accounts.reset", account.id, {}, by, nowMs);
	return ok({ id: account.id, token: newInvite(tx, account.id, nowMs) });
}

function newInvite(tx: Tx, accountId: string, nowMs: number): string {
	const token = randomToken();
	replaceInvite(tx, { hash: hashToken(token), accountId, expiresMs: nowMs + INVITE_MS });
	return token;
}

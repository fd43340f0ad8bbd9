/** Accounts of the admin site with what proves them: departments, invitations, passkeys, recovery codes. Rows in, rows out; rules live in the services. */
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Lang } from "../server/base/translate.ts";
import { account, accountDepartment, accountInvite, passkey, recoveryCode } from "./schema/access.ts";
import type { Db, Tx } from "./store.ts";

export const ROLES = ["owner", "hr", "manager", "auditor"] as const;
export type Role = (typeof ROLES)[number];

export interface AccountRow {
	readonly id: string;
	readonly login: string;
	readonly name: string;
	readonly role: Role;
	/** argon2id in PHC form; null while only invited or when a passkey is the only way in. */
	readonly passwordHash: string | null;
	/** TOTP seed, sealed by the vault under `totp|<account id>`. */
	readonly totpSealed: Uint8Array | null;
	/** The last accepted 30-second step, so no code counts twice. */
	readonly totpStep: number;
	readonly lang: Lang;
	readonly employeeId: string | null;
	readonly createdMs: number;
	readonly disabledMs: number | null;
}

export const findAccount = (db: Db, id: string): AccountRow | undefined =>
	db.orm.select().from(account).where(eq(account.id, id)).get() as AccountRow | undefined;

/** Logins compare without case. */
export const findAccountByLogin = (db: Db, login: string): AccountRow | undefined =>
	db.orm.select().from(account).where(sql`lower(${account.login}) = ${login.toLowerCase()}`).get() as
		| AccountRow
		| undefined;

export const listAccounts = (db: Db): AccountRow[] =>
	db.orm.select().from(account).orderBy(asc(account.createdMs), asc(account.id)).all() as AccountRow[];

/** True once someone owns the box, which ends the first run's open door. */
export const hasOwner = (db: Db): boolean =>
	db.sqlite.query("SELECT 1 FROM account WHERE role = 'owner' LIMIT 1").get() !== null;

/** Owners who can sign in; the last one may not be disabled. */
export const countActiveOwners = (db: Db): number =>
	db.orm
		.select({ n: sql<number>`count(*)` })
		.from(account)
		.where(and(eq(account.role, "owner"), isNull(account.disabledMs)))
		.get()!.n;

export const insertAccount = (tx: Tx, row: AccountRow): void =>
	void tx.orm
		.insert(account)
		.values({ ...row, totpSealed: row.totpSealed ? Buffer.from(row.totpSealed) : null })
		.run();

export const updateAccount = (tx: Tx, id: string, change: Partial<Omit<AccountRow, "id">>): void => {
	const { totpSealed, ...rest } = change;
	const seal = totpSealed === undefined ? {} : { totpSealed: totpSealed && Buffer.from(totpSealed) };
	tx.orm
		.update(account)
		.set({ ...rest, ...seal })
		.where(eq(account.id, id))
		.run();
};

export const departmentIdsOf = (db: Db, accountId: string): string[] =>
	db.orm
		.select({ id: accountDepartment.departmentId })
		.from(accountDepartment)
		.where(eq(accountDepartment.accountId, accountId))
		.all()
		.map((row) => row.id);

export function replaceDepartments(tx: Tx, accountId: string, ids: readonly string[]): void {
	tx.orm.delete(accountDepartment).where(eq(accountDepartment.accountId, accountId)).run();
	for (const departmentId of ids) tx.orm.insert(accountDepartment).values({ accountId, departmentId }).run();
}

export interface InviteRow {
	readonly hash: Uint8Array;
	readonly accountId: string;
	readonly expiresMs: number;
}

/** A new invitation replaces the account's older ones. */
export function replaceInvite(tx: Tx, row: InviteRow): void {
	tx.orm.delete(accountInvite).where(eq(accountInvite.accountId, row.accountId)).run();
	tx.orm
		.insert(accountInvite)
		.values({ ...row, hash: Buffer.from(row.hash) })
		.run();
}

export const findInvite = (db: Db, hash: Uint8Array): InviteRow | undefined =>
	db.orm
		.select()
		.from(accountInvite)
		.where(eq(accountInvite.hash, Buffer.from(hash)))
		.get();

export const inviteOf = (db: Db, accountId: string): InviteRow | undefined =>
	db.orm.select().from(accountInvite).where(eq(accountInvite.accountId, accountId)).get();

export const deleteInvites = (tx: Tx, accountId: string): void =>
	void tx.orm.delete(accountInvite).where(eq(accountInvite.accountId, accountId)).run();

export interface PasskeyRow {
	/** Credential id, base64url. */
	readonly id: string;
	readonly accountId: string;
	readonly publicKey: Uint8Array;
	readonly counter: number;
	/** Comma-separated WebAuthn transports. */
	readonly transports: string;
	readonly name: string;
	readonly createdMs: number;
	readonly usedMs: number | null;
}

export const listPasskeys = (db: Db, accountId: string): PasskeyRow[] =>
	db.orm.select().from(passkey).where(eq(passkey.accountId, accountId)).orderBy(asc(passkey.createdMs)).all();

export const findPasskey = (db: Db, id: string): PasskeyRow | undefined =>
	db.orm.select().from(passkey).where(eq(passkey.id, id)).get();

export const insertPasskey = (tx: Tx, row: PasskeyRow): void =>
	void tx.orm
		.insert(passkey)
		.values({ ...row, publicKey: Buffer.from(row.publicKey) })
		.run();

export const markPasskeyUsed = (tx: Tx, id: string, counter: number, usedMs: number): void =>
	void tx.orm.update(passkey).set({ counter, usedMs }).where(eq(passkey.id, id)).run();

export const deletePasskeys = (tx: Tx, accountId: string, id?: string): void =>
	void tx.orm
		.delete(passkey)
		.where(and(eq(passkey.accountId, accountId), id === undefined ? undefined : eq(passkey.id, id)))
		.run();

/** Replaces all recovery codes of the account by these hashes. */
export function replaceRecoveryCodes(tx: Tx, accountId: string, hashes: readonly Uint8Array[]): void {
	tx.orm.delete(recoveryCode).where(eq(recoveryCode.accountId, accountId)).run();
	for (const hash of hashes)
		tx.orm
			.insert(recoveryCode)
			.values({ accountId, hash: Buffer.from(hash) })
			.run();
}

/** Marks the code used; false when it is unknown or was used before. */
export const useRecoveryCode = (tx: Tx, accountId: string, hash: Uint8Array, nowMs: number): boolean =>
	tx.orm
		.update(recoveryCode)
		.set({ usedMs: nowMs })
		.where(
			and(
				eq(recoveryCode.accountId, accountId),
				eq(recoveryCode.hash, Buffer.from(hash)),
				isNull(recoveryCode.usedMs),
			),
		)
		.returning({ usedMs: recoveryCode.usedMs })
		.all().length === 1;

export const countUnusedRecoveryCodes = (db: Db, accountId: string): number =>
	db.orm
		.select({ n: sql<number>`count(*)` })
		.from(recoveryCode)
		.where(and(eq(recoveryCode.accountId, accountId), isNull(recoveryCode.usedMs)))
		.get()!.n;

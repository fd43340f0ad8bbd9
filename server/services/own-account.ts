/** What people do to their own account: password, app, passkeys, recovery codes, language. And taking up an invitation. */
import {
	type AccountRow,
	deleteInvites,
	deletePasskeys,
	findAccount,
	findInvite,
	insertPasskey,
	listPasskeys,
	type PasskeyRow,
	replaceRecoveryCodes,
	updateAccount,
} from "../../db/account.ts";
import { deleteSessionsOf } from "../../db/session.ts";
import type { Store, Tx } from "../../db/store.ts";
import { conflict, invalid, notFound } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import type { Clock } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import { sealAccount } from "./account-rules.ts";
import { totpContext } from "./attempts.ts";
import type { By } from "./author.ts";
import type { Hashing } from "./hashing.ts";
import { refusePassword } from "./passwords.ts";
import { drawRecoveryCodes, hashRecoveryCode } from "./recovery-codes.ts";
import { hashToken, type Origin, type Sessions } from "./sessions.ts";
import { readSite } from "./site.ts";
import type { ProvenSeed, TotpEnrolment } from "./totp-enrolment.ts";

export interface OwnAccountDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Pick<Vault, "sealHost">;
	readonly hashing: Hashing;
	readonly sessions: Sessions;
	readonly enrolment: TotpEnrolment;
	readonly commonPasswords: ReadonlySet<string>;
}

export interface OwnAccount {
	rename(id: string, name: string, by: By): Promise<void>;
	setLang(id: string, lang: Lang): Promise<void>;
	/** Ends every other session of the account. */
	changePassword(id: string, password: string, keep: Uint8Array, by: By): Promise<Result<void>>;
	/** Replaces the app once the new one has shown a right code. */
	changeTotp(id: string, code: string, by: By): Promise<Result<void>>;
	addPasskey(row: PasskeyRow, by: By): Promise<void>;
	/** Refused when nothing else would be left to sign in with. */
	removePasskey(id: string, passkeyId: string, by: By): Promise<Result<void>>;
	/** Ten new codes, shown once; the old ones end. */
	newRecoveryCodes(id: string, by: By): Promise<readonly string[]>;
	endOtherSessions(id: string, keep: Uint8Array, by: By): Promise<void>;
	/** The account of a living invitation. */
	invited(token: string): AccountRow | undefined;
	takeUp(token: string, password: string, code: string, origin: Origin): Promise<Result<TakenUp>>;
}

export interface TakenUp {
	/** The session's token. */
	readonly session: string;
	readonly recoveryCodes: readonly string[];
}

export function makeOwnAccount(deps: OwnAccountDeps): OwnAccount {
	const { store, clock } = deps;
	const act = (id: string, action: string, by: By, work: (tx: Tx, nowMs: number) => void): Promise<void> =>
		store.commit((tx) => {
			const nowMs = clock.nowMs();
			work(tx, nowMs);
			sealAccount(tx, action, id, {}, by, nowMs);
		});
	return {
		rename: (id, name, by) => act(id, "accounts.rename", by, (tx) => updateAccount(tx, id, { name })),
		setLang: (id, lang) => store.commit((tx) => updateAccount(tx, id, { lang })),
		async changePassword(id, password, keep, by) {
			const hash = await newHash(deps, id, password);
			if (!hash.ok) return hash;
			await act(id, "accounts.password", by, (tx) => {
				updateAccount(tx, id, { passwordHash: hash.value });
				deleteSessionsOf(tx, id, keep);
			});
			return ok(undefined);
		},
		async changeTotp(id, code, by) {
			const proven = deps.enrolment.confirm(id, code);
			if (!proven) return fail(invalid("login.code_wrong", "code"));
			await act(id, "accounts.totp", by, (tx) => updateAccount(tx, id, sealedSeed(deps, id, proven)));
			return ok(undefined);
		},
		addPasskey: (row, by) => act(row.accountId, "accounts.passkey_add", by, (tx) => insertPasskey(tx, row)),
		removePasskey: (id, passkeyId, by) => removePasskey(deps, id, passkeyId, by),
		async newRecoveryCodes(id, by) {
			const codes = drawRecoveryCodes();
			await act(id, "accounts.recovery", by, (tx) =>
				replaceRecoveryCodes(tx, id, codes.map(hashRecoveryCode)),
			);
			return codes;
		},
		endOtherSessions: (id, keep, by) =>
			act(id, "accounts.sessions_end", by, (tx) => deleteSessionsOf(tx, id, keep)),
		invited: (token) => invitedAccount(deps, token),
		takeUp: (token, password, code, origin) => takeUp(deps, token, password, code, origin),
	};
}

/** The columns that hold a proven app. */
export const sealedSeed = (
	{ vault }: Pick<OwnAccountDeps, "vault">,
	accountId: string,
	{ seed, step }: ProvenSeed,
) => ({ totpSealed: vault.sealHost(totpContext(accountId), seed), totpStep: step });

async function newHash(deps: OwnAccountDeps, id: string, password: string): Promise<Result<string>> {
	const account = findAccount(deps.store, id);
	if (!account) return fail(notFound("accounts.not_found"));
	const words = [account.login, account.name, readSite(deps.store)?.name ?? ""];
	const refused = refusePassword(password, { words, common: deps.commonPasswords });
	return refused ? fail(refused) : deps.hashing.hash(password);
}

function removePasskey(
	{ store, clock }: OwnAccountDeps,
	id: string,
	passkeyId: string,
	by: By,
): Promise<Result<void>> {
	return store.commit((tx) => {
		const nowMs = clock.nowMs();
		const account = findAccount(tx, id);
		const own = listPasskeys(tx, id);
		if (!account || !own.some((row) => row.id === passkeyId)) return fail(notFound("accounts.passkey_gone"));
		const hasOtherWay = account.passwordHash !== null && account.totpSealed !== null;
		if (own.length === 1 && !hasOtherWay) return fail(conflict("accounts.passkey_last"));
		deletePasskeys(tx, id, passkeyId);
		sealAccount(tx, "accounts.passkey_remove", id, {}, by, nowMs);
		return ok(undefined);
	});
}

function invitedAccount({ store, clock }: OwnAccountDeps, token: string): AccountRow | undefined {
	const invite = findInvite(store, hashToken(token));
	const account =
		invite && invite.expiresMs > clock.nowMs() ? findAccount(store, invite.accountId) : undefined;
	return account?.disabledMs === null ? account : undefined;
}

async function takeUp(
	deps: OwnAccountDeps,
	token: string,
	password: string,
	code: string,
	origin: Origin,
): Promise<Result<TakenUp>> {
	const account = invitedAccount(deps, token);
	if (!account) return fail(notFound("accounts.invite_over"));
	const hash = await newHash(deps, account.id, password);
	if (!hash.ok) return hash;
	const proven = deps.enrolment.confirm(account.id, code);
	if (!proven) return fail(invalid("login.code_wrong", "code"));
	const codes = drawRecoveryCodes();
	return deps.store.commit((tx) => {
		if (!findInvite(tx, hashToken(token))) return fail(notFound("accounts.invite_over"));
		const nowMs = deps.clock.nowMs();
		updateAccount(tx, account.id, { passwordHash: hash.value, ...sealedSeed(deps, account.id, proven) });
		deleteInvites(tx, account.id);
		replaceRecoveryCodes(tx, account.id, codes.map(hashRecoveryCode));
		const by: By = { actor: { kind: "account", id: account.id }, address: origin.address };
		sealAccount(tx, "accounts.take_up", account.id, {}, by, nowMs);
		return ok({ session: deps.sessions.open(tx, account.id, origin, nowMs), recoveryCodes: codes });
	});
}

/** Signing in and proving oneself again: password, then code, passkey or recovery code. Opens sessions; knows no cookies. */
import {
	type AccountRow,
	countUnusedRecoveryCodes,
	findAccount,
	findAccountByLogin,
	listPasskeys,
	markPasskeyUsed,
} from "../../db/account.ts";
import type { SessionRow } from "../../db/session.ts";
import type { Store, Tx } from "../../db/store.ts";
import { forbidden, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, MINUTE_MS } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import { type Attempt, codeAttempt, codeSubject, judge, type Method, sealSignIn } from "./attempts.ts";
import type { Hashing } from "./hashing.ts";
import type { Party, PasskeyAnswer, Passkeys } from "./passkeys.ts";
import type { Origin, Sessions } from "./sessions.ts";
import { ADDRESS_POLICY, checkWait, SIGN_IN_POLICY } from "./throttling.ts";
import { makeTickets, type Tickets } from "./tickets.ts";

export interface SignInDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Pick<Vault, "openHost">;
	readonly hashing: Hashing;
	readonly sessions: Sessions;
	readonly passkeys: Passkeys;
}

/** What the second step may offer. */
export interface SecondStep {
	readonly totp: boolean;
	readonly passkey: boolean;
	readonly recovery: boolean;
}

export interface SignIn {
	/** A ticket for the second step. Fails alike for a wrong password, an unknown and a disabled account. */
	password(login: string, password: string, origin: Origin): Promise<Result<string>>;
	/** What the ticket's account can answer with; undefined when the ticket has ended. */
	secondStep(ticket: string): SecondStep | undefined;
	/** The session's token. */
	finish(ticket: string, method: "code" | "recovery", code: string, origin: Origin): Promise<Result<string>>;
	passkey(party: Party, answer: PasskeyAnswer, origin: Origin): Promise<Result<string>>;
	/** Shows password and code again; the session gets a new token. */
	prove(session: SessionRow, password: string, code: string): Promise<Result<string>>;
	provePasskey(session: SessionRow, party: Party, answer: PasskeyAnswer): Promise<Result<string>>;
}

interface World extends SignInDeps {
	readonly tickets: Tickets<string>;
	/** Same work for an unknown login as for a known one, so that time tells nothing. */
	readonly isRight: (account: AccountRow | undefined, password: string) => Promise<Result<boolean>>;
}

const TICKET_MS = 5 * MINUTE_MS;

export function makeSignIn(deps: SignInDeps): SignIn {
	const tickets = makeTickets<string>({ clock: deps.clock, lifeMs: TICKET_MS });
	const world: World = { ...deps, tickets, isRight: passwordCheck(deps.hashing) };
	return {
		password: (login, password, origin) => tryPassword(world, login, password, origin),
		secondStep: (ticket) => secondStep(world, ticket),
		finish: (ticket, method, code, origin) => finish(world, ticket, method, code, origin),
		passkey: (party, answer, origin) =>
			withPasskey(world, party, answer, (tx, account, nowMs) =>
				ok(open(world, account, "passkey", origin, tx, nowMs)),
			),
		prove: (session, password, code) => prove(world, session, password, code),
		provePasskey: (session, party, answer) =>
			withPasskey(world, party, answer, (tx, account, nowMs) =>
				account.id === session.accountId
					? ok(deps.sessions.renew(tx, session, nowMs))
					: fail(invalid("login.passkey_foreign")),
			),
	};
}

function passwordCheck(hashing: Hashing): World["isRight"] {
	let decoy: Promise<Result<string>> | undefined;
	return async (account, password) => {
		decoy ??= hashing.hash(crypto.randomUUID());
		// Waited for on every path: the first try after a start must not tell either.
		const spare = await decoy;
		if (!spare.ok) {
			decoy = undefined;
			return spare;
		}
		const right = await hashing.verify(password, account?.passwordHash ?? spare.value);
		return right.ok ? ok(right.value && account?.passwordHash != null) : right;
	};
}

async function tryPassword(
	world: World,
	login: string,
	password: string,
	origin: Origin,
): Promise<Result<string>> {
	const { store, clock, tickets } = world;
	const account = findAccountByLogin(store, login);
	const subjects = [
		[`login|${account?.id ?? login.toLowerCase().slice(0, 64)}|${origin.address}`, SIGN_IN_POLICY],
		[`address|${origin.address}`, ADDRESS_POLICY],
	] as const;
	for (const [subject] of subjects) {
		const wait = checkWait(store, subject, clock.nowMs());
		if (!wait.ok) return wait;
	}
	const right = await world.isRight(account, password);
	if (!right.ok) return right;
	const passed = right.value && account?.disabledMs === null;
	const attempt: Attempt = {
		subjects,
		accountId: account?.id ?? "unknown",
		step: "password",
		address: origin.address,
		prove: () => (passed ? undefined : invalid("login.wrong", "password")),
	};
	return judge(world, attempt, () => tickets.issue(account!.id));
}

function secondStep({ store, tickets }: World, ticket: string): SecondStep | undefined {
	const account = activeAccount(store, tickets.read(ticket));
	return (
		account && {
			totp: account.totpSealed !== null,
			passkey: listPasskeys(store, account.id).length > 0,
			recovery: countUnusedRecoveryCodes(store, account.id) > 0,
		}
	);
}

async function finish(
	world: World,
	ticket: string,
	method: "code" | "recovery",
	code: string,
	origin: Origin,
): Promise<Result<string>> {
	const { store, vault, tickets } = world;
	const account = activeAccount(store, tickets.read(ticket));
	if (!account) return fail(forbidden("login.ticket_over"));
	const attempt = codeAttempt(vault, account.id, method, code, origin.address);
	const result = await judge(world, attempt, (tx, nowMs) => open(world, account, method, origin, tx, nowMs));
	if (result.ok) tickets.take(ticket);
	return result;
}

async function prove(
	world: World,
	session: SessionRow,
	password: string,
	code: string,
): Promise<Result<string>> {
	const { store, clock, vault, sessions } = world;
	const account = activeAccount(store, session.accountId);
	if (!account) return fail(forbidden("errors.signed_out"));
	const wait = checkWait(store, codeSubject(account.id), clock.nowMs());
	if (!wait.ok) return wait;
	const right = await world.isRight(account, password);
	if (!right.ok) return right;
	const attempt = codeAttempt(vault, account.id, "code", code, session.address);
	const proof: Attempt["prove"] = (tx, nowMs) =>
		right.value ? attempt.prove(tx, nowMs) : invalid("login.password_wrong", "password");
	return judge(world, { ...attempt, prove: proof }, (tx, nowMs) => sessions.renew(tx, session, nowMs));
}

async function withPasskey<T>(
	{ store, clock, passkeys }: World,
	party: Party,
	answer: PasskeyAnswer,
	work: (tx: Tx, account: AccountRow, nowMs: number) => Result<T>,
): Promise<Result<T>> {
	const checked = await passkeys.check(party, answer);
	if (!checked.ok) return checked;
	const { passkey, counter } = checked.value;
	return store.commit((tx) => {
		const account = activeAccount(tx, passkey.accountId);
		if (!account) return fail(invalid("login.passkey_refused"));
		const nowMs = clock.nowMs();
		markPasskeyUsed(tx, passkey.id, counter, nowMs);
		return work(tx, account, nowMs);
	});
}

function open(
	world: World,
	account: AccountRow,
	method: Method,
	origin: Origin,
	tx: Tx,
	nowMs: number,
): string {
	sealSignIn(tx, account.id, "login.signed_in", { method }, origin.address, nowMs);
	return world.sessions.open(tx, account.id, origin, nowMs);
}

function activeAccount(db: Pick<Store, "orm" | "sqlite">, id: string | undefined): AccountRow | undefined {
	const account = id === undefined ? undefined : findAccount(db, id);
	return account?.disabledMs === null ? account : undefined;
}

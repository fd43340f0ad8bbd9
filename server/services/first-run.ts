/**
 * The first run: a code from the console opens the door, then site and owner are made. Ends its own powers with the
 * first owner; the later steps (faces, shift) are ordinary settings of a signed-in owner.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import {
	findAccount,
	hasOwner,
	insertAccount,
	insertPasskey,
	listPasskeys,
	type PasskeyRow,
	replaceRecoveryCodes,
	updateAccount,
} from "../../db/account.ts";
import { readSetting, writeSetting } from "../../db/setting.ts";
import { defaultShiftId } from "../../db/shift.ts";
import type { Store, Tx } from "../../db/store.ts";
import { conflict, forbidden, invalid } from "../base/app-error.ts";
import { utf8 } from "../base/bytes.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Lang } from "../base/translate.ts";
import { type Clock, DAY_MS } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import { refuseLogin, sealAccount } from "./account-rules.ts";
import type { By } from "./author.ts";
import type { Hashing } from "./hashing.ts";
import { sealedSeed } from "./own-account.ts";
import { refusePassword } from "./passwords.ts";
import { drawRecoveryCodes, hashRecoveryCode } from "./recovery-codes.ts";
import { sealEvent } from "./sealing.ts";
import type { Origin, Sessions } from "./sessions.ts";
import { readFace, readSite } from "./site.ts";
import { checkWait, countFailure, forgiveFailures, SIGN_IN_POLICY } from "./throttling.ts";
import { makeTickets } from "./tickets.ts";
import type { TotpEnrolment } from "./totp-enrolment.ts";

export interface FirstRunDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Pick<Vault, "sealHost">;
	readonly hashing: Hashing;
	readonly sessions: Sessions;
	readonly enrolment: TotpEnrolment;
	readonly commonPasswords: ReadonlySet<string>;
	/** Shows a code where only the person at the box sees it: on the console. */
	readonly announce: (code: string) => void;
}

/** In this order; each can be taken up again after a reload or a crash. */
export const STEPS = ["code", "site", "owner", "factor", "recovery", "face", "shift", "ready"] as const;
export type Step = (typeof STEPS)[number];

/** The owner to be, until the second factor is proven. The id is final, so passkeys and seeds can refer to it. */
export interface Draft {
	readonly id: string;
	readonly name: string;
	readonly login: string;
	readonly passwordHash: string;
}

export interface OwnerInput {
	readonly name: string;
	readonly login: string;
	readonly password: string;
}

export interface FirstRun {
	/** Announces a new code when the box has no owner yet; to be called at each start. */
	begin(): void;
	/** A ticket for the browser that knows the code. The code ends, and a new one is announced for other browsers. */
	enter(code: string, address: string): Promise<Result<string>>;
	isEntered(ticket: string | undefined): boolean;
	/** The first step that is not done. */
	nextStep(ticket: string | undefined): Step;
	draft(): Draft | undefined;
	saveDraft(input: OwnerInput): Promise<Result<void>>;
	/** Makes the owner with an authenticator app and signs in. */
	finishWithCode(code: string, lang: Lang, origin: Origin): Promise<Result<string>>;
	/** Makes the owner with a verified passkey and signs in. */
	finishWithPasskey(passkey: PasskeyRow, lang: Lang, origin: Origin): Promise<Result<string>>;
	/** The owner's recovery codes while they have not been put away; new ones after a restart. */
	recoveryCodes(accountId: string, by: By): Promise<readonly string[]>;
	keepRecoveryCodes(): Promise<void>;
	finish(by: By): Promise<void>;
}

/** 8 letters of 31 are 39.6 bits; with the throttle a guess takes longer than the box will live. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXY";
const CODE_LETTERS = 8;
const DRAFT = "first-run.draft";
const CODES_KEPT = "first-run.codes_kept";
const FINISHED = "first-run.finished_ms";
const BOX: By["actor"] = { kind: "box", id: "first-run" };

/** True once the readiness page has been left; until then the start page leads back to it. */
export const isSetupFinished = (store: Pick<Store, "sqlite" | "orm">): boolean =>
	readSetting<number>(store, FINISHED) !== undefined;

export function makeFirstRun(deps: FirstRunDeps): FirstRun {
	const { store, clock } = deps;
	const tickets = makeTickets<true>({ clock, lifeMs: DAY_MS, most: 20 });
	const codes: Codes = { current: undefined, shown: new Map() };
	const draw = (): void => {
		const code = drawCode();
		codes.current = digest(code);
		deps.announce(`${code.slice(0, 4)}-${code.slice(4)}`);
	};
	const isEntered = (ticket: string | undefined): boolean =>
		ticket !== undefined && tickets.read(ticket) === true;
	return {
		begin: () => void (hasOwner(store) || draw()),
		async enter(code, address) {
			const judged = await judgeCode(deps, codes, code, address);
			if (!judged.ok) return judged;
			draw();
			return ok(tickets.issue(true));
		},
		isEntered,
		nextStep: (ticket) => nextStep(store, isEntered(ticket)),
		draft: () => readSetting<Draft | null>(store, DRAFT) ?? undefined,
		saveDraft: (input) => saveDraft(deps, input),
		async finishWithCode(code, lang, origin) {
			const draft = readSetting<Draft | null>(store, DRAFT);
			if (!draft) return fail(conflict("setup.order"));
			const proven = deps.enrolment.confirm(draft.id, code);
			if (!proven) return fail(invalid("login.code_wrong", "code"));
			const factor = sealedSeed(deps, draft.id, proven);
			return makeOwner(deps, codes, lang, origin, (tx) => updateAccount(tx, draft.id, factor));
		},
		finishWithPasskey: (passkey, lang, origin) =>
			makeOwner(deps, codes, lang, origin, (tx) => insertPasskey(tx, passkey)),
		recoveryCodes: (accountId, by) => recoveryCodes(deps, codes, accountId, by),
		async keepRecoveryCodes() {
			codes.shown.clear();
			await store.commit((tx) => writeSetting(tx, CODES_KEPT, true, clock.nowMs()));
		},
		finish: (by) => finish(deps, by),
	};
}

interface Codes {
	/** SHA-256 of the code on the console. */
	current: Uint8Array | undefined;
	/** Recovery codes of the new owner, in memory until they are put away. */
	readonly shown: Map<string, readonly string[]>;
}

const digest = (code: string): Uint8Array => createHash("sha256").update(utf8(code)).digest();

function drawCode(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(64)).filter((byte) => byte < 248);
	return [...bytes.slice(0, CODE_LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

const readable = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, "");

function judgeCode(
	{ store, clock }: FirstRunDeps,
	codes: Codes,
	code: string,
	address: string,
): Promise<Result<void>> {
	const subject = `setup|${address}`;
	return store.commit((tx) => {
		const nowMs = clock.nowMs();
		if (hasOwner(tx)) return fail(forbidden("setup.done_before"));
		const wait = checkWait(tx, subject, nowMs);
		if (!wait.ok) return wait;
		if (codes.current && timingSafeEqual(digest(readable(code)), codes.current)) {
			forgiveFailures(tx, subject);
			return ok(undefined);
		}
		countFailure(tx, subject, SIGN_IN_POLICY, nowMs);
		const act = { action: "setup.code_refused", objectKind: "setup", objectId: "code" };
		sealEvent(tx, { type: "login-fail", actor: BOX, ...act, detail: {}, address, nowMs });
		return fail(invalid("setup.code_wrong", "code"));
	});
}

function nextStep(store: Store, entered: boolean): Step {
	if (!hasOwner(store)) {
		if (!entered) return "code";
		if (!readSite(store)) return "site";
		return readSetting<Draft | null>(store, DRAFT) ? "factor" : "owner";
	}
	if (!readSetting<boolean>(store, CODES_KEPT)) return "recovery";
	if (!readFace(store)) return "face";
	return defaultShiftId(store) ? "ready" : "shift";
}

async function saveDraft(deps: FirstRunDeps, { name, login, password }: OwnerInput): Promise<Result<void>> {
	const { store, clock, hashing, commonPasswords } = deps;
	const wrong = refuseLogin(store, login);
	if (wrong) return fail(wrong);
	const words = [login, name, readSite(store)?.name ?? ""];
	const weak = refusePassword(password, { words, common: commonPasswords });
	if (weak) return fail(weak);
	const hash = await hashing.hash(password);
	if (!hash.ok) return hash;
	const id = readSetting<Draft | null>(store, DRAFT)?.id ?? newId(clock.nowMs());
	const draft: Draft = { id, name, login, passwordHash: hash.value };
	return store.commit((tx) => {
		if (hasOwner(tx)) return fail(forbidden("setup.done_before"));
		writeSetting(tx, DRAFT, draft, clock.nowMs());
		return ok(undefined);
	});
}

function makeOwner(
	deps: FirstRunDeps,
	codes: Codes,
	lang: Lang,
	origin: Origin,
	addFactor: (tx: Tx) => void,
): Promise<Result<string>> {
	const recovery = drawRecoveryCodes();
	return deps.store.commit((tx) => {
		const nowMs = deps.clock.nowMs();
		const draft = readSetting<Draft | null>(tx, DRAFT);
		if (hasOwner(tx)) return fail(forbidden("setup.done_before"));
		if (!draft) return fail(conflict("setup.order"));
		const empty = { totpSealed: null, totpStep: 0, employeeId: null, createdMs: nowMs, disabledMs: null };
		insertAccount(tx, { ...draft, role: "owner", lang, ...empty });
		addFactor(tx);
		replaceRecoveryCodes(tx, draft.id, recovery.map(hashRecoveryCode));
		writeSetting(tx, DRAFT, null, nowMs);
		const factor = listPasskeys(tx, draft.id).length > 0 ? "passkey" : "totp";
		const by: By = { actor: BOX, address: origin.address };
		sealAccount(tx, "accounts.first_owner", draft.id, { role: "owner", factor }, by, nowMs);
		codes.shown.set(draft.id, recovery);
		return ok(deps.sessions.open(tx, draft.id, origin, nowMs));
	});
}

async function recoveryCodes(
	{ store, clock }: FirstRunDeps,
	codes: Codes,
	accountId: string,
	by: By,
): Promise<readonly string[]> {
	const shown = codes.shown.get(accountId);
	if (shown || !findAccount(store, accountId)) return shown ?? [];
	const fresh = drawRecoveryCodes();
	await store.commit((tx) => {
		replaceRecoveryCodes(tx, accountId, fresh.map(hashRecoveryCode));
		sealAccount(tx, "accounts.recovery", accountId, {}, by, clock.nowMs());
	});
	codes.shown.set(accountId, fresh);
	return fresh;
}

function finish({ store, clock }: FirstRunDeps, by: By): Promise<void> {
	return store.commit((tx) => {
		const nowMs = clock.nowMs();
		if (isSetupFinished(tx)) return;
		writeSetting(tx, FINISHED, nowMs, nowMs);
		const act = { action: "setup.finish", objectKind: "setting", objectId: FINISHED };
		sealEvent(tx, { type: "setting", ...act, detail: {}, ...by, nowMs });
	});
}

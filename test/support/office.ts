/** The office alone on a fresh in-memory store: guard, sign-in, first run, accounts, audit. Real services; only the clock is held. */
import { Elysia } from "elysia";
import { accountPages } from "../../admin/accounts/account-pages.tsx";
import { invitePages } from "../../admin/accounts/invite-pages.tsx";
import { profilePages } from "../../admin/accounts/profile-pages.tsx";
import { auditPages } from "../../admin/audit/audit-pages.tsx";
import { framePages } from "../../admin/frame/frame-pages.ts";
import { loginPages } from "../../admin/login/login-pages.tsx";
import { provePages } from "../../admin/login/prove-pages.tsx";
import { choicePages } from "../../admin/setup/choice-pages.tsx";
import { claimPages } from "../../admin/setup/claim-pages.tsx";
import { readyPages } from "../../admin/setup/ready-pages.tsx";
import { findAccountByLogin, insertAccount, type Role } from "../../db/account.ts";
import { openStore } from "../../db/store.ts";
import { must } from "../../server/base/result.ts";
import { COMMON_PASSWORDS } from "../../server/common-passwords.ts";
import { makeAccounts } from "../../server/services/accounts.ts";
import { makeDomainBus } from "../../server/services/events.ts";
import { makeFirstRun } from "../../server/services/first-run.ts";
import { makeHashing } from "../../server/services/hashing.ts";
import { makeLooks } from "../../server/services/looks.ts";
import { makeOwnAccount, sealedSeed } from "../../server/services/own-account.ts";
import { makePasskeys } from "../../server/services/passkeys.ts";
import { type MachineProbe, makeReadiness } from "../../server/services/readiness.ts";
import { makeSessions } from "../../server/services/sessions.ts";
import { makeShifts } from "../../server/services/shifts.ts";
import { makeSignIn } from "../../server/services/sign-in.ts";
import { makeSite } from "../../server/services/site.ts";
import { codeAt } from "../../server/services/totp.ts";
import { makeTotpEnrolment } from "../../server/services/totp-enrolment.ts";
import { makeVault } from "../../server/vault/vault.ts";
import { guard } from "../../server/web/guard.ts";
import { accidentAnswer } from "../../server/web/status.tsx";
import { heldClock } from "../shop-world.ts";
import { Browser } from "./browser.ts";

export const PASSWORD = "noodles before sunrise";
const SEED = new Uint8Array(20).fill(9);
/** One hash for all accounts of a test run; each argon2id costs a quarter of a second. */
const PASSWORD_HASH = Bun.password.hash(PASSWORD, { algorithm: "argon2id", memoryCost: 47_104, timeCost: 1 });

export type Office = ReturnType<typeof openOffice>;

const MACHINE: MachineProbe = {
	disk: async () => ({ freeBytes: 80e9, totalBytes: 120e9 }),
	folderMode: async () => 0o700,
	clock: async () => ({ nowMs: Date.parse("2026-03-02T00:00:00Z") }),
	rootKey: () => "file",
};

function officeServices() {
	const store = openStore({ path: ":memory:" });
	const clock = heldClock();
	const keys = new Map<string, Uint8Array>();
	const vault = makeVault(new Uint8Array(32).fill(3), {
		read: (id) => keys.get(id),
		write: (id, wrapped) => void keys.set(id, wrapped),
		destroy: (id) => void keys.delete(id),
	});
	const bus = makeDomainBus((error) => {
		throw error;
	});
	const shared = {
		store,
		db: store,
		clock,
		vault,
		hashing: makeHashing(),
		commonPasswords: COMMON_PASSWORDS,
	};
	const sessions = makeSessions(shared);
	const enrolment = makeTotpEnrolment(shared);
	const passkeys = makePasskeys(shared);
	const codes: string[] = [];
	const announce = (code: string) => void codes.push(code);
	const firstRun = makeFirstRun({ ...shared, sessions, enrolment, announce });
	const own = makeOwnAccount({ ...shared, sessions, enrolment });
	const signIn = makeSignIn({ ...shared, sessions, passkeys });
	const readiness = makeReadiness({
		db: store,
		machine: MACHINE,
		builtMs: Date.parse("2026-01-01T00:00:00Z"),
	});
	const doors = {
		accounts: makeAccounts(shared),
		looks: makeLooks(shared),
		site: makeSite(shared),
		shifts: makeShifts({ ...shared, bus }),
	};
	return { ...shared, ...doors, sessions, enrolment, passkeys, codes, firstRun, own, signIn, readiness };
}

function officeApp(services: ReturnType<typeof officeServices>, accidents: unknown[]) {
	const deps = { ...services, defaultZone: "Asia/Shanghai" };
	return new Elysia({ normalize: false })
		.onError(({ request, code, error }) =>
			accidentAnswer(request, code, error, (e) => void accidents.push(e)),
		)
		.use(guard({ ...deps, addressOf: (request) => request.headers.get("x-test-address") ?? "10.0.0.5" }))
		.use(framePages(deps))
		.use(loginPages(deps))
		.use(provePages(deps))
		.use(claimPages(deps))
		.use(choicePages(deps))
		.use(readyPages(deps))
		.use(accountPages(deps))
		.use(invitePages(deps))
		.use(profilePages(deps))
		.use(auditPages(deps));
}

/** The asker's address is what the browser claims in a header of the test. */
export function openOffice() {
	const services = officeServices();
	const { store, clock } = services;
	const accidents: unknown[] = [];
	const app = officeApp(services, accidents);
	const browser = (address?: string) => new Browser((request) => app.handle(request), address);

	/** An account that is ready to sign in with `PASSWORD` and the shared seed. */
	const addAccount = async (role: Role, login: string = role): Promise<string> => {
		const passwordHash = await PASSWORD_HASH;
		const id = `0190a000-0000-7000-8000-${login.padStart(12, "0").slice(-12)}`;
		await store.commit((tx) => {
			const factor = sealedSeed(services, id, { seed: SEED, step: 0 });
			const rest = { lang: "en", employeeId: null, createdMs: clock.nowMs(), disabledMs: null } as const;
			insertAccount(tx, { id, login, name: login, role, passwordHash, ...factor, ...rest });
		});
		return id;
	};

	/** A browser signed in the short way. */
	const signedInAs = async (role: Role, login: string = role): Promise<Browser> => {
		const id = await addAccount(role, login);
		const visitor = browser();
		const origin = { address: "10.0.0.5", agent: "test" };
		const token = await store.commit((tx) => services.sessions.open(tx, id, origin, clock.nowMs()));
		visitor.cookies.set("__Host-dm", token);
		return visitor;
	};
	const code = () => codeAt(SEED, clock.nowMs());
	/** What an app that scanned `uri` would show. */
	const codeFor = (uri: string) =>
		codeAt(decodeBase32(new URL(uri).searchParams.get("secret")!), clock.nowMs());
	const draftCode = () => codeFor(services.enrolment.offer(services.firstRun.draft()!.id, "", "").uri);
	const idOf = (login: string) => findAccountByLogin(store, login)!.id;
	return {
		...services,
		app,
		browser,
		addAccount,
		signedInAs,
		code,
		codeFor,
		draftCode,
		idOf,
		accidents,
		must,
	};
}

function decodeBase32(text: string): Uint8Array {
	const bits = [...text]
		.map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"))
		.join("");
	return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** Services behind the office door: who may come in, and what it is told. */
import { COMMON_PASSWORDS as commonPasswords } from "../common-passwords.ts";
import { makeAccounts } from "../services/accounts.ts";
import { makeAlarms } from "../services/alarms.ts";
import { makeChoices } from "../services/choices.ts";
import { makeFirstRun } from "../services/first-run.ts";
import { makeHashing } from "../services/hashing.ts";
import { makeLooks } from "../services/looks.ts";
import { makeOwnAccount } from "../services/own-account.ts";
import { makePasskeys } from "../services/passkeys.ts";
import { makeReadiness } from "../services/readiness.ts";
import { makeSessions } from "../services/sessions.ts";
import { makeSignIn } from "../services/sign-in.ts";
import { makeSite } from "../services/site.ts";
import { makeTotpEnrolment } from "../services/totp-enrolment.ts";
import { BUILT_MS } from "../start/machine-probe.ts";
import { makeEventStreams } from "../web/event-stream.ts";
import type { Base } from "./base.ts";

/** Accounts, signing in, settings and what the office is told. */
export function composeAccess(base: Base) {
	const { store, clock, vault } = base;
	const hashing = makeHashing();
	const sessions = makeSessions({ store, clock });
	const site = makeSite(base);
	const passkeys = makePasskeys({ db: store, clock });
	const signIn = makeSignIn({ store, clock, vault, hashing, sessions, passkeys });
	const enrolment = makeTotpEnrolment({ clock });
	const own = makeOwnAccount({ store, clock, vault, hashing, sessions, enrolment, commonPasswords });
	const firstRun = makeFirstRun({ ...base, hashing, sessions, enrolment, commonPasswords });
	return {
		hashing,
		sessions,
		passkeys,
		signIn,
		totpEnrolment: enrolment,
		own,
		firstRun,
		site,
		choices: makeChoices({ store, clock }),
		accounts: makeAccounts(base),
		readiness: makeReadiness({ db: store, machine: base.box.machine, builtMs: BUILT_MS }),
		looks: makeLooks(base),
		alarms: makeAlarms(base),
		streams: makeEventStreams(base),
	};
}

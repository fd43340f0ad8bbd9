/**
 * Passkeys (WebAuthn): registering and checking. A passkey with user verification counts as both factors.
 * Needs the site to be opened by name, since browsers refuse bare addresses; the caller leaves the choice out then.
 */
import type {
	AuthenticationResponseJSON,
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON,
	RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { findPasskey, type PasskeyRow } from "../../db/account.ts";
import type { Db } from "../../db/store.ts";
import { invalid } from "../base/app-error.ts";
import { type Bytes, utf8 } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, MINUTE_MS } from "../base/units.ts";
import { makeTickets, type Tickets } from "./tickets.ts";

/** The site as the browser knows it. */
export interface Party {
	/** Host name. */
	readonly id: string;
	/** `https://name[:port]`. */
	readonly origin: string;
	/** Name of the site, shown in the browser's dialog. */
	readonly name: string;
}

export interface PasskeyHolder {
	readonly id: string;
	readonly login: string;
	readonly name: string;
}

export interface Challenge<O> {
	readonly options: O;
	/** Goes back with the browser's answer. */
	readonly ticket: string;
}

export interface Passkeys {
	offer(
		party: Party,
		holder: PasskeyHolder,
		known: readonly string[],
	): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON>>;
	/** The row to store, when the answer fits the offer. */
	accept(
		party: Party,
		holder: PasskeyHolder,
		answer: PasskeyAnswer,
		name: string,
	): Promise<Result<PasskeyRow>>;
	ask(party: Party): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON>>;
	/** The stored passkey and its new counter, when the answer is right. */
	check(
		party: Party,
		answer: PasskeyAnswer,
	): Promise<Result<{ readonly passkey: PasskeyRow; readonly counter: number }>>;
}

/** What the browser script sends back. */
export interface PasskeyAnswer {
	readonly ticket: string;
	readonly response: unknown;
}

const library = () => import("./webauthn.ts");

const refused = () => fail(invalid("login.passkey_refused"));

type Held = Tickets<{ readonly challenge: string; readonly holderId: string }>;

export function makePasskeys({ db, clock }: { readonly db: Db; readonly clock: Clock }): Passkeys {
	const tickets: Held = makeTickets({ clock, lifeMs: 5 * MINUTE_MS });
	return {
		offer: (party, holder, known) => offer(tickets, party, holder, known),
		accept: async (party, holder, answer, name) => {
			const made = await accept(tickets, clock.nowMs(), party, holder, answer, name);
			// No honest device makes an id twice.
			return made.ok && findPasskey(db, made.value.id) ? refused() : made;
		},
		async ask(party) {
			const { generateAuthenticationOptions } = await library();
			const options = await generateAuthenticationOptions({ rpID: party.id, userVerification: "required" });
			return { options, ticket: tickets.issue({ challenge: options.challenge, holderId: "" }) };
		},
		check: (party, answer) => check(db, tickets, party, answer),
	};
}

async function offer(tickets: Held, party: Party, holder: PasskeyHolder, known: readonly string[]) {
	const { generateRegistrationOptions } = await library();
	const options = await generateRegistrationOptions({
		rpName: party.name,
		rpID: party.id,
		userName: holder.login,
		userDisplayName: holder.name,
		userID: utf8(holder.id),
		excludeCredentials: known.map((id) => ({ id })),
		authenticatorSelection: { residentKey: "required", userVerification: "required" },
	});
	return { options, ticket: tickets.issue({ challenge: options.challenge, holderId: holder.id }) };
}

async function accept(
	tickets: Held,
	nowMs: number,
	party: Party,
	holder: PasskeyHolder,
	answer: PasskeyAnswer,
	name: string,
): Promise<Result<PasskeyRow>> {
	const ticket = tickets.take(answer.ticket);
	if (ticket?.holderId !== holder.id) return refused();
	const { verifyRegistrationResponse } = await library();
	const verified = await quietly(() =>
		verifyRegistrationResponse({
			response: answer.response as RegistrationResponseJSON,
			expectedChallenge: ticket.challenge,
			...expected(party),
		}),
	);
	if (!verified?.verified || !verified.registrationInfo) return refused();
	const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
	const own = { accountId: holder.id, name, createdMs: nowMs, usedMs: null };
	return ok({ id, publicKey, counter, transports: transports.join(), ...own });
}

async function check(
	db: Db,
	tickets: Held,
	party: Party,
	answer: PasskeyAnswer,
): Promise<Result<{ passkey: PasskeyRow; counter: number }>> {
	const ticket = tickets.take(answer.ticket);
	const passkey = findPasskey(db, credentialId(answer.response));
	if (ticket?.holderId !== "" || !passkey) return refused();
	const { id, publicKey, counter } = passkey;
	const { verifyAuthenticationResponse } = await library();
	const verified = await quietly(() =>
		verifyAuthenticationResponse({
			response: answer.response as AuthenticationResponseJSON,
			expectedChallenge: ticket.challenge,
			credential: { id, publicKey: new Uint8Array(publicKey) as Bytes, counter },
			...expected(party),
		}),
	);
	return verified?.verified ? ok({ passkey, counter: verified.authenticationInfo.newCounter }) : refused();
}

const expected = (party: Party) => ({
	expectedOrigin: party.origin,
	expectedRPID: party.id,
	requireUserVerification: true,
});

const credentialId = (response: unknown): string =>
	typeof response === "object" && response !== null && "id" in response ? String(response.id) : "";

/** The library throws on malformed input from outside, which is a refusal, not an accident. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work();
	} catch {
		return undefined;
	}
}

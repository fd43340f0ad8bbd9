/** Devices that hold passkeys, played by Chromium's virtual authenticators; and answers as a hostile page would have them made. */
import type { Page } from "playwright-core";

export interface DeviceKey {
	readonly credentialId: string;
	readonly privateKey: string;
	readonly rpId?: string;
	readonly userHandle?: string;
	readonly signCount: number;
	readonly isResidentCredential: boolean;
}

export interface Device {
	keys(): Promise<DeviceKey[]>;
	hold(key: DeviceKey): Promise<void>;
	forgetAll(): Promise<void>;
	/** Whether the person shows fingerprint or PIN when asked. */
	setVerified(isVerified: boolean): Promise<void>;
	unplug(): Promise<void>;
}

/** Gives the page a device that confirms everything by itself; a page has at most one `internal` one. */
export async function giveDevice(page: Page, transport: "internal" | "usb" = "internal"): Promise<Device> {
	const wire = await page.context().newCDPSession(page);
	await wire.send("WebAuthn.enable");
	const { authenticatorId } = await wire.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport,
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	const own = { authenticatorId };
	return {
		keys: async () => (await wire.send("WebAuthn.getCredentials", own)).credentials,
		hold: async (credential) => void (await wire.send("WebAuthn.addCredential", { ...own, credential })),
		forgetAll: async () => void (await wire.send("WebAuthn.clearCredentials", own)),
		setVerified: async (isUserVerified) =>
			void (await wire.send("WebAuthn.setUserVerified", { ...own, isUserVerified })),
		unplug: async () => void (await wire.send("WebAuthn.removeVirtualAuthenticator", own)),
	};
}

/** A key that no box has seen. */
export async function strangeKey(rpId: string): Promise<DeviceKey> {
	const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
		"sign",
		"verify",
	]);
	const random = (length: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(length)));
	return {
		credentialId: random(32).toString("base64"),
		privateKey: Buffer.from(await crypto.subtle.exportKey("pkcs8", pair.privateKey)).toString("base64"),
		userHandle: random(16).toString("base64"),
		...{ rpId, signCount: 1, isResidentCredential: true },
	};
}

/** What the passkey script sends to the box. */
export interface Answer {
	readonly ticket: string;
	readonly response: { readonly id: string; readonly response: Record<string, string> };
}

interface Challenge {
	readonly ticket: string;
	readonly options: Record<string, unknown>;
}

/** POSTs JSON from inside the page, with its cookies and origin. */
export const postFrom = <T>(page: Page, path: string, body: unknown): Promise<{ status: number; body: T }> =>
	page.evaluate(
		async ([to, json]) => {
			const headers = { "content-type": "application/json" };
			const answer = await fetch(to!, { method: "POST", headers, body: json });
			return { status: answer.status, body: await answer.json() };
		},
		[path, JSON.stringify(body)],
	);

export const challengeFor = async (page: Page, base: string): Promise<Challenge> =>
	(await postFrom<Challenge>(page, `${base}/options`, {})).body;

/** Has the page's device answer a challenge, with the options changed as a hostile script would. */
export async function answerTo(
	page: Page,
	{ ticket, options }: Challenge,
	changes: Record<string, unknown> = {},
): Promise<Answer> {
	const response = await page.evaluate(
		async (publicKey) => {
			const parsed = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey as never);
			const answer = (await navigator.credentials.get({ publicKey: parsed })) as PublicKeyCredential;
			return answer.toJSON() as never;
		},
		{ ...options, ...changes },
	);
	return { ticket, response };
}

/** Has the page's device make a key for an offer. */
export async function makeKeyFor(page: Page, { ticket, options }: Challenge): Promise<Answer> {
	const response = await page.evaluate(async (publicKey) => {
		const parsed = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey as never);
		const made = (await navigator.credentials.create({ publicKey: parsed })) as PublicKeyCredential;
		return made.toJSON() as never;
	}, options);
	return { ticket, response };
}

/** The same answer under the id of another key; nothing of a registration without attestation is signed. */
export function underId({ ticket, response }: Answer, id: string): Answer {
	const [from, to] = [Buffer.from(response.id, "base64url"), Buffer.from(id, "base64url")];
	const object = Buffer.from(response.response.attestationObject!, "base64url");
	const at = object.indexOf(from);
	if (at < 0 || from.length !== to.length) throw new Error("the id does not fit into the answer");
	to.copy(object, at);
	const inner = { ...response.response, attestationObject: object.toString("base64url") };
	return { ticket, response: { ...response, id, rawId: id, response: inner } as Answer["response"] };
}

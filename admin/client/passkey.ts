/** Asks the browser for a passkey, to use or to make, and takes the answer to the box. */
import {
	browserSupportsWebAuthn,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	startAuthentication,
	startRegistration,
} from "@simplewebauthn/browser";

type Options = PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;

interface Challenge {
	readonly options: Options;
	readonly ticket: string;
}

interface Answer {
	readonly to?: string;
	readonly error?: { readonly message: string };
}

async function post<T>(url: string, body: object): Promise<T> {
	const headers = { "content-type": "application/json" };
	const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
	return (await response.json()) as T;
}

async function run(block: HTMLElement, note: HTMLElement): Promise<void> {
	const { base = "", next = "/", passkey } = block.dataset;
	const challenge = await post<Challenge & Answer>(`${base}/options`, {});
	if (challenge.error) {
		note.textContent = challenge.error.message;
		return;
	}
	const optionsJSON = challenge.options;
	const response =
		passkey === "create"
			? await startRegistration({ optionsJSON })
			: await startAuthentication({ optionsJSON });
	const answer = await post<Answer>(base, { ticket: challenge.ticket, response, next });
	if (answer.to) location.assign(answer.to);
	else note.textContent = answer.error?.message ?? "";
}

/** The browser's word for a device that holds one of the offer's excluded keys. */
const isKnownDevice = (error: unknown): boolean =>
	error instanceof Error && error.name === "InvalidStateError";

for (const block of document.querySelectorAll<HTMLElement>("[data-passkey]")) {
	const button = block.querySelector("button");
	const note = block.querySelector<HTMLElement>(".passkey-note");
	if (!button || !note || !browserSupportsWebAuthn()) continue;
	block.hidden = false;
	button.addEventListener("click", async () => {
		button.disabled = true;
		note.textContent = note.dataset.waiting ?? "";
		try {
			await run(block, note);
		} catch (error) {
			note.textContent = (isKnownDevice(error) ? note.dataset.known : note.dataset.cancelled) ?? "";
		}
		button.disabled = false;
	});
}

/** First run: whether this browser trusts the box, and what a law preset means for faces. */

type Trust = "ok" | "warn" | "bad";

/**
 * A certificate that was merely clicked through still counts as a secure context, but no service worker may be
 * registered behind it; so trying one tells the two apart.
 */
async function findTrust(): Promise<Trust> {
	if (!window.isSecureContext) return "bad";
	if (!("serviceWorker" in navigator)) return "warn";
	try {
		const scope = "/setup/trust-check/";
		const registration = await navigator.serviceWorker.register("/service-worker.js", { scope });
		await registration.unregister();
		return "ok";
	} catch (error) {
		return error instanceof DOMException && error.name === "SecurityError" ? "bad" : "warn";
	}
}

function showTrust(block: Element, trust: Trust): void {
	for (const part of block.querySelectorAll<HTMLElement>("[data-trust]"))
		part.hidden = part.dataset.trust !== trust;
}

const block = document.querySelector("[data-trust-check]");
if (block) findTrust().then((trust) => showTrust(block, trust));

const form = document.querySelector<HTMLFormElement>("form[data-laws]");
form?.addEventListener("change", (event) => {
	const radio = event.target instanceof HTMLInputElement ? event.target : null;
	const chosen = (name: string) => new FormData(form).get(name);
	if (radio?.name === "preset") {
		const wanted = radio.value === "EU" ? "off" : "on";
		const use = form.querySelector<HTMLInputElement>(`input[name=face][value=${wanted}]`);
		if (use) use.checked = true;
	}
	const note = form.querySelector<HTMLElement>("[data-eu-note]");
	if (note) note.hidden = chosen("preset") !== "EU" || chosen("face") !== "on";
});

/** The trust page's live check: asks the box over TLS and shows whether this device trusted the answer. */

const RETRY_MS = 4_000;
const GIVE_UP_MS = 6_000;

const section = document.querySelector<HTMLElement>("#check");
const install = document.querySelector<HTMLElement>("#install");

function show(state: "checking" | "trusted" | "untrusted"): void {
	if (!section) return;
	section.dataset.state = state;
	if (install) install.hidden = state === "trusted";
	for (const part of section.querySelectorAll<HTMLElement>("[data-when]"))
		part.hidden = !part.dataset.when?.split(" ").includes(state);
}

/** A browser that does not trust the certificate fails the request before a byte of it is sent. */
async function isTrusted(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, {
			cache: "no-store",
			credentials: "omit",
			signal: AbortSignal.timeout(GIVE_UP_MS),
		});
		return response.ok;
	} catch {
		return false;
	}
}

let busy = false;

async function check(): Promise<void> {
	const url = section?.dataset.url;
	if (!url || busy || document.hidden || section.dataset.state === "trusted") return;
	busy = true;
	if (section.dataset.state === "unknown") show("checking");
	show((await isTrusted(url)) ? "trusted" : "untrusted");
	busy = false;
}

/** iPadOS calls itself a Mac; a Mac has no touch screen. */
function openGuideForIpad(): void {
	if (!/Macintosh/.test(navigator.userAgent) || navigator.maxTouchPoints < 2) return;
	const guide = document.querySelector<HTMLDetailsElement>('[data-system="ios"]');
	if (!guide) return;
	guide.open = true;
	guide.parentElement?.insertBefore(guide, document.querySelector('[data-system="mac"]'));
}

section?.querySelector("[data-again]")?.addEventListener("click", () => {
	show("checking");
	void check();
});
document.addEventListener("visibilitychange", () => void check());
setInterval(() => void check(), RETRY_MS);
openGuideForIpad();
void check();

// A module of its own: its names are not global.
export {};

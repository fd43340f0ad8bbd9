/** Registers the service worker that keeps the door page running with the box off, and brings in a new version on request. */

const SCRIPT = "/service-worker.js";
const SCOPE = "/kiosk";

/** Resolves when registered; browsers without service workers simply need the box to reload. */
export async function keepPageOffline(): Promise<void> {
	await navigator.serviceWorker?.register(SCRIPT, { scope: SCOPE }).catch(() => undefined);
}

/** Fetches the new version in the background, then reloads. Does nothing when there is none, or the box is away. */
export async function updatePage(): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration(SCOPE);
	if (!registration) return location.reload();
	navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
	await registration.update().catch(() => undefined);
}
